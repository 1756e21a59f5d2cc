"""What regions call the same thing: the tables are sound, and the forms of a query are those a reader of the other region would type."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from searcher.plans.ranking import CERTAIN
from searcher.plans.words import outer_words
from searcher.tables.making.mining import messages
from searcher.tables.making.opencc_lists import opencc_list
from searcher.tables.making.regions import region_rows, traditional_rows
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import fold_script
from searcher.text.usual import is_short_run
from searcher.vocabulary import regions
from searcher.vocabulary.regions import EVERYWHERE, SIMPLIFIED, TABLES, expand_run, expansions
from tests.table import rows_of

PRESENT = [name for name in TABLES if files("searcher.tables").joinpath(name).is_file()]


def rows(name: str) -> list[list[str]]:
    text = files("searcher.tables").joinpath(name).read_text("utf-8")
    return [line.split("\t") for line in text.split("\n")[1:-1]]


def all_sources() -> set[str]:
    return {row[0] for name in PRESENT for row in rows(name)}


def shown(word: str) -> list[str]:
    return [form.shown for form in expansions(word)]


@pytest.mark.parametrize("name", PRESENT)
def test_every_row_of_a_table_is_sound(name: str) -> None:
    seen = set()
    for row in rows(name):
        source, target, places, weight, flags, origin = row
        assert source == fold_script(source) != fold_script(target), row
        assert set(places.split(",")) <= EVERYWHERE, row
        assert 0 <= float(weight) <= 1, row
        assert flags == ("ambiguous" if 0 < float(weight) < CERTAIN else ""), row
        assert origin, row
        assert (source, fold_script(target)) not in seen, row
        seen.add((source, fold_script(target)))


def test_each_word_is_written_in_the_script_of_its_regions() -> None:
    """What only Taiwan and Hong Kong say has no character that they never write, what only the mainland says none that it simplified."""
    written, simplify = OpenCC("s2tw").convert, OpenCC("t2s").convert
    never = {one for one, full in opencc_list("STCharacters") if one not in full and written(one) != one} - VARIANTS
    for source, target, places, *_ in rows("regions-curated.tsv"):
        if set(places.split(",")) <= {"tw", "hk"}:
            assert not never & set(target), (source, target)
        elif set(places.split(",")) <= SIMPLIFIED:
            assert simplify(target) == target or target in RARE, (source, target)


VARIANTS = frozenset("虱")
"""Taiwan writes 虱目魚, whatever the louse."""

RARE = frozenset({"鰤鱼"})
"""Simplified in the newest lists alone, so written as before."""


@pytest.mark.parametrize("name", [*PRESENT, "terms.tsv"])
def test_every_table_is_sorted_as_it_is_searched(name: str) -> None:
    keys = [f"{row[0]}\t".encode() for row in rows(name)]
    assert keys == sorted(keys)


def test_the_tables_at_hand_are_the_curated_one_and_openccs_at_least() -> None:
    assert set(PRESENT) >= {"regions-curated.tsv", "regions-opencc.tsv"}


def test_openccs_table_is_what_its_generator_gives() -> None:
    assert rows("regions-opencc.tsv") == [list(row) for row in region_rows()]
    assert rows("traditional.tsv") == [list(row) for row in traditional_rows()]


def test_every_row_is_found_unless_a_table_before_takes_it_out() -> None:
    decided: dict[str, dict[str, float]] = {}
    for name in TABLES:
        for source, target, _, weight, *_ in rows(name) if name in PRESENT else []:
            decided.setdefault(source, {}).setdefault(fold_script(target), float(weight))
    for source, weights in decided.items():
        found = {form.target: form.weight for form in expansions(source)}
        assert found == {target: weight for target, weight in weights.items() if weight > 0}


@pytest.mark.parametrize(
    ("mainland", "taiwan"),
    rows_of(
        "软件/軟體 网络/網路 信息/資訊 鼠标/滑鼠 程序/程式 人工智能/人工智慧 增强现实/擴增實境 人脸识别/人臉辨識 质量/品質 地铁/捷運 "
        "云计算/雲端運算 悉尼/雪梨 Facebook/臉書 字符串/字串 二维码/QR碼 出租车/計程車 航天飞机/太空梭 激光/雷射 知识产权/智慧財產權 "
        "新西兰/紐西蘭 奥巴马/歐巴馬 贝多芬/貝多芬 递归/遞迴 元组/元組 着色器/著色器 3D打印/3D列印 汤姆·克鲁斯/湯告魯斯 "
        "星际穿越/星際效應 推特/Twitter 阑尾炎/盲腸炎 黄芪/黃耆 以太坊/乙太坊 重疾险/重大傷病險 牛顿第二定律/牛頓第二運動定律 "
        "盗窃罪/竊盜罪"
    ),
)
def test_well_known_pairs_are_found_both_ways(mainland: str, taiwan: str) -> None:
    assert taiwan in shown(fold_script(mainland)) or fold_script(taiwan) == mainland
    assert mainland in shown(fold_script(taiwan)) or fold_script(taiwan) == mainland


@pytest.mark.parametrize(
    ("hong_kong", "mainland", "taiwan"),
    rows_of(
        "的士/出租车/計程車 巴士/公交车/公車 單車/自行车/腳踏車 屋邨/小区/國宅 雪糕/冰淇淋/冰淇淋 荷里活/好莱坞/好萊塢 瞓覺/睡觉/睡覺 "
        "深切治療部/重症监护室/加護病房 執笠/倒闭/倒閉"
    ),
)
def test_hong_kongs_words_are_found_from_both_sides(hong_kong: str, mainland: str, taiwan: str) -> None:
    assert mainland in shown(fold_script(hong_kong))
    assert {fold_script(taiwan)} <= {mainland, *(form.target for form in expansions(fold_script(hong_kong)))}
    assert hong_kong in shown(mainland)
    assert hong_kong in shown(fold_script(taiwan))


@pytest.mark.parametrize(
    ("here", "elsewhere"),
    rows_of("巴刹/菜市场 巴刹/街市 德士/出租车 德士/計程車 组屋/HDB 令吉/林吉特 砂拉越/砂勞越"),
)
def test_singapores_and_malaysias_words_are_found_from_both_sides(here: str, elsewhere: str) -> None:
    for one, other in ((here, elsewhere), (elsewhere, here)):
        assert fold_script(other.lower()) in {form.target for form in expansions(fold_script(one.lower())) if form.weight >= CERTAIN}


def test_a_run_is_shown_in_the_script_of_singapore() -> None:
    assert "德士公司" in {form.shown for form in expand_run(("计程车", "公司"))}


@pytest.mark.parametrize(
    ("one", "other"),
    rows_of(
        "深度伪造/深偽 生成式人工智慧/生成式AI 通膨/通脹 聯準會/聯儲局 高通/Qualcomm 加護病房/ICU 星期三/禮拜三 周三/禮拜三 "
        "阿尔茨海默病/阿茲海默症 面向对象/物件導向 资产负债表/資產負債表 公里/km 与非门/反及閘 隐私/私隱 信息安全/資訊保安 "
        "厨余垃圾/廚餘 黏膜/粘膜 缘份/缘分 貝塔/β 一致性哈希/一致性雜湊 中国剩余定理/中國餘數定理 保密协议/保密協定 報導/报道 "
        "麥可/迈克尔"
    ),
)
def test_what_is_called_two_ways_is_found_both_ways(one: str, other: str) -> None:
    for here, there in ((one, other), (other, one)):
        target, source = fold_script(there.lower()), fold_script(here.lower())
        assert source == target or target in {form.target for form in expansions(source) if form.weight >= CERTAIN}


@pytest.mark.parametrize(
    ("short", "full"),
    rows_of(
        "卫健委/国家卫生健康委员会 长三角/长江三角洲 北师大/北京师范大学 證交法/證券交易法 服貿協議/海峽兩岸服務貿易協議 "
        "育嬰留停/育嬰留職停薪 食環署/食物環境衞生署"
    ),
)
def test_offices_laws_and_schools_are_found_by_their_short_names(short: str, full: str) -> None:
    found = {form.target for form in expansions(fold_script(short)) if form.weight >= CERTAIN}
    assert fold_script(full) in found
    assert fold_script(short) in {form.target for form in expansions(fold_script(full))}


@pytest.mark.parametrize("word", ["什么", "为什么", "没有", "不是", "现在", "我们"])
def test_words_of_grammar_are_not_looked_for_in_cantonese(word: str) -> None:
    """Who types 乜嘢 finds 什么; every question that says 什么 would ask for 乜嘢."""
    assert not {"乜嘢", "点解", "冇", "唔系", "而家", "我哋"} & {form.target for form in expansions(word)}


def test_no_word_has_more_forms_than_a_reader_takes_in() -> None:
    assert max(len(expansions(source)) for source in all_sources()) <= MOST_OF_A_WORD


MOST_OF_A_WORD = 6


@pytest.mark.parametrize(
    ("cantonese", "written"),
    [
        ("呢度", "这里"),
        ("行雷", "打雷"),
        ("湊仔", "帶小孩"),
        ("番梘", "肥皂"),
    ],
)
def test_cantonese_finds_what_is_written_elsewhere(cantonese: str, written: str) -> None:
    assert fold_script(written) in {form.target for form in expansions(fold_script(cantonese)) if form.weight >= CERTAIN}


def test_what_readers_rejected_is_in_no_table() -> None:
    rejected = {(row[0], row[1]) for row in rows("regions-rejected.tsv")}
    assert all(a == fold_script(a) != b == fold_script(b) for a, b in rejected)
    pairs = {(row[0], fold_script(row[1])) for row in rows("regions-mined.tsv")}
    assert not pairs & (rejected | {(b, a) for a, b in rejected})


def test_every_source_of_mined_words_is_named_with_its_licence() -> None:
    notice = files("searcher.tables").joinpath("NOTICE").read_text("utf-8")
    origins = {part.split()[0] for row in rows("regions-mined.tsv") for part in row[5].removeprefix("mined: ").split(", ")}
    listed = {line.split(":")[0].strip() for line in notice.splitlines() if line.startswith("  ")}
    assert origins <= listed
    assert {source.name for source in messages.SOURCES} <= listed
    for source in messages.SOURCES:
        assert f"  {source.name}: {', '.join(source.packages)}; {source.licence}" in notice


@pytest.mark.parametrize(
    ("source", "target"),
    rows_of("比特/位元 调度/排程 进程/程序 程序/进程 文件/档案 狮子山/塞拉利昂 奶油/黄油 约翰逊/强生 背景/后台 许可证/授权条款"),
)
def test_doubtful_pairs_are_flagged_and_weigh_little(source: str, target: str) -> None:
    form = next(form for form in expansions(source) if form.target == target)
    assert form.ambiguous
    assert form.weight < CERTAIN


@pytest.mark.parametrize(
    ("source", "target"),
    rows_of(
        "下划线/底线 晚点/误点 撰写/编写 新建/新增 汇编/组合语言 教程/教学 向导/精灵 充电宝/尿袋 注销/登出 登陆/登入 检出/签出 "
        "遍历/走访 结构体/结构 智能体/代理人 引用/参照 委托/委派 消息传递/传讯 盗梦空间/全面启动 侧边栏/资讯看板 竞争条件/竞争情况 "
        "塞拉利昂/狮子山 悉尼/雪梨 黑桃/葵扇 头盔/安全帽 煤气/瓦斯 盒饭/饭盒 黄油/奶油 奶油/牛油 摩托车/机车 户口/户籍 公安/警察 "
        "中考/国中会考 高考/指考 卫健委/卫福部 醉驾/酒驾 企业债/公司债 期权/选择权 签名/签章 抚养费/扶养费 文件/档案 程序/程式 "
        "对象/物件 项目/专案 菜单/选单 窗口/视窗 信息/讯息 消息/讯息 保质期/有效期限 头脑特工队/脑筋急转弯 都更/旧城改造 校服/制服 "
        "居住证/居留证 碟中谍/不可能的任务 使命召唤/决胜时刻 黄油/牛油 雨伞/雨遮 简报/演示文稿 批准/核准 检测/侦测 第一季度/第一季 "
        "格鲁吉亚/乔治亚 高职/职高 被告/被告人 寒潮/寒流 管委会/业主委员会 避险/套期保值 会话/工作阶段 会话/连线阶段 选区/选取范围 "
        "海拔/标高 回收站/资源回收桶 众筹/募资 国网中心/超算中心 行尸走肉/阴尸路 单核心/宏内核 结肠癌/大肠癌 快筛/快速测试 "
        "意面/义大利面 教务处/教导处 网店/网拍 唔好/不要 成日/整天 大肚/怀孕"
    ),
)
def test_what_means_something_else_in_the_readers_own_region_never_answers_by_itself(source: str, target: str) -> None:
    """A mainlander's 底线 is no underline, a Taiwanese 登陸 no login: such a form is doubtful one way and the other."""
    for here, there in ((source, target), (target, source)):
        assert [form for form in expansions(here) if form.target == there and form.weight >= CERTAIN] == []


