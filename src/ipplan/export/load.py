"""YAML, JSON or JSONL → plans: the way back from :func:`ipplan.export`.

Only data is read: no tags, no anchors, no aliases, no key twice, no depth that a plan cannot have. What does not fit
the contract is one clear line that names file, line and key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ipplan.draft import SCHEMA
from ipplan.model import Plan

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_DEEPEST = 200
_SHOWN = 60


class PlanError(ValueError):
    """A file that should hold plans does not: which file, which line, which key, what was expected."""

    def __init__(self, name: str, problem: str, *, line: int | None = None, key: str | None = None) -> None:
        self.name, self.line, self.key, self.problem = name, line, key, problem
        place = [name] + ([f"line {line}"] if line else []) + ([key] if key else [])
        super().__init__(" ".join(": ".join([*place, problem]).split()))


def load_plans(text: str, name: str) -> list[Plan]:
    """The plans in ``text``: YAML (one or more documents), a JSON object, a JSON array, or JSONL.

    ``name`` stands in the messages. Raises :class:`PlanError`.
    """
    body = text.removeprefix("\ufeff")
    if not body.strip():
        raise PlanError(name, "is empty: expected a plan")
    if body.lstrip()[0] in "{[":
        return [_plan(value, name, body, line, at) for value, line, at in _read_json(body, name)]
    nodes = _read_yaml(body, name)
    return [_plan(value, name, node, 1, ()) for value, node in nodes]


Loc = tuple[int | str, ...]


def _read_json(text: str, name: str) -> Iterator[tuple[Any, int, Loc]]:
    """``(plan as data, line it begins on, where it stands)`` for each plan of a JSON text or JSONL."""
    try:
        value = _json(text)
    except json.JSONDecodeError as error:
        rows = [(i, row) for i, row in enumerate(text.split("\n"), 1) if row.strip()]
        if len(rows) < 2 or not error.msg.startswith("Extra data"):
            raise PlanError(name, f"is not JSON: {error.msg}", line=error.lineno) from None
        for i, row in rows:
            try:
                yield _json(row), i, ()
            except json.JSONDecodeError as inner:
                raise PlanError(name, f"is not JSON: {inner.msg}", line=i) from None
            except (_TwiceError, RecursionError) as inner:
                raise PlanError(name, str(inner) or "is nested too deep", line=i) from None
        return
    except _TwiceError as error:
        raise PlanError(name, str(error)) from None
    except RecursionError:
        raise PlanError(name, "is nested too deep to be a plan") from None
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield item, 0, (i,)
    else:
        yield value, 0, ()


class _TwiceError(ValueError):
    """A key stands twice in one object."""


def _json(text: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        out = dict(pairs)
        if len(out) != len(pairs):
            seen: set[str] = set()
            twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
            raise _TwiceError(f"the key {twice!r} stands twice in one object")
        return out

    return json.loads(text, object_pairs_hook=once)


def _read_yaml(text: str, name: str) -> list[tuple[Any, Any]]:
    """``(plan as data, its node)`` for each document; nodes know their lines."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        """Safe loader that leaves dates to the model, which names the key where one does not exist."""

    Loader.add_constructor("tag:yaml.org,2002:timestamp", base.construct_scalar)
    try:
        depth = 0
        for event in yaml.parse(text, Loader=base):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise PlanError(name, "holds a YAML anchor or alias, which a plan never has", line=_line(event))
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _DEEPEST:
                    raise PlanError(name, "is nested too deep to be a plan", line=_line(event))
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
        out = []
        reader = Loader(text)
        try:
            while reader.check_node():
                node = reader.get_node()
                _no_twins(node, name)
                out.append((reader.construct_document(node), node))
        finally:
            reader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise PlanError(name, f"is not YAML: {error.problem}", line=mark.line + 1 if mark else None) from None
    except yaml.YAMLError as error:
        raise PlanError(name, f"is not YAML: {error}") from None
    except (ValueError, OverflowError) as error:
        if isinstance(error, PlanError):
            raise
        raise PlanError(name, f"holds a value that does not exist ({error})") from None
    return out


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _no_twins(node: Any, name: str) -> None:
    """Refuse a key that stands twice in a mapping: YAML would silently keep the last."""
    todo = [node]
    while todo:
        here = todo.pop()
        if here is None or isinstance(here.value, str):
            continue
        seen: set[str] = set()
        for item in here.value:
            if not isinstance(item, tuple):
                todo.append(item)
                continue
            key, value = item
            if isinstance(key.value, str):
                if key.value in seen:
                    raise PlanError(name, f"the key {key.value!r} stands twice", line=_line(key))
                seen.add(key.value)
            todo.append(value)


def _plan(value: Any, name: str, where: Any, line: int, at: Loc) -> Plan:
    """Validate one plan; ``where`` is its YAML node, or the JSON text it stands in."""
    from pydantic import ValidationError

    found = value.get("schema") if isinstance(value, dict) else None
    if found != SCHEMA:
        key_at = _position(where, (*at, "schema"), line)
        raise PlanError(name, _schema_problem(value, found), line=key_at, key="schema" if found is not None else None)
    try:
        return Plan.model_validate(value)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        first = details[0]
        loc = _plain(value, first["loc"])
        more = len({d["loc"][: len(loc)] for d in details}) - 1
        problem = _problem(first, loc) + (f" (and {more} more)" if more > 0 else "")
        raise PlanError(name, problem, line=_position(where, (*at, *loc), line), key=_path(loc)) from None


def _schema_problem(value: Any, found: Any) -> str:
    if not isinstance(value, dict):
        return f"expected a plan: a mapping whose first key is schema: {SCHEMA}"
    if found is None:
        return f"is not a plan: the key schema: {SCHEMA} is missing"
    kind, _, version = str(found).partition("/")
    if kind == "ipplan" and version.isdigit() and int(version) > int(SCHEMA.partition("/")[2]):
        return f"is written in {found}; this version reads {SCHEMA}: update ipplan"
    return f"expected {SCHEMA}, found {_show(found)}"


def _plain(value: Any, loc: Loc) -> Loc:
    """``loc`` without the parts that pydantic adds for the branches of a union."""
    out: list[int | str] = []
    for i, part in enumerate(loc):
        if isinstance(part, int):
            if not isinstance(value, list | tuple) or part >= len(value):
                break
            value = value[part]
        elif isinstance(value, dict) and part in value:
            value = value[part]
        elif not isinstance(value, dict) or i < len(loc) - 1:
            break  # a branch of a union; a key that is missing is the last part
        out.append(part)
    return tuple(out)


def _path(loc: Loc) -> str | None:
    out = ""
    for part in loc:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out or None


def _show(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return repr(text) if len(text) <= _SHOWN else repr(text[:_SHOWN]) + "…"


_EXPECTED = {
    "string": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "date": "a date such as 2025-12-31",
    "list": "a list",
    "tuple": "a pair of numbers [start, end]",
    "model": "a mapping",
    "dict": "a mapping",
}


def _problem(error: ErrorDetails, loc: Loc) -> str:
    kind, value = error["type"], error.get("input")
    if kind == "missing":
        return "is missing" if not (loc and isinstance(loc[-1], int)) else "expected a pair of numbers [start, end]"
    if kind == "extra_forbidden":
        import difflib

        near = difflib.get_close_matches(str(loc[-1]) if loc else "", _keys(), n=1)
        return f"is not a key of {SCHEMA}" + (f"; did you mean {near[0]}?" if near else "")
    if kind == "literal_error":
        return f"expected {error['ctx']['expected']}, found {_show(value)}"
    stem = kind.partition("_")[0]
    if kind == "too_long":
        stem = "tuple"
    if stem in _EXPECTED:
        return f"expected {_EXPECTED[stem]}, found {_show(value)}"
    return f"{error['msg']}, found {_show(value)}"


def _keys() -> list[str]:
    schema = Plan.model_json_schema()
    parts = [schema, *schema["$defs"].values()]
    return sorted({key for part in parts for key in part["properties"]})


def _position(where: Any, loc: Loc, line: int) -> int | None:
    """1-based line of the key at ``loc``, or of the nearest thing around it."""
    if isinstance(where, str):
        if line:
            return line
        import yaml

        try:  # JSON as written here is YAML too, and YAML nodes know their lines
            where = yaml.compose(where, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except (yaml.YAMLError, ValueError):
            return None
    if where is None:
        return None
    at = int(where.start_mark.line) + 1
    for part in loc:
        items = where.value
        if isinstance(part, int) and isinstance(items, list) and part < len(items) and not isinstance(items[0], tuple):
            where = items[part]
            at = int(where.start_mark.line) + 1
            continue
        pair = next((i for i in items if isinstance(i, tuple) and i[0].value == part), None) if items else None
        if pair is None:
            break
        at, where = int(pair[0].start_mark.line) + 1, pair[1]
    return at
