"""Theme of a section by the chain of intellectual-property work (创造 运用 保护 管理 服务 人才, 治理 金融 合作)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from ipplan.lexicon import load
from ipplan.lexicon.names import key

_LEAST = 2


@cache
def _themes() -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    return tuple((theme["id"], tuple((w, n) for w, n in theme["words"])) for theme in load("themes")["themes"])


def theme_of(titles: Sequence[str | None]) -> str | None:
    """The theme of a section from its heading and those of its parents, its own first; ``None`` when unclear.

    >>> theme_of(["实施高价值专利培育工程", "提高知识产权创造质量，夯实创新发展根基"])
    'creation'
    >>> theme_of(["工作要求"]) is None
    True

    The first heading that decides, decides; one that speaks of two themes alike leaves it to its parent.
    """
    return next((theme for title in titles if title and (theme := _decided(title))), None)


@cache
def _decided(title: str) -> str | None:
    text = key(title)
    scores = sorted(((sum(n for word, n in words if word in text), id) for id, words in _themes()), reverse=True)
    (best, id), (second, _) = scores[0], scores[1]
    return id if best >= _LEAST and best > second else None


def label(theme: str | None) -> str:
    """``protection`` → ``保护``; no theme is ``—``."""
    return next((t["zh"] for t in load("themes")["themes"] if t["id"] == theme), "—")
