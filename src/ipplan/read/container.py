"""Which part of a web page is the document.

First the containers of the content systems in use, as data (``lexicon/containers.yaml``): the one with the most prose,
then the innermost inside it that loses nothing. Else what readability takes for the article, widened until nothing of
the document is lost. Else the whole body. What is navigation by name or by its links is left out of it.
"""

from __future__ import annotations

from functools import cache

from ipplan.lexicon import load
from ipplan.patterns import pattern
from ipplan.read.dom import Element, Page

#: A container with fewer ideographs of prose than this holds no document.
_LEAST_PROSE = 60
#: readability walks its tree by recursion and regular expressions: only pages of usual size are given to it.
_READABILITY_BYTES = 2_000_000
_READABILITY_DEPTH = 150

_PARTS = frozenset(["nav", "aside", "footer", "select", "button", "textarea", "option"])
_BOXES = frozenset([
    "div", "td", "article", "section", "main", "body", "html", "center", "form", "blockquote", "table", "tbody",
    "tr",
])  # fmt: skip
_LINES = pattern(r"[^\s<>]{12,}")


def document_parts(page: Page, data: bytes) -> tuple[list[int], bool]:
    """The elements that hold the document, in order, and whether a known container was found."""
    if not page.elements:
        return [], False
    body = _body(page)
    known = _known(page, body)
    if known:
        return known, True
    if page.elements[body].prose < _LEAST_PROSE:
        return [body], False
    return [_tighten(page, _widen(page, body, _by_readability(page, body, data)))], False


def shows_little(page: Page) -> bool:
    """Whether the page shows no prose to speak of."""
    return not page.elements or page.elements[_body(page)].prose < _LEAST_PROSE


def is_dropped(page: Page, number: int, *, known: bool) -> bool:
    """Whether an element inside the document's part is navigation, sharing, a form: by its name or by its links."""
    element = page.elements[number]
    if element.headings >= 2 or element.content >= 3:
        return False
    if element.tag in _PARTS or (element.tag == "header" and not known):
        return True
    if not _dropped().isdisjoint(element.names):
        return not _holds_title(page, element)
    links = 6 if known else 3
    return (
        element.links >= links
        and element.tag
        in ("div", "ul", "ol", "table", "td", "tr", "p", "dl", "center", "span", "font", "section", "li")
        and element.content == 0
        and element.prose * 4 <= element.wide
        and element.wide <= 14 * element.links
    )


def _holds_title(page: Page, element: Element) -> bool:
    """Whether a part with a name such as ``head`` or ``top`` shows the title of a document."""
    if element.last - element.first > 60:
        return False
    nouns = tuple(load("words")["document_nouns"])
    return any(
        text is not None
        and len(text.strip()) >= 8
        and text.strip().endswith(nouns)
        and page.elements[number].tag != "a"
        for number, text in page.events[element.first : element.last]
    )


@cache
def _dropped() -> frozenset[str]:
    return frozenset(load("containers")["dropped"])


def _body(page: Page) -> int:
    return next((i for i, element in enumerate(page.elements[:50]) if element.tag == "body"), 0)


def _known(page: Page, body: int) -> list[int]:
    names = frozenset(load("containers")["containers"])
    dropped = _dropped()
    found = [
        i
        for i, element in enumerate(page.elements)
        if element.names and element.prose >= _LEAST_PROSE and not names.isdisjoint(element.names)
    ]
    found = [i for i in found if dropped.isdisjoint(page.elements[i].names) or page.elements[i].headings >= 2]
    if not found:
        return []
    best = max(found, key=lambda i: (_weight(page.elements[i]), -i))
    whole = page.elements[body]
    if page.elements[best].prose * 4 < whole.prose and page.elements[best].content * 2 < whole.content:
        return []
    chosen = best
    for i in found:
        inner, outer = page.elements[i], page.elements[chosen]
        if (
            i != chosen
            and page.contains(chosen, i)
            and inner.content >= outer.content
            and 5 * inner.prose >= 3 * outer.prose
        ):
            chosen = i
    kin = names.intersection(page.elements[chosen].names)
    parts = [chosen]
    for i in found:
        element = page.elements[i]
        if (
            element.content >= 2
            and not kin.isdisjoint(element.names)
            and not any(page.contains(i, j) or page.contains(j, i) for j in parts)
        ):
            parts.append(i)
    return sorted(parts)


def _weight(element: Element) -> int:
    return element.prose + 50 * element.headings


def _widen(page: Page, body: int, start: int) -> int:
    """From ``start`` outwards until no title, number, date or addressee and hardly any running text stands outside."""
    whole = page.elements[body]
    number = start
    while number not in (body, -1):
        element = page.elements[number]
        lost = whole.content - element.content
        if 10 * lost <= whole.content and element.own + lost >= whole.own and element.tag in _BOXES:
            return number
        number = element.parent
    return body


def _tighten(page: Page, outer: int) -> int:
    """The innermost box inside ``outer`` that holds all that could be the document's."""
    best = outer
    for i, element in enumerate(page.elements):
        if element.tag in _BOXES and element.own >= page.elements[outer].own and page.contains(best, i):
            best = i
    return best


def _by_readability(page: Page, body: int, data: bytes) -> int:
    """The innermost element that holds what readability takes for the article; the body where it finds none."""
    if len(data) > _READABILITY_BYTES or page.depth > _READABILITY_DEPTH:
        return body
    import logging

    from readability import Document

    logging.getLogger("readability").setLevel(logging.CRITICAL)
    try:
        summary = Document(data.decode("utf-8", "replace")).summary(html_partial=True)
    except Exception:  # it raises what its parts raise; the page's own structure then decides
        return body
    lines = set(_LINES.findall(summary))
    hits = [0]
    for number, text in page.events:
        hits.append(hits[-1] + (text is not None and number >= 0 and not lines.isdisjoint(_LINES.findall(text))))
    if not hits[-1]:
        return body
    best = body
    for i, element in enumerate(page.elements):
        if hits[element.last] - hits[element.first] >= 0.95 * hits[-1] and page.contains(best, i):
            best = i
    return best
