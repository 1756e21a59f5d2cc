"""The tiny corpus that tests share: both scripts, both regions' words, numbers, mixed text."""

from __future__ import annotations

from searcher import Document

CORPUS = (
    Document(
        id="shangtang",
        title="商汤科技启动赴港IPO",
        text="商汤科技创立于2014年11月，专注于计算机视觉和深度学习原创技术。\n\n创始人汤晓鸥说，公司正考虑上市，负债率不高。人脸识别是其核心。",
        path="news/shangtang.txt",
        date="2021-08-17",
        metadata={"author": "高科技行业门户", "category": ("新闻", "科技"), "format": "plain"},
    ),
    Document(
        id="sensetime",
        title="商湯科技",
        text="商湯科技以汤晓鸥教授為領軍人物，在人臉辨識方面領先，成為全球最大AI獨角獸。\n其人工智慧軟體採用深度神經網絡，推出SenseCore平台。",
        path="wiki/商湯科技.md",
        date="2018",
        metadata={"category": ("公司",), "format": "markdown"},
    ),
    Document(
        id="minfadian",
        title="民法典 总则",
        text="第一条 为了保护民事主体的合法权益，制定本法。\n第十二条 中华人民共和国领域内的民事活动，适用中华人民共和国法律。",
        path="法规/民法典.txt",
        date="2020-05",
    ),
    Document(
        id="laws-tw",
        title="著作權法",
        text="第 12 條\n出資聘請他人完成之著作，除前條情形外，以該受聘人為著作\n人。但契約約定以出資人為著作人者，從其約定。\n"
        "民國110年修正。",
        path="法規/著作權法.txt",
    ),
    Document(
        id="ruanjian",
        title="软件工程",
        text="软件工程研究软件的开发与维护。程序员用电脑编写程序，鼠标和键盘是工具。5G 与 C++ 也在其中。",
        path="cs/a.txt",
    ),
    Document(
        id="ruanti", title="軟體工程", text="軟體工程研究軟體的開發與維護。程式設計師用電腦撰寫程式，滑鼠與鍵盤是工具。", path="cs/b.txt"
    ),
    Document(id="hou", title="皇后与以后", text="皇后在后宫。以后再说。", path="a/hou.txt"),
    Document(id="hou-t", title="以後", text="以後再說，皇后在宮中，前後左右。", path="a/hou-t.txt"),
    Document(
        id="english",
        title="Machine Learning",
        text="COVID-19 changed machine learning. Version 3.14 of the tool, node.js and C# too.",
        path="en.txt",
    ),
)
