"""SourceText → Plan. The pipeline, to be read aloud:

lines → paragraphs (healed) → parts of the document (front, contents, sections, tail) → tree → titles, roles, phases →
facts about the document → targets and commitments → sections of the model → diagnostics.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from ipplan.draft import SCHEMA, Source, as_data
from ipplan.draft import Plan as Draft
from ipplan.normalize.vocabulary import Vocabulary
from ipplan.parse.build import build_sections
from ipplan.parse.document import numbering_notes, take_apart
from ipplan.parse.findings import bracket_notes, date_notes, diagnostics, line_notes, marker_notes, phase_notes
from ipplan.parse.kinds import Ledger
from ipplan.parse.lines import read_lines
from ipplan.parse.meta import build_meta, preamble_of, read_front
from ipplan.parse.paint import paint
from ipplan.parse.paragraphs import paragraphs
from ipplan.parse.promises import read_promises
from ipplan.parse.responsibility import responsibilities
from ipplan.parse.scopes import plan_year
from ipplan.parse.sections import own_parts, preamble_own
from ipplan.parse.tables.tasks import table_duties
from ipplan.text import SourceText

if TYPE_CHECKING:
    from ipplan.model import Plan

T = TypeVar("T")


def parse_text(source: SourceText, *, full: bool = False, vocabulary: Vocabulary | None = None) -> Plan:
    """Read a source text into a plan. ``full`` adds the primary kind of every character (``spans``).

    ``vocabulary`` names the indicators, by default the built-in one; another is named with its hash in ``source``.
    """
    return _undisturbed(lambda: _validated(draft_text(source, full=full, vocabulary=vocabulary)))


def parse_with_ledger(source: SourceText, *, vocabulary: Vocabulary | None = None) -> tuple[Plan, Ledger]:
    """Like :func:`parse_text`, with the ledger of primary kinds beside the plan."""
    draft, ledger = _undisturbed(lambda: _read(source, True, vocabulary))
    assert ledger is not None
    return _undisturbed(lambda: _validated(draft)), ledger


def draft_text(source: SourceText, *, full: bool = False, vocabulary: Vocabulary | None = None) -> Draft:
    """Like :func:`parse_text`, without making models of what was read: enough where it is only written out."""
    draft, _ = _undisturbed(lambda: _read(source, full, vocabulary))
    return draft


def _undisturbed(work: Callable[[], T]) -> T:
    """Do ``work`` without the garbage collector: what is built stays in use to the end, and looking through it again and
    again takes a third of the time of a long text.
    """
    if not gc.isenabled():
        return work()
    gc.disable()
    try:
        return work()
    finally:
        gc.enable()


def _validated(draft: Draft) -> Plan:
    from ipplan.model import Plan  # with pydantic, which takes longer to import than a plan to read

    return Plan.model_validate(as_data(draft))


def _read(source: SourceText, ledger: bool, vocabulary: Vocabulary | None) -> tuple[Draft, Ledger | None]:
    lines, _ = read_lines(source, markdown=source.format == "md")
    healed, repairs = paragraphs(source, lines)
    document = take_apart(healed)
    front = read_front(document.front, document.tail)
    preamble = preamble_of(document, front)
    passages = [p.passage for p in healed]
    meta, meta_notes = build_meta(front, source, passages, source.raw)
    year = plan_year(meta)
    owns = [preamble_own(preamble, year), *own_parts(document.root, year)]
    promises, faults = read_promises(source, owns, meta, vocabulary)
    duties = responsibilities(owns, passages)
    duties.add(table_duties(owns, source.folded))
    sections = build_sections(source, document.root, owns, promises, duties)
    book = paint(source, lines, document, preamble, owns) if ledger else None
    notes = [*source.notes, *repairs, *document.notes, *numbering_notes(document.root), *meta_notes, *faults]
    notes += line_notes(source, lines) + bracket_notes(healed) + marker_notes(healed, document)
    notes += date_notes(healed, meta_notes) + phase_notes(owns)
    draft = Draft(
        schema_=SCHEMA,
        source=Source(
            name=source.name,
            format=source.format,
            encoding=source.encoding,
            sha256=source.sha256,
            chars=len(source.raw),
            vocabulary=vocabulary.label if vocabulary else None,
        ),
        meta=meta,
        sections=sections,
        diagnostics=diagnostics(source, notes),
        spans=book.spans() if book else None,
    )
    return draft, book