@pytest.mark.parametrize(
    ("source", "target"),
    rows_of(
        "minecraft/我的世界 会考/国中教育会考 感冒/伤风 哈萨克斯坦/哈萨克 并行执行/并发 吃药/食药 质量/品质 宾士/奔驰 钢弹/高达 "
        "宝狮/标致 乐团/乐队 中药/中药材 背心/马甲 胶布/创可贴 立交桥/高架桥 制片人/监制 风帆/帆板 反应时间/响应时间 垃圾收集/垃圾回收 "
        "培根/烟肉 副食品/辅食 托管/代管 语系/语言区域 食药/吃药 边间/哪家 前驱/前轮驱动 小米/xiaomi 照片墙/instagram 监视/监看 "
        "封测/封装测试 保洁/清洁工 胜肽/肽 裂变/核分裂 戴克辛/他信 应征/应聘 开票/开立发票 波洛/白罗 帮浦/泵 强制平仓/断头 "
        "法定代表人/代表人 行政处罚/行政罚 实习医生格蕾/实习医生 幸福绿皮书/绿皮书 结束工作/结束任务 案例/用例 行程/日程 "
        "建立工作/创建任务 安全事件/资安事件 公共物品/公共财 主行程/主进程 单击/点一下 零利率/免息 哈萨克/哈萨克斯坦 返工/重工 "
        "字号/字型大小 附件/附加档案 反馈/意见回馈 调酒/鸡尾酒 托盘/栈板 环岛/回旋处 户外/室外 oracle/甲骨文公司 面试/见工 使钱/花钱 "
        "好食/好吃 布建/预配 保特/博尔特 马可斯/马科斯"
    ),
)
def test_what_is_more_than_the_word_elsewhere_is_doubtful_that_way(source: str, target: str) -> None:
    """伤风 stands in 破伤风, too, 公共财 in 公共财产, 哈萨克 is a people, 食药 food and drugs, 奔驰 a verb; so much is 高达 something."""
    assert not next(form for form in expansions(source) if form.target == target).weight >= CERTAIN


