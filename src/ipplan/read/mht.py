"""Web pages in one file (MHT), as Word and browsers save them, often under the ending .doc: the page in it is read."""

from __future__ import annotations

import email
import email.policy
from email.message import Message

from ipplan.read.errors import ReadError
from ipplan.read.html import SUPERSETS, read_html
from ipplan.text import SourceText

_MOST_PARTS = 5000


def read_mht(data: bytes, name: str, *, encoding: str | None = None) -> SourceText:
    """Read the first web page in the file. Raises :class:`ReadError` where there is none."""
    try:
        page = _page(email.message_from_bytes(data, policy=email.policy.compat32))
    except (ValueError, LookupError, RecursionError):
        page = None
    if not page:
        raise ReadError(name, "is a web page in one file (MHT) without a page in it", "save the page as HTML")
    body, charset = page
    if encoding is None and charset and b"charset" not in body[:4096].lower():
        encoding = SUPERSETS.get(charset.lower(), charset)
    source = read_html(body, name, encoding=encoding)
    source.format = "mht"
    return source


def _page(message: Message) -> tuple[bytes, str | None] | None:
    """The bytes of the first part that is HTML and its charset."""
    for count, part in enumerate(message.walk()):
        if count > _MOST_PARTS:
            return None
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                return body, part.get_content_charset()
    return None
