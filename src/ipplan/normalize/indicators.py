"""Name of an indicator as written → the canonical indicator, or none: a wrong pairing is worse than none.

The ways are tried in this order, and each must agree with the unit: the name itself (an alias), its core (without
scope, level and end words), the head of a list (A、B等知识产权服务机构), the name without brackets, place or leading
words, the name with what the unit says (质押融资 200项 → 质押融资项目), and last a near miss in spelling, which must
agree in every deciding word (额, 率, 万人, 高价值, 国家 …), so that only particles and slips of the pen may differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from ipplan.lexicon.names import key
from ipplan.normalize.vocabulary import Indicator, Vocabulary, builtin
from ipplan.patterns import pattern
from ipplan.records import record

How = Literal["label", "alias", "normalised", "verb", "head", "brackets", "place", "lead", "unit", "fuzzy", "none"]

#: How sure a way of matching is; a fuzzy match has its own likeness.
SURE: dict[How, float] = {
    "label": 1.0, "alias": 1.0, "normalised": 0.98, "verb": 0.97, "head": 0.95,
    "brackets": 0.95, "place": 0.96, "lead": 0.95, "unit": 0.93,
}  # fmt: skip
_LIKE = 0.8
_LEAST_FOR_SLIP = 6
_MARGIN = 0.04
_BRACKETS = pattern(r"（[^（）]{0,40}）")
_PLACE = pattern(r"^[\u4e00-\u9fff]{2,10}?[省市区县州盟旗](?=..)")
_LISTED = pattern(r"[、和与及或]")


@record(frozen=True)
class Match:
    """What a name was matched to: ``id`` (``None`` if unsure), how sure, by which way. ``candidates``: the nearest."""

    id: str | None
    score: float
    how: How
    name: str
    vocabulary: Vocabulary

    @property
    def candidates(self) -> list[tuple[str, float]]:
        """The nearest indicators with their likeness, best first; worked out when asked for."""
        from ipplan.normalize.nearest import nearest

        return nearest(self.name, vocabulary=self.vocabulary)


def identify(
    name: str,
    *,
    unit: str | None = None,
    action: str | None = None,
    basis: str | None = None,
    vocabulary: Vocabulary | None = None,
) -> Match:
    """The indicator that ``name`` (as a target states it, with its unit, verb and basis) means.

    >>> identify("全市每万人口高价值发明专利拥有量", unit="件").id
    'high_value_invention_patents_per_10k'
    >>> identify("知识产权质押融资额", unit="%", basis="growth").id
    'ip_pledge_financing_growth'
    >>> identify("重点企业", unit="家").id is None
    True
    """
    return _identify(name, unit, action, basis, vocabulary or builtin())


@lru_cache(maxsize=8192)
def _identify(name: str, unit: str | None, action: str | None, basis: str | None, vocabulary: Vocabulary) -> Match:
    form = key(name)
    if not form:
        return Match(None, 0.0, "none", name, vocabulary)
    trained = _training(form, unit, action, vocabulary)
    if trained is not None:
        return trained if trained.id else Match(None, 0.0, "none", name, vocabulary)
    for how, written in _ways(form, unit, action, basis, vocabulary):
        for number in vocabulary.look_up(written):
            row = vocabulary.rows[number]
            if _fits(row, written, unit, basis, vocabulary, trusted=how in ("label", "alias")):
                if how == "alias" and key(row.zh) == written:
                    how = "label"
                return Match(row.id, SURE[how], how, name, vocabulary)
    return _fuzzy(name, form, unit, basis, vocabulary)


def _training(form: str, unit: str | None, action: str | None, vocabulary: Vocabulary) -> Match | None:
    """Training of people is counted as training, not as the people: 培训专利代理师200人."""
    rule = vocabulary.rules.data["training"]
    if action not in rule["actions"] or unit is None:
        return None
    kinds = vocabulary.rules.kinds(unit)
    what = "person" if "person" in kinds else "event" if "event" in kinds else None
    if what is None:
        return None
    number = vocabulary.names.get(rule[what])
    if number is None or not any(word in form for word in rule["words"]):
        return Match(None, 0.0, "none", form, vocabulary)
    return Match(vocabulary.rows[number].id, SURE["verb"], "verb", form, vocabulary)


def _ways(
    form: str, unit: str | None, action: str | None, basis: str | None, vocabulary: Vocabulary
) -> Iterator[tuple[How, str]]:
    """The forms to look up, surest first."""
    rules = vocabulary.rules
    if basis == "growth" and unit and rules.kinds(unit) & {"share", "growth"} and not form.endswith(("率", "增幅")):
        yield "verb", form + "增幅"
        yield "verb", rules.core(form) + "增幅"
    if action and action in rules.data["action_heads"] and action not in form:
        verb = "注册" if action == "授权" and "商标" in form else action
        core = rules.core(form)
        for written in (form + verb, core + verb, verb + core):
            yield "verb", rules.core(written)
            yield "verb", written + "量"
    yield "alias", form
    core = rules.core(form)
    yield "normalised", core
    head = _list_head(form)
    if head:
        yield "head", head
        yield "head", rules.core(head)
    if "（" in form:
        bare = _BRACKETS.sub("", form)
        inside = "".join(_BRACKETS.findall(form))
        if len(bare) >= 3 and set(rules.signature(inside).split("|")) <= {"", *rules.signature(bare).split("|")}:
            yield "brackets", bare
            yield "brackets", rules.core(bare)
    for place in _without_place(form):
        yield "place", place
        yield "place", rules.core(place)
    led = rules.without_lead(core)
    if led != core:
        yield "lead", rules.core(led)
        core = rules.core(led)
    for ending in rules.data["unit_heads"].get(unit or "", ()):
        if not core.endswith(ending):
            yield "unit", core + ending


def _list_head(form: str) -> str | None:
    """``A、B等知识产权服务机构`` → ``知识产权服务机构``: what the listed things are."""
    before, sign, head = form.rpartition("等")
    if sign and len(head) >= 4 and _LISTED.search(before) and not head.startswith(("级", "奖", "教育")):
        return head.removeprefix("各类").removeprefix("各")
    return None


def _without_place(form: str) -> Iterator[str]:
    """The name without the place it begins with, where that is a place: 南通市有效发明专利拥有量."""
    if not _PLACE.match(form):
        return
    from ipplan.normalize.regions import places_in

    found = places_in(form)
    cut = sum(len(place.name) for place in found)
    if cut and len(form) - cut >= 3:
        yield form[cut:]


def _fits(
    row: Indicator, form: str, unit: str | None, basis: str | None, vocabulary: Vocabulary, trusted: bool
) -> bool:
    """Whether an indicator can be measured so: its dimension against the unit and against the last word of the name."""
    rules = vocabulary.rules
    said = rules.dimension(form)
    if not trusted and said and row.dimension in ("count", "money") and said != row.dimension:
        return False
    if unit is None:
        return True
    kinds = rules.kinds(unit)
    if basis in ("growth", "reduction") and kinds & {"share", "growth"}:
        return True
    allowed = rules.kinds(row.unit) if row.dimension == "count" else rules.dimensions.get(row.dimension, frozenset())
    return bool(kinds & allowed)


def _fuzzy(name: str, form: str, unit: str | None, basis: str | None, vocabulary: Vocabulary) -> Match:
    """A slip of the pen: one core with the same deciding words that is all but the same, and no second one near it."""
    rules = vocabulary.rules
    core = rules.core(form)
    signature = rules.signature(core)
    scored: dict[str, float] = {}
    for other in vocabulary.groups.get(signature, ()) if len(core) >= 4 and signature else ():
        like = _slip(rules.without_weak(core), rules.without_weak(other))
        if like < _LIKE:
            continue
        for number in vocabulary.look_up(other):
            row = vocabulary.rows[number]
            if _fits(row, form, unit, basis, vocabulary, trusted=False):
                scored[row.id] = max(like, scored.get(row.id, 0.0))
    ranked = sorted(scored.items(), key=lambda pair: (-pair[1], pair[0]))
    if ranked and (len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _MARGIN):
        return Match(ranked[0][0], round(ranked[0][1], 3), "fuzzy", name, vocabulary)
    return Match(None, 0.0, "none", name, vocabulary)


def _slip(a: str, b: str) -> float:
    """Likeness (rapidfuzz) of two cores that differ by one replaced character or by order only; else 0.

    ``专利标准融台创新企业`` is ``专利标准融合创新企业``; ``行政裁决庭`` is not ``行政裁决``: a word more is another.
    """
    if len(a) != len(b) or (a[-2:] != b[-2:] and a[:-2] != b[:-2]):
        return 0.0
    replaced = sum(x != y for x, y in zip(a, b, strict=True))
    if replaced > 1 and (sorted(a) != sorted(b) or a[0] != b[0]):
        return 0.0
    if replaced == 1 and len(a) < _LEAST_FOR_SLIP:
        return 0.0
    if replaced == 0:
        return 0.97
    from rapidfuzz.distance import OSA

    return float(OSA.normalized_similarity(a, b)) if replaced == 1 else 0.9