@pytest.mark.parametrize(
    ("word", "one", "other"),
    rows_of(
        "控制台/主控台/控制面板 子程序/子程式/子进程 主程序/主程式/主进程 号志/信号灯/信号量 可携/便携/可移植 游标/光标/资料指标 "
        "文件类型/档案类型/文档类型 介面/界面/接口 奶油/忌廉/牛油 圣地牙哥/圣地亚哥/圣迭戈"
    ),
)
def test_a_word_of_two_senses_does_not_surely_mean_both(word: str, one: str, other: str) -> None:
    assert len({one, other} & {form.target for form in expansions(word) if form.weight >= CERTAIN}) <= 1


def test_a_single_character_answers_by_itself_only_where_it_is_one_thing() -> None:
    """All that holds the character would be a hit: 宏观 for 巨集."""
    single = {form.target for source in all_sources() for form in expansions(source) if len(form.target) == 1 and form.weight >= CERTAIN}
    assert single <= UNITS_AND_ELEMENTS | GREEK


def test_a_form_of_two_characters_that_answers_by_itself_is_a_word_of_the_dictionary() -> None:
    """What is none is looked for as a run, and found across others: 东协 in 股东协议. One that is never cut is as good as none."""
    sure = {form.target for source in all_sources() for form in expansions(source) if form.weight >= CERTAIN}
    assert [text for text in sorted(sure) if len(text) == 2 and is_short_run(text) and not is_one_word(text)] == []


