"""Whether two plans are versions of one plan or two different plans."""

from __future__ import annotations

import re

from ipplan.compare.model import Mode
from ipplan.compare.view import View, dice, pairs, plain

#: Of the runs of eight characters of the shorter text, this share stands in the other one too.
_VERSIONS = 0.3
_YEARS = re.compile(r"(?:19|20)\d\d|“?十[一二三四五六七八九]五”?")


def mode_of(a: View, b: View) -> Mode:
    """``versions`` if the texts share long runs of words and neither place nor term of the plans contradicts.

    Two counties that copied one model are two plans; so are the plans of one city for two terms.
    """
    x, y = a.plan.meta, b.plan.meta
    if x.region and y.region and (x.region.code, x.region.name) != (y.region.code, y.region.name):
        return "plans"
    title_a, title_b = plain(x.title), plain(y.title)
    if title_a and title_b and _YEARS.findall(title_a) != _YEARS.findall(title_b) and shared(a, b) < 2 * _VERSIONS:
        return "plans"
    if shared(a, b) >= _VERSIONS:
        return "versions"
    alike = bool(title_a) and dice(pairs(title_a), pairs(title_b)) > 0.95
    return "versions" if alike and shared(a, b) >= _VERSIONS / 2 else "plans"


def shared(a: View, b: View) -> float:
    """How much of the shorter text stands in the longer one word for word, 0…1."""
    return len(a.shingles & b.shingles) / min(len(a.shingles), len(b.shingles))
