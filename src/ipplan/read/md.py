"""Markdown: the decoded text is the source text; front matter becomes facts, pipe tables tables, marks are passed over."""

from __future__ import annotations

from typing import Any

from ipplan.lexicon import load
from ipplan.patterns import pattern
from ipplan.read.marks import marks_of
from ipplan.read.txt import read_txt
from ipplan.text import Cell, SourceText, Table

_FENCE = pattern(r"-{3,}[ \t]*")
_LONGEST_FRONT = 200
#: Front matter keys and the fact they give; labels of ``head_labels`` (文号, 发布日期 …) serve too.
_KEYS = {
    "title": "title", "date": "page_date", "published": "published_on", "published_on": "published_on",
    "issued_on": "issued_on", "doc_number": "doc_number", "docnumber": "doc_number", "number": "doc_number",
    "index_number": "index_number", "issuer": "issuer", "publisher": "issuer",
}  # fmt: skip
_RULE = pattern(r"\|?[ \t]*:?-{1,}:?[ \t]*(?:\|[ \t]*:?-{1,}:?[ \t]*){0,60}\|?")
_CELL = pattern(r"(?:[^|\\]|\\.|\\$)*+")


def read_md(data: bytes, name: str, *, encoding: str | None = None) -> SourceText:
    """Read Markdown. Raises :class:`~ipplan.read.errors.ReadError` as :func:`~ipplan.read.txt.read_txt` does."""
    source = read_txt(data, name, encoding=encoding)
    lines = [(a, b) for a, b in source.lines()]
    skip, behind = _front_matter(source, lines)
    tables, rules = _pipe_tables(source.raw, lines[behind:])
    marks, left_out = marks_of(source.raw, [line for line in lines[behind:] if line not in set(rules)])
    source.skip = tuple(sorted(skip + rules + left_out))
    source.tables = tuple(tables)
    source.pass_over(marks)
    return source


def _front_matter(source: SourceText, lines: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], int]:
    """The span of the front matter and the number of its lines; nothing where the text does not begin with ``---``."""
    raw = source.raw
    if not lines or not _FENCE.fullmatch(raw, *lines[0]):
        return [], 0
    for i, (start, end) in enumerate(lines[1:_LONGEST_FRONT], 1):
        if _FENCE.fullmatch(raw, start, end) or raw[start:end].rstrip() == "...":
            values = _load("\n".join(raw[a:b] for a, b in lines[1:i]))
            if values is None:
                return [], 0
            source.head.update(_facts(values))
            return [(lines[0][0], end)], i + 1
    return [], 0


def _load(text: str) -> dict[Any, Any] | None:
    import yaml

    try:
        values = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def _facts(values: dict[Any, Any]) -> dict[str, str]:
    labels = load("words")["head_labels"]
    facts: dict[str, str] = {}
    for key, value in values.items():
        name = _KEYS.get(str(key).strip().lower()) or labels.get(str(key).strip())
        if name and isinstance(value, str) and value.strip():
            facts.setdefault(name, value.strip())
    return facts


def _pipe_tables(raw: str, lines: list[tuple[int, int]]) -> tuple[list[Table], list[tuple[int, int]]]:
    """Pipe tables (a row, a ruled row, rows) and the spans of their ruled rows."""
    tables: list[Table] = []
    rules: list[tuple[int, int]] = []
    i = 1
    while i < len(lines):
        start, end = lines[i]
        if not ("|" in raw[start:end] and _RULE.fullmatch(raw[start:end].strip()) and "|" in raw[slice(*lines[i - 1])]):
            i += 1
            continue
        rules.append((start, end))
        rows = [_cells(raw, *lines[i - 1])]
        i += 1
        while i < len(lines) and "|" in raw[slice(*lines[i])]:
            rows.append(_cells(raw, *lines[i]))
            i += 1
        tables.append(Table(rows[0][0].start, max(cell.end for cell in rows[-1]), tuple(rows)))
    return tables, rules


def _cells(raw: str, start: int, end: int) -> tuple[Cell, ...]:
    """The cells of a row; ``\\|`` is no border."""
    line = raw[start:end]
    left = len(line) - len(line.lstrip())
    right = len(line.rstrip())
    if line[left : left + 1] == "|":
        left += 1
    if right > left and line[right - 1] == "|" and line[right - 2 : right - 1] != "\\":
        right -= 1
    cells: list[Cell] = []
    at = left
    while True:
        found = _CELL.match(line, at, right)
        stop = found.end() if found else at
        text = line[at:stop]
        lead = len(text) - len(text.lstrip())
        cells.append(Cell(start + at + lead, start + max(at + lead, at + len(text.rstrip()))))
        if stop >= right:
            return tuple(cells)
        at = stop + 1
