"""Source text with provenance: raw text, line table, and the 1:1 fold that matching happens on.

The raw text is never changed; every span in the product is a half-open pair of offsets into it. ``fold`` maps each
character to exactly one character, so an offset in the fold is an offset in the raw text.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ipplan.diagnostics import Note
from ipplan.patterns import pattern
from ipplan.records import field, record

#: Characters without width or meaning of their own: they are dropped when a line is healed.
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"

_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


#: Radicals (U+2E80 ff.) that stand for characters in text copied from PDF and that Unicode does not map itself.
_RADICALS = (
    "⺁厂⺇几⺊卜⺌小⺎兀⺒巳⺓幺⺛旡⺜日⺝月⺟母⺠民⺧牛⺩王⺪疋⺬示⺮竹⺯糸⺶羊⺻聿⺼肉⺽臼⻁虎⻃覀⻄西⻅见⻆角⻉贝"
    "⻋车⻑長⻒镸⻓长⻔门⻕阜⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)


def _radical_table() -> dict[int, str]:
    """Code point of a Kangxi or CJK radical → the ordinary ideograph."""
    kangxi = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return kangxi | {ord(a): b for a, b in zip(_RADICALS[::2], _RADICALS[1::2], strict=True)}


_ORDINARY = _radical_table()
_RADICAL = pattern("[\u2e80-\u2fd5]")


def ordinary(text: str) -> str:
    """``text`` with radicals put back to the ideographs they stand for (PDF fonts confuse them); same length."""
    return text.translate(_ORDINARY) if _RADICAL.search(text) else text


def _fold_table() -> dict[int, str]:
    """Code point → one folded character.

    Digits and letters become half-width; brackets, colon, comma and semicolon become full-width; every kind of dash
    becomes ``-`` and every wave ``~``; blanks become a space; Kangxi radicals and compatibility ideographs become the
    ideograph. Quotation marks keep their sides.
    """
    table: dict[int, str] = {}
    for code in range(0xFF01, 0xFF5F):
        table[code] = chr(code - 0xFEE0)
    table |= _ORDINARY
    for block in (range(0xF900, 0xFB00), range(0xFE50, 0xFE6C)):
        for code in block:
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[code] = plain
    groups = {
        " ": _SPACES,
        "-": "－—–‒―−‐‑─━﹣ー",
        "~": "～∼〜﹏",
        "（": "(（﹙❨",
        "）": ")）﹚❩",
        "〔": "[［﹝〔〖",
        "〕": "]］﹞〕〗",
        "，": ",，﹐",
        "：": ":：﹕︰∶",
        "；": ";；﹔",
        "？": "?？",
        "！": "!！",
        "·": "•・‧∙⋅",
        "〇": "○◯Ο〇",
        "。": "｡",
        "、": "､",
        "“": "「『＂",
        "”": "」』",
    }
    for plain, forms in groups.items():
        for form in forms:
            if form == plain:
                table.pop(ord(form), None)
            else:
                table[ord(form)] = plain
    return table


_FOLD = _fold_table()
#: Where nearly all that folds stands; two ranges, as a set of more is slow to compile.
_BLOCKS = pattern("[\u2000-\u2fd5\uf900-\uff5e]")
_ELSEWHERE = tuple(chr(code) for code in _FOLD if not _BLOCKS.match(chr(code)))


def fold(text: str) -> str:
    """Fold width and variants away for matching. ``len(fold(s)) == len(s)`` for every string."""
    present = [char for char in _ELSEWHERE if char in text]
    present += [char for char in set(_BLOCKS.findall(text)) if ord(char) in _FOLD]
    if len(present) > 80:
        return text.translate(_FOLD)
    for char in present:  # a dozen replacements beat one translation of a Chinese text five times
        text = text.replace(char, _FOLD[ord(char)])
    return text


_HAN = "一二三四五六七八九十百"
#: A dot between words of Chinese, which is typed for 。: not 3.5, www.gov.cn, 方案.docx, 目录....1.
_DOT = pattern(
    r"[.](?<=[\u4e00-\u9fff）〕】》”’%‰].)(?=[\u4e00-\u9fff（〔【《“‘）〕】》”’①-⑳ \n\r]|$|(?<![第图表].)(?<!附件.)[0-9])(?! *[.])"
)
#: What numbers a heading in front of its dot: 一.总体要求, （一）.加强领导, 第一章.总则
_NUMBERED = pattern(rf"(?:^|[\s。；：])(?:第?[{_HAN}]{{1,4}}[章节条篇]?|（ ?[{_HAN}0-9]{{1,4}} ?）)$")


def full_stops(folded: str) -> str:
    """A half-width dot that ends a sentence becomes ``。``; same length."""
    if "." not in folded:
        return folded
    out: list[str] = []
    at = 0
    for found in _DOT.finditer(folded):
        here = found.start()
        if folded[here - 1] in _HAN + "）章节条篇" and _NUMBERED.search(folded[max(0, here - 9) : here]):
            continue
        out += [folded[at:here], "。"]
        at = here + 1
    return "".join(out) + folded[at:] if out else folded


_BREAK = pattern(r"[\n\r\f\v\x85\u2028\u2029](?:(?<=\r)\n)?")


@record(frozen=True)
class Cell:
    """One cell of a table: half-open offsets of its text, and how many columns and rows it covers."""

    start: int
    end: int
    columns: int = 1
    rows: int = 1


@record(frozen=True)
class Table:
    """A table of the source: its rows of cells and the half-open span they stand in."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]


