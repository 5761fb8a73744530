"""A set of words that finds its longest member at a place in a text: a few look-ups a place instead of a pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable


class WordSet:
    """Words by length, longest first."""

    __slots__ = ("_all", "_any", "_by_length", "_first", "_last")

    def __init__(self, words: Iterable[str]) -> None:
        self._all = frozenset(words)
        groups: dict[int, set[str]] = {}
        for word in self._all:
            groups.setdefault(len(word), set()).add(word)
        self._by_length = tuple((n, frozenset(groups[n])) for n in sorted(groups, reverse=True))
        self._first = frozenset(word[0] for word in self._all)
        self._last = frozenset(word[-1] for word in self._all)
        self._any: re.Pattern[str] | None = None

    def __contains__(self, word: str) -> bool:
        return word in self._all

    def at(self, text: str, start: int, end: int | None = None) -> str | None:
        """The longest word that begins at ``start`` and ends by ``end``."""
        end = len(text) if end is None else end
        if start >= end or text[start] not in self._first:
            return None
        room = end - start
        for length, words in self._by_length:
            if length <= room and text[start : start + length] in words:
                return text[start : start + length]
        return None

    def before(self, text: str, end: int, start: int = 0) -> str | None:
        """The longest word that ends at ``end`` and begins at or behind ``start``."""
        if end <= start or text[end - 1] not in self._last:
            return None
        room = end - start
        for length, words in self._by_length:
            if length <= room and text[end - length : end] in words:
                return text[end - length : end]
        return None

    def inside(self, text: str) -> bool:
        """Whether any word stands anywhere in ``text``."""
        if self._any is None:
            self._any = re.compile("|".join(map(re.escape, sorted(self._all))) or "(?!)")
        return self._any.search(text) is not None

    def find(self, text: str, start: int, end: int) -> Iterable[tuple[int, str]]:
        """Every place in ``[start, end)`` where a word begins, with the longest word there; not overlapping."""
        at = start
        while at < end:
            word = self.at(text, at, end)
            if word:
                yield at, word
                at += len(word)
            else:
                at += 1