def is_one_word(text: str) -> bool:
    return bool(default_dictionary().frequency(text)) and outer_words(text) == (text,)


GREEK = frozenset("βγλσω")
"""Greek letters: within a word of Greek they are no words of their own."""

UNITS_AND_ELEMENTS = frozenset("吋呎浬瓩帧呎硅矽砹砈钚钸鈽锎鉲锝鎝锿鑀镅鋂镥镏")


@pytest.mark.parametrize(
    ("source", "target"),
    rows_of(
        "侦听/接听 描述语言/脚本语言 虾皮/虾米 工资/人工 花生/土豆 套接字/插坐 挂科/被当 youtube/油管 区域性/文化特性 审阅/检阅 "
        "演练/逐步解说 性价比/价效比 公寓/单位 云端/云中 撤销/还原 八达通/悠游卡 etc/电子不停车收费 who/世界卫生组织 里/英里 "
        "群组/微信群 管理委员会/业主委员会 研究生/研究所 罚单/牛肉干 跨栏/通栏 感应电动势/感生电动势 拼音/注音 直方图/长条图 "
        "类固醇/地塞米松 教学医院/三甲医院 通栏/跨栏 自由落体/跳楼机 轮播/旋转木马 试产/流片 过关/过境 网路插坐/网络套接字 "
        "证监会/金管会 治安管理处罚法/社会秩序维护法 劳动合同法/劳动基准法 发改委/国发会 不透明度/透明度 保丽龙/泡沫 疾控中心/疾管署 "
        "社保卡/健保卡 房产税/差饷 符合/匹配 批量/大量 报警/警报 联合/联合体 翻译/转译 纲要/模式 要素/图征 代理人/智能体 多头/牛市 "
        "空头/熊市 房东/业主 阳台/骑楼"
    ),
)
def test_wrong_pairs_are_taken_out(source: str, target: str) -> None:
    assert (source, target) == (fold_script(source), fold_script(target)), "what is not folded is never found"
    assert target not in {form.target for form in expansions(source)}


