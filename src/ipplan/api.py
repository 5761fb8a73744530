"""The library's entry: bytes, path or text in, plan out."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ipplan.parse import parse_text
from ipplan.read import read_bytes, read_file, refuse_own
from ipplan.read.errors import ReadError
from ipplan.read.traditional import even_out
from ipplan.read.txt import note_oddities
from ipplan.text import SourceText

if TYPE_CHECKING:
    from pathlib import Path

    from ipplan.model import Plan
    from ipplan.normalize.vocabulary import Vocabulary


def load_source(source: Path | bytes | str, *, name: str = "-", encoding: str | None = None) -> SourceText:
    """The source text of a file (``Path``), of bytes, or of a text (``str``). Raises :class:`ReadError`."""
    if isinstance(source, bytes):
        return read_bytes(source, name, encoding=encoding)
    if not isinstance(source, str):
        return read_file(source, encoding=encoding)
    if not source.strip():
        raise ReadError(name, "is empty", "give the text of a plan")
    refuse_own(source[:4096].encode("utf-8", "surrogatepass"), name)
    text = SourceText(source, name=name, sha256=hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest())
    note_oddities(text)
    even_out(text)
    return text


def parse(
    source: Path | bytes | str,
    *,
    name: str = "-",
    encoding: str | None = None,
    full: bool = False,
    vocabulary: Vocabulary | None = None,
) -> Plan:
    """Read a plan: a ``Path`` is a file, a ``str`` is text, ``bytes`` are a file's content.

    ``encoding`` overrules detection; ``full`` adds the primary kind of every character; ``vocabulary`` names the
    indicators, by default the built-in one. Raises :class:`ReadError` where nothing readable is in it.
    """
    return parse_text(load_source(source, name=name, encoding=encoding), full=full, vocabulary=vocabulary)


def load(source: Path | str, *, name: str = "-") -> list[Plan]:
    """Read plans back that :func:`ipplan.export` wrote: a ``Path`` is a file, a ``str`` its text.

    Raises :class:`PlanError` (file, line, key, what was expected), :class:`ReadError` for an unreadable file.
    """
    from ipplan.export.load import PlanError, load_plans

    if isinstance(source, str):
        return load_plans(source, name)
    try:
        text = source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlanError(str(source), f"is not UTF-8 (byte offset {error.start})") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(str(source), f"cannot be read ({reason})", "check the path and its permissions") from None
    return load_plans(text, str(source))
