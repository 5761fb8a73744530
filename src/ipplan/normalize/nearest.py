"""The indicators nearest to a name that could not be identified: for people to choose from, never to decide by.

``nearest`` compares pairs of characters and is cheap enough for `parse`; ``nearest_by_words`` cuts names into words
(jieba, 0.7 s to load) and weighs rare words more: for `vocab match`.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cache, lru_cache

from ipplan.lexicon.names import key
from ipplan.normalize.vocabulary import Vocabulary, builtin

_LEAST = 0.2
_RARE = 160


def nearest(name: str, n: int = 3, *, vocabulary: Vocabulary | None = None) -> list[tuple[str, float]]:
    """Up to ``n`` pairs ``(id, likeness 0…1)``, best first: shared pairs of characters of the cores (Dice)."""
    return list(_nearest(name, n, vocabulary or builtin()))


@lru_cache(maxsize=16_384)
def _nearest(name: str, n: int, vocabulary: Vocabulary) -> tuple[tuple[str, float], ...]:
    mine = _pairs(vocabulary.rules.core(key(name)))
    index, forms = _index(vocabulary)
    best: dict[str, float] = {}
    # What shares only pairs that hundreds of names hold (知识产权) is asked only where there is too little else.
    for limit in (_RARE, len(forms)):
        for number in set().union(*(index[pair] for pair in mine if pair in index and len(index[pair]) <= limit)):
            pairs, ids = forms[number]
            like = 2 * len(mine & pairs) / (len(mine) + len(pairs))
            if like >= _LEAST:
                for id in ids:
                    best[id] = max(like, best.get(id, 0.0))
        if len(best) >= n:
            break
    ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((id, round(like, 3)) for id, like in ranked[:n])


def nearest_by_words(name: str, n: int = 5, *, vocabulary: Vocabulary | None = None) -> list[tuple[str, float]]:
    """As :func:`nearest`, by words of the language: rare words (马德里) count more than common ones (企业)."""
    vocabulary = vocabulary or builtin()
    weights, words = _words(vocabulary)
    mine = _cut(vocabulary.rules.core(key(name)))
    unknown = math.log(len(words) + 1)
    total = sum(weights.get(word, unknown) for word in mine)
    best: dict[str, float] = {}
    for form, other in words.items():
        common = sum(weights[word] for word in mine & other)
        if not common:
            continue
        like = 2 * common / (total + sum(weights[word] for word in other))
        for number in vocabulary.look_up(form):
            id = vocabulary.rows[number].id
            best[id] = max(like, best.get(id, 0.0))
    for id, like in nearest(name, 4 * n, vocabulary=vocabulary):
        best[id] = (best.get(id, 0.0) + like) / 2 + 1e-9 if id in best else like / 2
    ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(id, round(like, 3)) for id, like in ranked[:n]]


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text})


def _forms(vocabulary: Vocabulary) -> set[str]:
    return {*vocabulary.cores, *(c for c in map(vocabulary.rules.core, vocabulary.names) if vocabulary.look_up(c))}


@cache
def _index(vocabulary: Vocabulary) -> tuple[dict[str, list[int]], list[tuple[frozenset[str], list[str]]]]:
    """Pair of characters → numbers of the forms that hold it; for each form its pairs and the ids of its indicators."""
    index: dict[str, list[int]] = {}
    forms = []
    for number, form in enumerate(sorted(_forms(vocabulary))):
        pairs = _pairs(form)
        forms.append((pairs, [vocabulary.rows[row].id for row in vocabulary.look_up(form)]))
        for pair in pairs:
            index.setdefault(pair, []).append(number)
    return index, forms


@cache
def _words(vocabulary: Vocabulary) -> tuple[dict[str, float], dict[str, frozenset[str]]]:
    """Weight of each word (rarer is heavier), and the words of each form."""
    words = {form: _cut(form) for form in sorted(_forms(vocabulary))}
    seen = Counter(word for cut in words.values() for word in cut)
    return {word: math.log(1 + len(words) / count) for word, count in seen.items()}, words


def _cut(text: str) -> frozenset[str]:
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)
    return frozenset(word for word in jieba.lcut(text, HMM=False) if word.strip())
