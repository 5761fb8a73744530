"""HTML bytes → :class:`Page`: the visible elements and texts of a page as flat lists in document order.

The parser hands over events, no tree is built, and nothing here calls itself: a page nested a hundred thousand deep is
refused, not crashed on. Every element knows how much prose, link text and how many numbered headings it holds.
"""

from __future__ import annotations

import contextlib
import re
from typing import Any

from ipplan.lexicon import load
from ipplan.patterns import pattern
from ipplan.records import field, record

#: Deeper nesting is refused: no page needs it, and each unmatched end tag costs a look at every open element.
MAX_DEPTH = 2000

#: Elements that show no text.
_SILENT = frozenset([
    "script", "style", "template", "noscript", "iframe", "object", "svg", "math", "canvas", "video", "audio",
    "map", "applet", "frameset", "noframes", "datalist",
])  # fmt: skip
_VOID = frozenset([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "frame", "basefont", "isindex",
])  # fmt: skip
_HIDDEN = pattern(r"(?:^|;)\s*(?:display\s*:\s*none|(?P<unseen>visibility\s*:\s*hidden))", re.IGNORECASE)
_WIDE = pattern("[\u3400-\u9fff]")
_HEADING = pattern(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}[章条节]|[0-9]{1,2}[.．、])"
)
_KEPT = ("colspan", "rowspan", "start", "type", "value")


class TooDeep(ValueError):
    """The page is nested deeper than :data:`MAX_DEPTH`."""


@record
class Element:
    """A visible element: ``first``/``last`` half-open range of its events, ``names`` as ``#id`` and ``.class``.

    ``wide``: ideographs in it; ``prose``: those outside of links; ``content``: stretches of running text;
    ``own``: those, and titles, numbers, dates, addressees; ``headings``; ``links``.
    """

    tag: str
    names: tuple[str, ...]
    attributes: dict[str, str]
    parent: int
    first: int
    last: int = 0
    wide: int = 0
    prose: int = 0
    content: int = 0
    own: int = 0
    headings: int = 0
    links: int = 0


@record
class Page:
    """A page: ``events`` are ``(element number, None)`` open, ``(-1 - element number, None)`` close, ``(n, text)``."""

    elements: list[Element] = field(default_factory=list)
    events: list[tuple[int, str | None]] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    depth: int = 0

    def contains(self, outer: int, inner: int) -> bool:
        """Whether element ``outer`` holds element ``inner`` or is it."""
        return self.elements[outer].first <= self.elements[inner].first < self.elements[outer].last


def parse_page(data: bytes, *, hidden: bool = False) -> Page:
    """Parse UTF-8 bytes; ``hidden`` shows what is hidden by its style. Raises :class:`TooDeep`."""
    from lxml import etree

    target = _Target(hidden)
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, no_network=True)
    with contextlib.suppress(etree.XMLSyntaxError):  # an empty page; what was seen so far is kept
        etree.fromstring(data, parser)
    target.finish()
    return target.page


def _outer_parts() -> re.Pattern[str]:
    """The end of a line that is a title, a document number, a date, an addressee, a signature."""
    nouns = "|".join(sorted(map(re.escape, load("words")["document_nouns"]), key=len, reverse=True))
    return re.compile(
        rf"(?:{nouns}|[〔（(\[][0-9]{{4}}[〕）)\]][0-9]{{1,5}}号|月[ 0-9]{{1,4}}日"
        r"|政府|办公室|委员会|管委会|局|厅|[：:]|[）)])\s*$"
    )


class _Target:
    """The parser's target: counts while it listens."""

    def __init__(self, hidden: bool = False) -> None:
        self.page = Page()
        self.hidden = hidden
        self.containers = frozenset(load("containers")["containers"])
        self.stack: list[int] = []  # open visible elements
        self.silent = 0  # open elements inside one that shows nothing
        self.depth = 0
        self.linked = 0
        self.text: list[str] = []
        self.counts = [0, 0, 0, 0, 0, 0]
        self.outer = _outer_parts()
        self.page_words = re.compile("|".join(map(re.escape, load("containers")["page_words"])))

    def start(self, tag: Any, attributes: Any) -> None:
        if not isinstance(tag, str):
            return
        tag = tag.lower()
        self.depth += 1
        self.page.depth = max(self.page.depth, self.depth)
        if self.depth > MAX_DEPTH:
            raise TooDeep
        if tag == "meta":
            name, content = attributes.get("name"), attributes.get("content")
            if name and content:
                self.page.metas.setdefault(name.strip().lower(), content.strip())
        names = []
        if attributes:
            if attributes.get("id"):
                names.append("#" + attributes["id"].strip().lower())
            if attributes.get("class"):
                names += ["." + name for name in attributes["class"].lower().split()]
        if self.silent or tag in _SILENT or tag in ("head", "title") or self.is_hidden(attributes, names):
            if tag not in _VOID:
                self.silent += 1
            return
        self.flush()
        kept = {key: attributes[key] for key in _KEPT if key in attributes} if attributes else {}
        number = len(self.page.elements)
        element = Element(tag, tuple(names), kept, self.stack[-1] if self.stack else -1, len(self.page.events))
        element.wide, element.prose, element.content, element.own, element.headings, element.links = self.counts
        self.page.elements.append(element)
        self.page.events.append((number, None))
        self.stack.append(number)
        if tag == "a":
            self.linked += 1
            self.counts[5] += 1

    def is_hidden(self, attributes: Any, names: list[str]) -> bool:
        """Hidden by its style; not the part that holds the text, unseen only until a script has run."""
        if self.hidden or not attributes:
            return False
        found = _HIDDEN.search(attributes.get("style") or "")
        if found and found["unseen"]:
            return self.containers.isdisjoint(names)
        return bool(found) or "hidden" in attributes

    def end(self, tag: Any) -> None:
        if not isinstance(tag, str):
            return
        self.depth -= 1
        if self.silent:
            if tag.lower() not in _VOID:
                self.silent -= 1
            return
        if self.stack and self.page.elements[self.stack[-1]].tag == tag.lower():
            self.close_last()

    def close_last(self) -> None:
        self.flush()
        number = self.stack.pop()
        element = self.page.elements[number]
        self.page.events.append((-1 - number, None))
        element.last = len(self.page.events)
        wide, prose, content, own, headings, links = self.counts
        element.wide, element.prose = wide - element.wide, prose - element.prose
        element.content, element.own = content - element.content, own - element.own
        element.headings, element.links = headings - element.headings, links - element.links
        if element.tag == "a":
            self.linked -= 1

    def data(self, data: Any) -> None:
        if not self.silent:
            self.text.append(data)

    def flush(self) -> None:
        """Put down the text since the last tag and count it."""
        if not self.text:
            return
        text = "".join(self.text)
        self.text.clear()
        self.page.events.append((self.stack[-1] if self.stack else 0, text))
        wide = len(_WIDE.findall(text))
        if not wide:
            return
        self.counts[0] += wide
        if self.linked:
            return
        self.counts[1] += wide
        heading = bool(_HEADING.match(text))
        if heading:
            self.counts[4] += 1
        furniture = bool(self.page_words.search(text))
        if not furniture and (heading or (wide >= 20 and ("。" in text or "；" in text))):
            self.counts[2] += 1
            self.counts[3] += 1
        elif not furniture and self.outer.search(text):
            self.counts[3] += 1

    def comment(self, text: Any) -> None:
        """Comments show nothing."""

    def close(self) -> None:
        """The parser is done; :meth:`finish` does the rest."""

    def finish(self) -> None:
        """Close what stands open."""
        while self.stack:
            self.close_last()
        self.flush()
