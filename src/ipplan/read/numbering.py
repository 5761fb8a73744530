"""Automatic numbering of Word files: what Word shows before a paragraph, from ``numbering.xml`` and ``styles.xml``.

A list is an ``abstractNum``; every ``num`` that names it counts on in the same row of counters, unless it overrides a
level. A level starts anew when a level above it has been used (``lvlRestart`` may change that); a level above that has
not been used yet counts as begun. ``lvlText`` puts the counters together: ``第%1章``, ``%1.%2``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ipplan.read.numerals import number_text
from ipplan.records import field, record

if TYPE_CHECKING:
    from lxml import etree

_LEVELS = 9
#: Signs of symbol fonts in the private area, as the sign they show.
_SYMBOLS = {
    "\uf06c": "●", "\uf0b7": "•", "\uf0a7": "▪", "\uf06e": "■", "\uf075": "◆", "\uf0d8": "➢", "\uf0fc": "✓",
    "\uf076": "❖", "\uf0a8": "□", "\uf0fe": "☑", "\uf06f": "□", "\uf09f": "•", "\uf0e0": "→", "\uf0d7": "×",
    "\uf0de": "⇒", "\uf0b0": "°",
}  # fmt: skip


@record
class Level:
    """One level of a list. ``restart``: 1-based level whose use starts this one anew, 0 for never, ``None`` for any."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@record
class Style:
    """What a paragraph style says of numbering."""

    based_on: str | None = None
    num: str | None = None
    level: int | None = None


