"""Fields that hold one of a few values, and the words for these values."""

from __future__ import annotations

BASIS = {"increment": "新增", "cumulative": "累计", "growth": "增长", "reduction": "下降", "level": ""}
FREQUENCY = {"annual": "每年", "quarterly": "每季", "monthly": "每月", "weekly": "每周", "daily": "每日"}

#: Field of a view → its values → the word for each, empty where there is none.
CLOSED: dict[str, dict[str, str]] = {
    "basis": BASIS,
    "frequency": FREQUENCY,
    "comparator": {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈", "range": "", "eq": ""},
    "commitment": {"firm": "确保", "aspirational": "力争"},
    "nature": {"binding": "约束性", "expected": "预期性"},
    "deadline_from": dict.fromkeys(("text", "assignment", "section", "phase", "plan"), ""),
    "role": {"lead": "牵头", "support": "配合", "responsible": "责任"},
    "kind": dict.fromkeys(("period", "phase", "target", "commitment", "assignment"), ""),
}
