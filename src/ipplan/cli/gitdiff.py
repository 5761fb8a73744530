"""What `git diff` shows for a plan: ``ipplan diff --git`` as git's external diff command.

Git gives seven arguments (path, old file, old hash, old mode, new file, new hash, new mode), for a renamed file two
more; a side that does not exist is ``/dev/null``. Whatever the files hold, git must get its answer: a file that is no
plan is shown as a plain line diff with one line that says why.
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from ipplan.cli.io import fail, write_out

if TYPE_CHECKING:
    from ipplan.model import Plan

_NONE = ("/dev/null", "nul")


def git_diff(arguments: list[str]) -> None:
    """Write the diff that git asked for."""
    if len(arguments) == 1:  # an unmerged path
        write_out(f"* Unmerged path {arguments[0]}\n", None)
        return
    if len(arguments) not in (7, 9):
        fail(f"--git takes the 7 arguments of git's external diff, {len(arguments)} given; see docs/diff.md")
    path, old, new = arguments[0], arguments[1], arguments[4]
    shown = f"{path} → {arguments[7]}" if len(arguments) == 9 else path
    texts = [_text(old), _text(new)]
    head = f"ipplan diff {shown}\n"
    if texts[0] is None or texts[1] is None:
        what = "new plan" if texts[0] is None else "deleted plan"
        write_out(head + what + "\n" + _lines(texts[0] or "", texts[1] or "", path), None)
        return
    write_out(head + _compared(texts[0], texts[1], path), None)


def _compared(old: str, new: str, path: str) -> str:
    from ipplan.cli.diff import rendered
    from ipplan.compare.diff import diff
    from ipplan.export.load import PlanError, load_plans

    sides: list[Plan] = []
    for text, side in ((old, "a"), (new, "b")):
        try:
            plans = load_plans(text, f"{side}/{path}")
        except PlanError as error:
            return f"({' '.join(str(error).split())})\n" + _lines(old, new, path)
        if len(plans) != 1:
            return f"({side}/{path}: holds {len(plans)} plans)\n" + _lines(old, new, path)
        plan = plans[0]
        sides.append(plan.model_copy(update={"source": plan.source.model_copy(update={"name": f"{side}/{path}"})}))
    result = diff(sides[0], sides[1])
    if result.empty and old != new:
        return "no differences in what the plan says\n" + _lines(old, new, path)
    return rendered(result, "text", None)


def _text(file: str) -> str | None:
    if file.lower() in _NONE:
        return None
    try:
        return Path(file).read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        fail(f"{file}: cannot be read ({error.strerror})")


def _lines(old: str, new: str, path: str) -> str:
    """A plain diff by lines."""
    found = difflib.unified_diff(old.splitlines(), new.splitlines(), f"a/{path}", f"b/{path}", lineterm="")
    return "".join(line + "\n" for line in found)
