"""The assignment is the optimum, whatever the gains."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ipplan.compare.assign import assign

Gains = dict[tuple[int, int], float]
gains = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.5001, 1.0]), max_size=20
)


def best(gains: Gains, row: int = 0, taken: frozenset[int] = frozenset()) -> float:
    """The greatest sum of gains, by trying everything."""
    if row > 4:
        return 0.0
    tries = [best(gains, row + 1, taken)]
    tries += [g + best(gains, row + 1, taken | {c}) for (r, c), g in gains.items() if r == row and c not in taken]
    return max(tries)


@given(gains)
def test_no_other_assignment_gains_more(gains: Gains) -> None:
    chosen = assign(gains)
    assert len(set(chosen.values())) == len(chosen)
    assert all(gains[pair] > 0 for pair in chosen.items())
    assert abs(sum(gains[pair] for pair in chosen.items()) - best(gains)) < 1e-9


def test_the_first_good_match_is_not_taken() -> None:
    assert assign({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.8}) == {0: 1, 1: 0}
    assert assign({}) == {}
