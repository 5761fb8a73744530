"""A plan as comparing sees it: its sections in one list, its words folded, its targets with their places and ids."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ipplan.compare.model import Place, PlacedPhase, PlacedTarget
from ipplan.lexicon.names import key
from ipplan.model import Plan, Section
from ipplan.normalize.indicators import identify
from ipplan.normalize.themes import theme_of
from ipplan.normalize.vocabulary import Vocabulary, builtin
from ipplan.text import fold

_MARKS = re.compile(r"[^\w%]+")


def plain(text: str | None) -> str:
    """Words without width and blanks: what two writings of one text have in common."""
    return "".join(fold(text or "").split())


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text} - {""})


def bare(text: str) -> str:
    """A folded text without its punctuation: “同保护” is 同保护."""
    return _MARKS.sub("", text)


def dice(a: frozenset[str], b: frozenset[str]) -> float:
    """Likeness 0…1 of two sets."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


@dataclass(eq=False)
class Node:
    """One section, with the place of its parent in the list of sections (``None`` at the top)."""

    section: Section
    index: int
    parent: int | None
    title: str
    text: str
    theme: str | None

    @cached_property
    def pairs(self) -> tuple[frozenset[str], frozenset[str]]:
        """The pairs of characters of the heading and of the text."""
        return pairs(bare(self.title)), pairs(bare(self.text))

    @property
    def words(self) -> tuple[str, str, str]:
        """What makes two sections the same."""
        return (self.section.role or "", self.title, self.text)


@dataclass(eq=False)
class View:
    """A plan prepared for comparing."""

    plan: Plan
    vocabulary: Vocabulary

    @cached_property
    def nodes(self) -> list[Node]:
        """All sections in document order."""
        out: list[Node] = []
        titles: list[list[str | None]] = []
        todo: list[tuple[Section, int | None]] = [(s, None) for s in reversed(self.plan.sections)]
        while todo:
            section, parent = todo.pop()
            index = len(out)
            titles.append([section.title, *(titles[parent] if parent is not None else [])])
            theme = theme_of(titles[index]) if section.role in ("tasks", "objectives") else None
            text = plain("".join(section.text))
            out.append(Node(section, index, parent, plain(section.title), text, theme))
            todo += [(child, index) for child in reversed(section.children)]
        return out

    @cached_property
    def order(self) -> tuple[tuple[str, ...], ...]:
        """A sort key: comparing a with b and b with a begins with the same one of the two."""
        return tuple((n.section.id, *n.words) for n in self.nodes)

    @cached_property
    def shingles(self) -> frozenset[str]:
        """Runs of eight characters of the whole text."""
        text = "".join(node.title + node.text for node in self.nodes)
        return frozenset(text[i : i + 8] for i in range(max(1, len(text) - 7)))

    @cached_property
    def targets(self) -> list[PlacedTarget]:
        """All targets in document order, each with its section and, where the vocabulary knows it, its indicator."""
        out = []
        for node in self.nodes:
            for target in node.section.targets:
                fields = {name: getattr(target, name) for name in type(target).model_fields}
                if target.indicator_id is None or self.vocabulary.label:
                    match = identify(
                        target.indicator,
                        unit=target.unit,
                        action=target.action,
                        basis=target.basis,
                        vocabulary=self.vocabulary,
                    )
                    fields["indicator_id"] = match.id or target.indicator_id
                out.append(PlacedTarget.model_construct(**fields, section=node.section.id))
        return out

    @cached_property
    def phases(self) -> list[PlacedPhase]:
        """All phases in document order."""
        return [PlacedPhase(**dict(n.section.phase), section=n.section.id) for n in self.nodes if n.section.phase]

    def agencies(self) -> Iterator[tuple[str, str, Place]]:
        """``(department or name of a group, role, place)`` of every agency named."""
        for node in self.nodes:
            for assignment in node.section.assignments:
                place = Place.model_construct(section=node.section.id, line=assignment.line)
                for agency in assignment.agencies:
                    yield agency.department or plain(agency.name), assignment.role, place


def view(plan: Plan, vocabulary: Vocabulary | None = None) -> View:
    """Prepare a plan."""
    return View(plan, vocabulary or builtin())


def name_core(name: str, vocabulary: Vocabulary) -> str:
    """The form in which names of targets without an indicator are compared."""
    return vocabulary.rules.core(key(name))


FAR = dt.date.max
