"""The same plan from several web sites is one plan: a hash of its normalised text, and MinHash for nearly the same.

The text is that of the sections, so navigation, page numbers, line breaks and the form of brackets and digits play no part.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ipplan.batch.tables import walk
from ipplan.model import Plan

if TYPE_CHECKING:
    import duckdb

#: Plans whose shared share of five-character pieces is estimated at this much or more are near-duplicates.
SIMILAR = 0.9
_PERMUTATIONS, _BANDS, _SEED, _PIECE = 128, 16, 1, 5

_NOT_WORDS = re.compile(r"[\W_]+")


def normalised(plan: Plan) -> str:
    """The plan's words: title, headings and text in order, NFKC, letters and digits only."""
    parts = [plan.meta.title or ""]
    for section, _ in walk(plan):
        parts += [section.title or "", *section.text]
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", "\n".join(parts))).lower()


def content_hash(text: str) -> str:
    """SHA-256 of normalised text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def signature(text: str) -> list[int]:
    """The MinHash signature of normalised text."""
    from rensa import RMinHash

    pieces = {text[i : i + _PIECE] for i in range(max(1, len(text) - _PIECE + 1))}
    sketch = RMinHash(_PERMUTATIONS, _SEED)
    sketch.update(list(pieces))  # the order plays no part
    found: list[int] = list(sketch.digest())
    return found


#: Plans that agree in a whole band of the signature are compared with the first that has it and with the one before.
_PAIRS = f"""
WITH bands AS (
  SELECT plan_id, b, hash(list_slice(signature, b * {_PERMUTATIONS // _BANDS} + 1, (b + 1) * {_PERMUTATIONS // _BANDS})) AS h
  FROM signatures, range({_BANDS}) AS r(b)
), seen AS (
  SELECT plan_id, first_value(plan_id) OVER same AS one, lag(plan_id) OVER same AS other
  FROM bands WINDOW same AS (PARTITION BY b, h ORDER BY plan_id)
), pairs AS (
  SELECT one AS x, plan_id AS y FROM seen WHERE one < plan_id
  UNION
  SELECT other, plan_id FROM seen WHERE other IS NOT NULL
)
SELECT x, y FROM pairs JOIN signatures s ON s.plan_id = x JOIN signatures t ON t.plan_id = y
WHERE list_sum(list_transform(list_zip(s.signature, t.signature), lambda p: (p[1] = p[2])::INTEGER))
      >= {SIMILAR * _PERMUTATIONS}
ORDER BY x, y
"""


def group(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``plans.near_group`` from the temporary table ``signatures``."""
    leader: dict[int, int] = {}

    def find(plan: int) -> int:
        while plan in leader:
            leader[plan] = plan = leader.get(leader[plan], leader[plan])
        return plan

    members: set[int] = set()
    for x, y in _stream(connection):
        a, b = find(x), find(y)
        members |= {x, y}
        if a != b:
            leader[max(a, b)] = min(a, b)
    if not members:
        return
    import pyarrow as pa

    ids = sorted(members)
    found = pa.table({"plan_id": pa.array(ids, pa.int32()), "leader": pa.array([find(i) for i in ids], pa.int32())})
    connection.register("near_found", found)
    connection.execute("UPDATE plans SET near_group = f.leader FROM near_found f WHERE plans.plan_id = f.plan_id")
    connection.unregister("near_found")


def _stream(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, int]]:
    result = connection.execute(_PAIRS)
    while rows := result.fetchmany(10_000):
        yield from rows
