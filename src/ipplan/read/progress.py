"""How far a long reading has come. Readers tell it page by page; nothing is printed here, and nobody need listen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeAlias

#: Called with the work under way (``page``, ``page by OCR``), how many are done, and how many there are.
Listener: TypeAlias = Callable[[str, int, int], None]

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Let ``listener`` hear of every reading within."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(work: str, done: int, total: int) -> None:
    """``done`` of ``total`` are read."""
    listener = _listener.get()
    if listener is not None:
        listener(work, done, total)
