"""Traditional characters: a text written in them is matched by its simplified forms, one character for one.

The source text and its spans stay as they are; only the fold that matching happens on is changed. The table comes from
OpenCC (``ipplan[traditional]``), loaded when such a text is met.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from ipplan.diagnostics import Note
from ipplan.text import SourceText

#: Characters frequent in plans that simplified Chinese does not use. Counting them is all that other texts pay.
_SIGNS = "產權國務業發實創護標項責單會應設機關動進開體質"
_FEW = 200


def even_out(source: SourceText) -> None:
    """Fold a traditional text to simplified characters for matching, or note what to install for it."""
    raw = source.raw
    if not any(sign in raw for sign in _SIGNS[:8]):
        return
    counts = [n for n in map(raw.count, _SIGNS) if n]
    if len(counts) < 3 or sum(counts) * _FEW < len(raw):
        return
    if not available():
        source.notes.append(
            Note(
                "IPP005",
                "the text is in traditional characters, which are not matched with simplified words; "
                "pip install 'ipplan[traditional]'",
                0,
                1,
            )
        )
        return
    source.notes.append(
        Note("IPP004", "the text is in traditional characters; matched by their simplified forms", 0, 1)
    )
    source.evened = _simplified(source.folded)
    source.folded = source.folded.translate(source.evened)


def available() -> bool:
    """Whether OpenCC is installed."""
    from importlib.util import find_spec

    return find_spec("opencc") is not None


def _simplified(text: str) -> dict[int, str]:
    """Code point → simplified character for the characters of a text that have another simplified form."""
    chars = sorted(char for char in set(text) if char >= "\u3400")
    forms = _converter().convert("\n".join(chars)).split("\n")
    if len(forms) != len(chars):  # never seen; character by character is slow and safe
        forms = [_converter().convert(char) for char in chars]
    return {ord(a): b for a, b in zip(chars, forms, strict=True) if a != b and len(b) == 1}


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
