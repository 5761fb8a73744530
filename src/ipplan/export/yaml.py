"""YAML for people: block style, Chinese as it is, keys in the contract's order, long text on one line.

Keys whose value is ``null`` or ``[]`` are left out unless ``full``; spans stand in flow style. Several plans are a
stream of documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from ipplan.draft import Plan as Draft
from ipplan.export.blocks import NotPlainError, blocks
from ipplan.export.data import data_of

if TYPE_CHECKING:
    from ipplan.model import Plan

#: Names the schema for editors that understand it (`ipplan schema > plan.schema.json` writes it beside the plan).
FIRST_LINE = "# yaml-language-server: $schema=plan.schema.json\n"


class _Flow(list[Any]):
    """A list written in flow style: [12, 34]."""


@cache
def _dumper() -> Any:
    """Safe dumper that knows flow lists and never writes anchors."""
    import yaml

    base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

    class Dumper(base):  # type: ignore[misc]
        def ignore_aliases(self, data: Any) -> bool:
            return True

    Dumper.add_representer(
        _Flow, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
    )
    return Dumper


def _shape(value: Any, full: bool) -> Any:
    """Drop what is absent (unless ``full``) and mark spans for flow style."""
    if isinstance(value, dict):
        out = {}
        for key, inner in value.items():
            if not full and (inner is None or inner == []):
                continue
            out[key] = _Flow(inner) if key == "span" and inner is not None else _shape(inner, full)
        return out
    if isinstance(value, list | tuple):
        return [_shape(inner, full) for inner in value]
    return value


def with_pyyaml(data: dict[str, Any], full: bool) -> str:
    """The YAML text of any data."""
    import yaml

    text: str = yaml.dump(
        _shape(data, full),
        Dumper=_dumper(),
        allow_unicode=True,
        sort_keys=False,
        width=2**31 - 1,
        default_flow_style=False,
    )
    return text


def to_yaml(plans: Sequence[Plan | Draft], *, full: bool = False) -> str:
    """YAML text, UTF-8 and LF, beginning with a line that names the schema."""
    documents = []
    for plan in plans:
        data = data_of(plan, full)
        try:
            text = blocks(data, full)
        except NotPlainError:
            text = with_pyyaml(data, full)
        documents.append(FIRST_LINE + text)
    return "---\n".join(documents)
