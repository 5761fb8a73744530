"""Names of indicators in one form: ``key`` (width, quotes, blanks), ``core`` (scope, level, denominator, end words).

Two names with one key are the same words; two names with one core mean the same thing. What the code needs to know of
words is in ``names.yaml``. Used when the vocabulary is compiled and when a name is looked up, so that both agree.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Any

from ipplan.lexicon import load
from ipplan.patterns import pattern

_DROPPED = " \t\r\n\u00a0\u2002\u2003\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad“”‘’\"'＂＇「」『』"
_FULL = {"(": "（", ")": "）", ",": "，", "､": "、", "﹪": "%", "•": "·", "・": "·"}
#: Width folded (letters and digits half, brackets and commas full), quotes and blanks dropped, letters upper-case.
_KEY = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0).upper() for code in range(0xFF01, 0xFF5F)},
        "（": "（",
        "）": "）",
        "，": "，",
        "；": "；",
        "：": "：",
        **_FULL,
        **dict.fromkeys(_DROPPED, ""),
    }
)
_NUMBER = pattern(r"\d+(?:\.\d+)?|[一二三四五六七八九十百千]+(?=[个项类级星年])")


def key(name: str) -> str:
    """``“PCT”专利 申请(量)`` → ``PCT专利申请（量）``: width folded, quotes and blanks gone, letters upper-case."""
    return name.translate(_KEY).upper()


class Names:
    """The rules of ``names.yaml``, ready to use."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self._scope = _longest_first(data["scope"])
        self._lead = _longest_first(data["lead"])
        self._forms: list[tuple[str, str]] = [(old, new) for old, new in data["forms"]]
        self._ends = _longest_first(data["ends"])
        self._keep = tuple(data["keep_ends"])
        self._money = tuple(data["money_ends"])
        self._counts = tuple(data["count_ends"])
        self.units: dict[str, frozenset[str]] = {}
        for kind, units in data["units"].items():
            for unit in units:
                self.units[unit] = self.units.get(unit, frozenset()) | {kind}
        self.dimensions: dict[str, frozenset[str]] = {d: frozenset(kinds) for d, kinds in data["dimensions"].items()}

    def core(self, key: str) -> str:
        """``全市每万人口高价值发明专利拥有量`` → ``万人高价值发明专利``."""
        out = _without_start(key, self._scope)
        for old, new in self._forms:
            if old in out:
                out = out.replace(old, new)
        if not out.endswith(self._keep):
            end = next((end for end in self._ends if out.endswith(end)), "")
            if end and len(out) - len(end) >= 2:
                out = out[: -len(end)]
        return out or key

    def without_lead(self, key: str) -> str:
        """``累计专利授权量`` → ``专利授权量``: without the words that say how a number is reached."""
        return _without_start(key, self._lead)

    @cached_property
    def _words(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, _longest_first(self.data["qualifiers"]))))

    def dimension(self, key: str) -> str | None:
        """What the last word of a name says it is: 额 is money, 数 a count; ``None`` where it says nothing."""
        if key.endswith(self._keep):
            return None
        return "money" if key.endswith(self._money) else "count" if key.endswith(self._counts) else None

    def without_weak(self, core: str) -> str:
        """``集体商标和证明商标`` → ``集体商标证明商标``: without the words that decide nothing."""
        for word in self.data["weak"]:
            core = core.replace(word, "")
        return core

    def signature(self, core: str) -> str:
        """The deciding words of a core and its numbers, sorted: equal signatures are the gate before any likeness."""
        return "|".join(sorted({*self._words.findall(core), *_NUMBER.findall(core)}))

    def kinds(self, unit: str) -> frozenset[str]:
        """What a unit of measure measures; words that are not in the table count things."""
        return self.units.get(unit, frozenset({"count"}))


def _longest_first(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _without_start(text: str, starts: tuple[str, ...]) -> str:
    """``text`` without the words it begins with, at least two characters of it left."""
    while True:
        start = next((s for s in starts if text.startswith(s)), None)
        if start is None or len(text) - len(start) < 2:
            return text
        text = text[len(start) :]


@cache
def names() -> Names:
    """The built-in rules."""
    return Names(load("names"))
