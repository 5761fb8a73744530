"""YAML in block style for the data of a plan, as PyYAML writes it, where every text is of the plain sort.

Printed characters need at most single quotes, and so do nearly all texts of nearly all plans. Whatever would need more
thought (tabs, control characters, dates in a text) raises :class:`NotPlainError`, and PyYAML writes the plan: importing it
takes as long as reading one. Both ways give the same text, which a test demands.
"""

from __future__ import annotations

from typing import Any

#: What a text must not begin with, even without a blank behind it.
_INDICATORS = frozenset("#,[]{}&*!|>'\"%@` ")
#: What a text in ASCII may begin with that YAML takes for a number, a date, a truth value, null or a merge.
_TYPED = frozenset("yYnNtTfFoO-+.0123456789<~=")
_WORDS = frozenset({"yes", "no", "true", "false", "on", "off", "null", "~", "<<", "="})
_NUMERIC = frozenset("0123456789abcdefABCDEFxob_.:+-TtZz ")
_HEX = frozenset("0123456789abcdef")


class NotPlainError(ValueError):
    """A text that PyYAML should write."""


def blocks(data: dict[str, Any], full: bool) -> str:
    """The YAML text of ``data``; keys whose value is ``None`` or empty are left out unless ``full``."""
    out: list[str] = []
    _mapping(data, "", "", full, out)
    return "\n".join(out) + "\n"


def _mapping(data: dict[str, Any], first: str, pad: str, full: bool, out: list[str]) -> None:
    """The lines of a mapping: ``first`` stands before its first key, ``pad`` before every other."""
    start = len(out)
    lead = first
    for key, value in data.items():
        if value is None or value == []:
            if not full:
                continue
            out.append(f"{lead}{key}: {'null' if value is None else '[]'}")
        elif isinstance(value, dict):
            at = len(out)
            out.append(f"{lead}{key}:")
            _mapping(value, pad + "  ", pad + "  ", full, out)
            if len(out) == at + 1:
                out[at] += " {}"
        elif isinstance(value, list):
            out.append(f"{lead}{key}:")
            for item in value:
                if isinstance(item, dict):
                    _mapping(item, pad + "- ", pad + "  ", full, out)
                else:
                    out.append(f"{pad}- {_scalar(item, pad)}")
        elif isinstance(value, tuple):
            out.append(f"{lead}{key}: [{', '.join(map(str, value))}]")
        else:
            out.append(f"{lead}{key}: {_scalar(value, pad)}")
        lead = pad
    if len(out) == start and first != pad:
        out.append(first + "{}")


def _scalar(value: Any, pad: str) -> str:
    if isinstance(value, str):
        return _lines(value, pad) if "\n" in value else _text(value)
    if isinstance(value, float):
        text = repr(value)
        if "e" in text or "n" in text:
            raise NotPlainError(text)
        return text
    return str(value)  # a whole number or a date


def _lines(text: str, pad: str) -> str:
    """A text of several lines in single quotes: one line end more than there are, then the indentation."""
    out: list[str] = []
    ends = 0
    for line in text.split("\n"):
        if line:
            if not _printed(line) or line[0] == " " or line[-1] == " ":
                raise NotPlainError(text)
            out.append(("\n" * (ends + 1) + pad + "  " if out else "") + line.replace("'", "''"))
            ends = 0
        ends += 1
    if text[0] == "\n" or text[-1] == "\n":
        raise NotPlainError(text)
    return f"'{''.join(out)}'"


def _text(text: str) -> str:
    """A text as it is, or in single quotes where YAML would take it for something else."""
    if not _printed(text):
        raise NotPlainError(text)
    if (
        text[0] in _INDICATORS
        or text[-1] in " :"
        or ": " in text
        or " #" in text
        or text.startswith(("- ", "? ", "---", "..."))
        or text in ("-", "?")
        or (text[0] in _TYPED and text.isascii() and _is_number(text))
    ):
        return "'" + text.replace("'", "''") + "'"
    return text


def _is_number(text: str) -> bool:
    """Whether YAML takes ``text`` for a number: 12 and 1.1, not 1.1.2 and not a hash."""
    if text.lower() in _WORDS:
        raise NotPlainError(text)
    if text[0] not in "-+.0123456789" or not _NUMERIC.issuperset(text):
        return False
    parts = text.removesuffix(".").split(".")
    if all(part.isdigit() for part in parts):
        if len(parts) == 1 and text[0] == "0" and len(text) > 1:
            raise NotPlainError(text)  # octal or not
        return text.count(".") <= 1
    if _HEX.issuperset(text) and not set("acdf").isdisjoint(text):
        return False
    raise NotPlainError(text)


def _printed(text: str) -> bool:
    """Whether ``text`` is one line of characters that YAML prints: none of them is empty, a control or beyond U+FFFF."""
    plain = text if text.isprintable() else text.replace("\u3000", "").replace("\u00a0", "")
    return bool(text) and plain.isprintable() and len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