@record
class SourceText:
    """The text all offsets index, and what its reader knows of it.

    ``raw``: the source text. ``head``: facts the reader found outside the text (HTML head table and ``<meta>``: label →
    value). ``notes``: what the reader repaired or dropped. ``tables``: in text order. ``pages``: offsets at which pages
    begin (PDF). ``skip``: half-open spans that are no text of the document (front matter of Markdown).
    ``paragraph_starts``: offset at which paragraph number *i* of the file begins (DOCX). ``evened``: code point → the
    character it is matched as, beyond :func:`fold` (traditional characters). ``marks``: spans of characters that say how
    words look (Markdown).
    """

    raw: str
    name: str = "-"
    format: str = "txt"
    encoding: str | None = None
    sha256: str = ""
    head: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    tables: tuple[Table, ...] = ()
    pages: tuple[int, ...] = ()
    skip: tuple[tuple[int, int], ...] = ()
    paragraph_starts: tuple[int, ...] = ()
    evened: dict[int, str] = field(default_factory=dict)
    marks: list[tuple[int, int]] = field(default_factory=list)
    folded: str = field(init=False)
    breaks: list[tuple[int, int]] = field(init=False)
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.folded = full_stops(fold(self.raw))
        self.breaks = [m.span() for m in _BREAK.finditer(self.raw)]
        self._starts = [0, *(end for _, end in self.breaks)]

    def fold(self, text: str) -> str:
        """``text`` (a piece of the source) folded as the source is."""
        return fold(text).translate(self.evened) if self.evened else fold(text)

    def pass_over(self, marks: list[tuple[int, int]]) -> None:
        """Fold these spans (in order) to characters without width: they are marks, no words."""
        parts: list[str] = []
        at = 0
        for start, end in marks:
            if start >= at:
                parts += [self.folded[at:start], "\u200b" * (end - start)]
                at = end
        self.folded = "".join(parts) + self.folded[at:]
        self.marks = marks

    def line_of(self, offset: int) -> int:
        """1-based number of the line that holds ``offset``."""
        return bisect_right(self._starts, offset)

    def lines(self) -> Iterator[tuple[int, int]]:
        """Half-open spans of the physical lines, without their line ends."""
        start = 0
        for stop, after in self.breaks:
            yield start, stop
            start = after
        yield start, len(self.raw)


class Passage:
    """A healed stretch of text: pieces of the source put together, each character knowing where it came from.

    ``text`` (as written) and ``fold`` (for matching) have the same length; ``at(i)`` is the source offset of
    character ``i``; ``span(i, j)`` the half-open source span of characters ``i`` to ``j - 1``.
    """

    __slots__ = ("_offsets", "fold", "pieces", "text")

    def __init__(self, source: SourceText, pieces: Iterable[tuple[int, int]]) -> None:
        self.pieces = [piece for piece in pieces if piece[0] < piece[1]]
        raw, folded = source.raw, source.folded
        if len(self.pieces) == 1:
            start, end = self.pieces[0]
            self.text, self.fold = raw[start:end], folded[start:end]
        else:
            self.text = "".join([raw[a:b] for a, b in self.pieces])
            self.fold = "".join([folded[a:b] for a, b in self.pieces])
        if "\u00a0" in self.text:
            self.text = self.text.replace("\u00a0", " ")
        self._offsets = [0]
        for a, b in self.pieces:
            self._offsets.append(self._offsets[-1] + b - a)

    def __len__(self) -> int:
        return len(self.text)

    @property
    def start(self) -> int:
        """Source offset of the first character."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Source offset behind the last character."""
        return self.pieces[-1][1]

    def at(self, index: int) -> int:
        """Source offset of healed character ``index``; ``at(len)`` is the end."""
        if index >= self._offsets[-1]:
            return self.end
        k = bisect_right(self._offsets, index) - 1
        return self.pieces[k][0] + index - self._offsets[k]

    def span(self, i: int, j: int) -> tuple[int, int]:
        """Half-open source span of the healed characters ``i`` … ``j - 1``."""
        start = self.at(i)
        return (start, self.at(j - 1) + 1) if j > i else (start, start)

    def cut(self, i: int, j: int) -> list[tuple[int, int]]:
        """The source pieces of the healed characters ``i`` … ``j - 1``."""
        out = []
        k = max(0, bisect_right(self._offsets, i) - 1)
        while k < len(self.pieces) and self._offsets[k] < j:
            a, base = self.pieces[k][0], self._offsets[k]
            lo, hi = max(i, base), min(j, self._offsets[k + 1])
            if lo < hi:
                out.append((a + lo - base, a + hi - base))
            k += 1
        return out