@record
class _Num:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering:
    """The lists of one file; :meth:`marker` counts on, so call it once per paragraph, in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._abstracts: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._nums: dict[str, _Num] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._overridden: set[tuple[str, int]] = set()
        self.styles: dict[str, Style] = {}
        self.default_style: str | None = None
        if styles is not None:
            self._read_styles(styles)
        if numbering is not None:
            self._read_numbering(numbering)

    def resolve(self, style: str | None, num: str | None, level: int | None) -> tuple[str, int] | None:
        """The list and level of a paragraph, by its own properties, else by its style and those it is based on."""
        if num is None or level is None:
            by_style = self._of_style(style or self.default_style)
            if by_style:
                num = num if num is not None else by_style[0]
                level = level if level is not None else by_style[1] if num == by_style[0] else 0
        if num is None or num == "0" or num not in self._nums:
            return None
        level = level or 0
        return (num, level) if 0 <= level < _LEVELS else None

    def marker(self, num: str, level: int) -> str:
        """Count one paragraph of this list and level; returns what Word shows before it, suffix included."""
        entry = self._nums[num]
        levels = self._levels(num)
        definition = levels.get(level)
        if definition is None:
            return ""
        counters = self._counters.setdefault(self._linked(entry.abstract), [None] * _LEVELS)
        for above in range(level):
            if counters[above] is None:
                counters[above] = self._start(num, above, levels)
        now = counters[level]
        if level in entry.starts and (num, level) not in self._overridden:
            counters[level] = self._start(num, level, levels)
        else:
            counters[level] = definition.start if now is None else now + 1
        for below in range(level + 1, _LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or level < restart:
                counters[below] = None
        return self._shown(definition, level, levels, counters)

    def _start(self, num: str, level: int, levels: dict[int, Level]) -> int:
        """Where a level begins: an override counts once."""
        starts = self._nums[num].starts
        if level in starts and (num, level) not in self._overridden:
            self._overridden.add((num, level))
            return starts[level]
        return levels[level].start if level in levels else 1

    @staticmethod
    def _shown(definition: Level, level: int, levels: dict[int, Level], counters: list[int | None]) -> str:
        out: list[str] = []
        text = definition.text
        i = 0
        while i < len(text):
            if text[i] == "%" and i + 1 < len(text) and text[i + 1] in "123456789":
                k = int(text[i + 1]) - 1
                value = counters[k] if k <= level else None
                if value is not None:
                    own = levels[k].format if k in levels else "decimal"
                    out.append(number_text(value, "decimal" if definition.legal and own != "none" else own))
                i += 2
                continue
            out.append(
                _SYMBOLS.get(
                    text[i], "•" if definition.format == "bullet" and "\ue000" <= text[i] <= "\uf8ff" else text[i]
                )
            )
            i += 1
        shown = "".join(out)
        return shown + " " if shown and definition.suffix != "nothing" else shown

    def _levels(self, num: str) -> dict[int, Level]:
        entry = self._nums[num]
        base = self._abstracts.get(self._linked(entry.abstract), {})
        return {**base, **entry.levels} if entry.levels else base

    def _linked(self, abstract: str) -> str:
        """Follow ``numStyleLink`` to the list its style names."""
        seen: set[str] = set()
        while abstract in self._links and abstract not in seen:
            seen.add(abstract)
            style = self.styles.get(self._links[abstract])
            if style is None or style.num is None or style.num not in self._nums:
                break
            abstract = self._nums[style.num].abstract
        return abstract

    def _of_style(self, style: str | None) -> tuple[str, int] | None:
        num: str | None = None
        level: int | None = None
        chain: list[str] = []
        while style is not None and style in self.styles and style not in chain:
            chain.append(style)
            own = self.styles[style]
            num = num if num is not None else own.num
            level = level if level is not None else own.level
            if num is not None and level is not None:
                break
            style = own.based_on
        if num is None or num not in self._nums:
            return (num, 0) if num == "0" else None
        levels = self._levels(num)
        for name in chain:
            for number, definition in levels.items():
                if definition.style == name:
                    return num, number
        return num, level or 0

    def _read_styles(self, root: etree._Element) -> None:
        for style in _children(root, "style"):
            name = _get(style, "styleId")
            if name is None:
                continue
            kind = _get(style, "type")
            if kind == "paragraph" and _get(style, "default") in ("1", "true", "on"):
                self.default_style = name
            num, level = number_of(_child(style, "pPr"))
            self.styles[name] = Style(_value(style, "basedOn"), num, level)

    def _read_numbering(self, root: etree._Element) -> None:
        for abstract in _children(root, "abstractNum"):
            key = _get(abstract, "abstractNumId") or ""
            levels: dict[int, Level] = {}
            for lvl in _children(abstract, "lvl"):
                number = _int(_get(lvl, "ilvl"), -1)
                if 0 <= number < _LEVELS:
                    levels[number] = _level(lvl)
            self._abstracts[key] = levels
            link = _value(abstract, "numStyleLink")
            if link is not None:
                self._links[key] = link
        for num in _children(root, "num"):
            key = _get(num, "numId") or ""
            entry = _Num(_value(num, "abstractNumId") or "")
            for override in _children(num, "lvlOverride"):
                number = _int(_get(override, "ilvl"), -1)
                if not 0 <= number < _LEVELS:
                    continue
                own = _child(override, "lvl")
                if own is not None:
                    entry.levels[number] = _level(own)
                start = _value(override, "startOverride")
                if start is not None:
                    entry.starts[number] = _int(start, 1)
            self._nums[key] = entry


def _level(lvl: etree._Element) -> Level:
    restart = _value(lvl, "lvlRestart")
    legal = _child(lvl, "isLgl")
    return Level(
        start=_int(_value(lvl, "start"), 0 if _child(lvl, "start") is None else 1),
        format=_format(lvl),
        text=_value(lvl, "lvlText") or "",
        suffix=_value(lvl, "suff") or "tab",
        restart=None if restart is None else _int(restart, 0),
        legal=legal is not None and (_get(legal, "val") or "1") not in ("0", "false", "off"),
        style=_value(lvl, "pStyle"),
    )


def _format(lvl: etree._Element) -> str:
    """The number format; a custom one (``mc:AlternateContent``) is taken from its fallback."""
    direct = _value(lvl, "numFmt")
    if direct is not None:
        return direct
    for element in lvl.iter():
        if isinstance(element.tag, str) and element.tag.endswith("}numFmt"):
            value = _get(element, "val")
            if value and value != "custom":
                return value
    return "decimal"


def number_of(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """``numId`` and ``ilvl`` of paragraph properties; ``None`` for what they do not say."""
    numbering = _child(properties, "numPr") if properties is not None else None
    if numbering is None:
        return None, None
    level = _value(numbering, "ilvl")
    return _value(numbering, "numId"), None if level is None else _int(level, 0)


# Elements and attributes by their local names: the strict and the transitional namespace differ, the names do not.


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    end = "}" + name
    return (child for child in element if isinstance(child.tag, str) and child.tag.endswith(end))


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next(_children(element, name), None)


def _get(element: etree._Element, name: str) -> str | None:
    end = "}" + name
    for key, value in element.attrib.items():
        if str(key).endswith(end) or key == name:
            return str(value)
    return None


def _value(element: etree._Element, name: str) -> str | None:
    child = _child(element, name)
    return None if child is None else _get(child, "val")


def _int(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None and len(text) < 10 else default
    except ValueError:
        return default
