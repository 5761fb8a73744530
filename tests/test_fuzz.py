"""Damaged plans: never an exception, spans inside the text, quotes as they stand there, nothing unaccounted for."""

from __future__ import annotations

import random

import pytest

from ipplan import export, load
from ipplan.parse import parse_with_ledger
from ipplan.text import SourceText
from support import FIXTURES, source_of, walk

TEXTS = [source_of(name).read_text(encoding="utf-8") for name in FIXTURES]
_SIGNS = [
    *"（）()〔〕【】《》“”。，；：、.#*—-1２一十\u3000\u00a0\u200b\ufeff\x00\n\r ",
    "\n\n", "\r\n", "\n— 3 —\n", "一、", "（一）", "1.", "（责任单位：", "附件1\n", "目录\n", "2024年13月45日", "第一条 ", "到2025年，", "达2.3万件以上", "\n\n\n",
]  # fmt: skip


def damage(text: str, rng: random.Random) -> str:
    """One to six wounds: lines deleted, doubled, swapped, moved; the text cut; signs inserted or taken out."""
    for _ in range(rng.randint(1, 6)):
        lines = text.split("\n")
        i = rng.randrange(len(lines))
        match rng.randrange(9):
            case 0:
                del lines[i : i + rng.randint(1, 20)]
                text = "\n".join(lines)
            case 1:
                lines[i:i] = lines[i : i + rng.randint(1, 8)]
                text = "\n".join(lines)
            case 2:
                j = rng.randrange(len(lines))
                lines[i], lines[j] = lines[j], lines[i]
                text = "\n".join(lines)
            case 3:
                text = text[: rng.randint(1, len(text))] if rng.random() < 0.5 else text[rng.randrange(len(text)) :]
            case 4:
                other = rng.choice(TEXTS).split("\n")
                k = rng.randrange(len(other))
                lines[i:i] = other[k : k + rng.randint(1, 30)]
                text = "\n".join(lines)
            case 5:
                at = rng.randrange(len(text) + 1)
                text = text[:at] + "".join(rng.choices(_SIGNS, k=rng.randint(1, 5))) + text[at:]
            case 6:
                at = rng.randrange(len(text) + 1)
                text = text[:at] + text[at + rng.randint(1, 60) :]
            case 7:
                sign = rng.choice("（）《》。，；：、\n")
                share = rng.random() * 0.3
                text = "".join(c for c in text if c != sign or rng.random() > share)
            case _:
                text = "".join(c if rng.random() > 0.01 else rng.choice(_SIGNS) for c in text)
        text = text or "一、甲"
    return text


def check(text: str, *, back: bool) -> None:
    source = SourceText(text, sha256="0")
    plan, ledger = parse_with_ledger(source)
    assert ledger is not None
    assert ledger.unaccounted() == []
    n = len(text)
    seen: set[str] = set()
    for s in walk(plan.sections):
        assert 0 <= s.span[0] < s.span[1] <= n
        assert s.line == source.line_of(s.span[0])
        assert s.id not in seen
        seen.add(s.id)
        if s.marker:
            assert text[s.span[0] : s.span[1]].startswith(s.marker[0])
        at = s.span[0]
        for child in s.children:
            assert at <= child.span[0] < child.span[1] <= s.span[1]
            at = child.span[1]
        for part in (*s.targets, *s.commitments):
            assert text[slice(*part.span)] == part.quote
            assert part.line == source.line_of(part.span[0])
            assert s.span[0] <= part.span[0] < part.span[1] <= s.span[1]
        for a in s.assignments:
            assert 0 <= a.span[0] < a.span[1] <= n
            assert all(u.name and u.raw for u in a.agencies)
        if s.phase:
            assert s.span[0] <= s.phase.span[0] < s.phase.span[1] <= s.span[1]
    for d in plan.diagnostics:
        assert d.span is None or 0 <= d.span[0] <= d.span[1] <= n
    if back:
        for format in ("yaml", "json"):
            assert load(export([plan], format, full=True)) == [plan]


@pytest.mark.parametrize("seed", range(150))
def test_damaged(seed: int) -> None:
    rng = random.Random(seed)
    check(damage(rng.choice(TEXTS), rng), back=seed % 10 == 0)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(20))
def test_damaged_at_length(block: int) -> None:
    for seed in range(block * 200, block * 200 + 200):
        rng = random.Random(f"long {seed}")
        text = damage(rng.choice(TEXTS), rng)
        try:
            check(text, back=seed % 20 == 0)
        except Exception as error:
            raise AssertionError(f"seed {seed}: {error!r}") from error