@pytest.mark.parametrize(
    "word", ["", "\t", "#", "软", "軟體", "商汤科技", "人工智慧\t", "人工智慧\t人工智能", "软件软件", "中\n国", "\ud800"]
)
def test_what_is_no_word_of_a_table_has_no_forms(word: str) -> None:
    assert expansions(word) == ()


def test_hong_kong_and_taiwan_find_each_other() -> None:
    assert "hk" in {place for form in expansions(fold_script("機率")) for place in form.regions}
    assert "密西根" in shown(fold_script("密芝根"))


@pytest.mark.parametrize(
    ("words", "first", "also"),
    [
        (("人工", "智慧", "晶片"), "人工智能芯片", {"人工智能晶片", "人工智慧芯片"}),
        (("人工智能", "芯片"), "人工智慧晶片", {"人工智慧芯片", "人工智能晶片"}),
        (("软件",), "軟體", set()),
        (("开源", "软件", "许可"), "開源軟體許可", set()),
    ],
)
def test_a_run_is_replaced_as_a_whole_and_in_part(words: tuple[str, ...], first: str, also: set[str]) -> None:
    forms = expand_run(words)
    assert forms[0].shown == first
    assert also <= {form.text for form in forms}


def test_adjacent_words_are_looked_up_together_before_each_alone() -> None:
    assert ("物理内存", "实体记忆体") in expand_run(("物理", "内存"))[0].replaced


def test_one_form_speaks_one_regions_language() -> None:
    for form in expand_run(("程序", "软件", "进程")):
        spoken = [{f.target: set(f.regions) for f in expansions(source)}[target] for source, target in form.replaced]
        assert set.intersection(*spoken), form


pieces = st.lists(
    st.sampled_from(["信息", "系统", "程序", "软件", "网络", "质量", "数据", "库", "的", "晶片", "智慧", "人工", "a", "\t", ""]),
    max_size=40,
)


@pytest.mark.parametrize("words", [("反", "卷"), ("卷", "王")])
def test_a_piece_of_an_unknown_word_has_no_doubtful_form_in_a_run(words: tuple[str, ...]) -> None:
    assert any(form.ambiguous for word in words for form in expansions(word))
    assert expand_run(words) == ()


@settings(max_examples=60)
@given(pieces)
def test_the_forms_of_a_run_are_few_folded_and_say_what_they_replaced(words: list[str]) -> None:
    forms = expand_run(words)
    assert len(forms) <= regions.MOST_FORMS
    assert [form.weight for form in forms] == sorted((form.weight for form in forms), reverse=True)
    assert len({form.text for form in forms}) == len(forms)
    for form in forms:
        assert form.text == fold_script(form.shown) != "".join(words)
        assert undone(form.text, form.replaced) == "".join(words)


def undone(text: str, replaced: tuple[tuple[str, str], ...]) -> str:
    """The run before `replaced`, which are in the order of the text; what lies between two of them holds no target."""
    done = ""
    for source, target in replaced:
        before, _, text = text.partition(target)
        done += before + source
    return done + text


def test_what_was_kept_is_shown_in_the_script_of_what_was_replaced() -> None:
    assert expand_run(("系统", "软件"))[0].shown == "系統軟體"
    assert expand_run((fold_script("系統"), fold_script("軟體")))[0].shown == "系统软件"


def test_tw2sp_is_covered() -> None:
    """OpenCC's own conversion of a Taiwan word is among the forms of the word, but where the curated table says otherwise."""
    convert = OpenCC("tw2sp").convert
    words = [row[1] for row in rows("regions-opencc.tsv") if row[2] == "tw" and row[5] == "OpenCC TWPhrases"]
    missed = [word for word in words if fold_script(convert(word)) not in {form.target for form in expansions(fold_script(word))}]
    assert len(missed) < 0.02 * len(words), missed
