"""Names of outputs: safe on any file system, never outside OUT, the same whatever else is in the batch unless two collide."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from ipplan.batch.atomic import OWN

#: Files the run itself writes into OUT.
REPORT = "report.json"
RESERVED = frozenset({REPORT, OWN})

_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$")
_BAD = re.compile(r'[\x00-\x1f\x7f-\x9f\\:*?"<>|/\ud800-\udfff\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)")
_LONGEST = 200  # bytes, which leaves room for endings below the 255 of most file systems


def digest(text: str) -> str:
    """Eight hex digits that tell two names apart."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def safe_part(part: str) -> str:
    """One part of a path, safe: ``a\\nb`` → ``a_b``; too long a part is cut and gets a digest of the whole."""
    safe = _BAD.sub("_", part)
    if safe.endswith((".", " ")):
        safe = safe[:-1] + "_"
    if _DEVICE.match(safe) or safe.casefold() == OWN:
        safe = "_" + safe.lstrip(".")
    raw = safe.encode("utf-8")
    if len(raw) > _LONGEST:
        safe = f"{raw[: _LONGEST - 9].decode('utf-8', 'ignore')}~{digest(part)}"
    return safe


def split_name(rel: str) -> tuple[str, str]:
    """``(stem, with ending)`` of an output: ``x/../a.txt`` → ``x/a``, ``x/a.txt``. Parts that lead elsewhere are dropped."""
    parts = [p for p in rel.replace("\\", "/").split("/") if p not in ("", ".", "..")]
    *folders, name = parts or ["_"]
    if len(name) > 1 and name[1] == ":" and not folders and name[0].isalpha():
        name = name[2:] or "_"
    found = _ENDING.search(name)
    ending = found.group() if found and found.start() > 0 else ""
    stem = safe_part(name[: len(name) - len(ending)])
    if folders and folders[0].casefold() == REPORT:
        folders[0] += "_"
    head = "".join(safe_part(folder) + "/" for folder in folders)
    return head + stem, head + stem + ending


def key(name: str) -> str:
    """What two names share that are one file on a file system that ignores case or composes characters."""
    return unicodedata.normalize("NFC", name).casefold() if not name.isascii() else name.lower()


def shown(text: str) -> str:
    """A name as printed and reported: on one line, undecodable bytes and control characters as escapes."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\u3000" else _escape(c) for c in text)


def _escape(sign: str) -> str:
    code = ord(sign)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is no UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
