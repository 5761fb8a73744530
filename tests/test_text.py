"""Source text: the fold keeps length, lines and passages know their offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipplan.text import Passage, SourceText, fold

#: Text made of what the fold and the healing care about, mixed with anything else.
CHARS = st.sampled_from(
    "一二（）()〔〕[]【】：:；;，,。．.1１－—~～\u3000\u00a0\u200b\ufeff\r\n \t㎡①⑴ＡＺ“”«⼀兀○〇专利"
)
ANY = st.text(st.one_of(CHARS, st.characters()), max_size=200)


@given(ANY)
def test_fold_keeps_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(ANY)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_fold_goes_character_by_character(a: str, b: str) -> None:
    assert fold(a + b) == fold(a) + fold(b)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("（１）", "（1）"),
        ("(1)", "（1）"),
        ("[2024]18", "〔2024〕18"),
        ("Ａ－Ｂ—Ｃ", "A-B-C"),
        ("二○二四", "二〇二四"),
        ("㎡①", "㎡①"),
        ("\u3000\u00a0", "  "),
        ("⼀⽅", "一方"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(ANY)
def test_lines_partition_the_text(text: str) -> None:
    source = SourceText(text)
    at = 0
    for number, (start, stop) in enumerate(source.lines(), 1):
        assert at <= start <= stop
        assert not text[at:start].strip("\r\n\f\v\x85\u2028\u2029")
        assert source.line_of(start) == number
        at = stop
    assert at == len(text)


def test_line_ends() -> None:
    source = SourceText("一\r\n二\r三\n四")
    assert [source.raw[a:b] for a, b in source.lines()] == ["一", "二", "三", "四"]
    assert [source.line_of(i) for i in (0, 1, 3, 5, 7)] == [1, 1, 2, 3, 4]


@given(ANY, st.data())
def test_passage_knows_every_offset(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pieces = list(zip(cuts[::2], cuts[1::2], strict=False))
    passage = Passage(SourceText(text), pieces)
    assert len(passage.text) == len(passage.fold) == len(passage)
    for i, char in enumerate(passage.text):
        assert text[passage.at(i)].replace("\u00a0", " ") == char
        assert fold(text[passage.at(i)]) == passage.fold[i]
    if len(passage):
        i = data.draw(st.integers(0, len(passage) - 1))
        j = data.draw(st.integers(i + 1, len(passage)))
        start, end = passage.span(i, j)
        assert (start, end) == (passage.at(i), passage.at(j - 1) + 1)
        cut = passage.cut(i, j)
        assert "".join(text[a:b] for a, b in cut).replace("\u00a0", " ") == passage.text[i:j]
        assert all(a < b for a, b in cut)
