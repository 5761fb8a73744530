"""A comparison as one HTML page that needs nothing else: no script, no network, everything from the plans escaped."""

from __future__ import annotations

from html import escape

from ipplan.compare.model import PlanDiff, PlanMatrix
from ipplan.compare.render.sheets import SIGNS, Sheet, heading, legend, sheets
from ipplan.compare.render.tables import matrix_heading, matrix_sheets

_STYLE = """
body{font:15px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;color:#1a1a1a;
max-width:76rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}
th,td{border-bottom:1px solid #ddd;padding:.3rem .5rem;text-align:left;vertical-align:top;white-space:pre-line}
th{border-bottom:2px solid #888}td.sign{width:1.5rem;font-weight:bold}
.higher .sign,.later .sign,.only_b .sign{color:#0b5cad}.lower .sign,.earlier .sign,.only_a .sign{color:#b45309}
.not_comparable .sign{color:#86198f}.same{color:#767676}.axis{font-family:monospace;white-space:nowrap}
@media(prefers-color-scheme:dark){body{background:#111;color:#eee}th,td{border-color:#444}
.higher .sign,.later .sign,.only_b .sign{color:#7db8f5}.lower .sign,.earlier .sign,.only_a .sign{color:#f0a860}}
"""


def render(result: PlanDiff | PlanMatrix) -> str:
    """The whole page."""
    diff = isinstance(result, PlanDiff)
    lines = heading(result) if isinstance(result, PlanDiff) else matrix_heading(result)
    found = sheets(result) if isinstance(result, PlanDiff) else matrix_sheets(result)
    body = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    body += "".join(_table(sheet, signed=diff) for sheet in found)
    body += f"<p>{escape(legend())}</p>\n" if diff else ""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Plans compared</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<h1>Plans compared</h1>\n{body}</body>\n</html>\n"
    )


def _table(sheet: Sheet, *, signed: bool) -> str:
    head = ('<th scope="col"></th>' if signed else "") + "".join(
        f'<th scope="col">{escape(h)}</th>' for h in sheet.head
    )
    rows = []
    for row in sheet.rows:
        sign = ""
        if signed:
            sign = f'<td class="sign" title="{escape(row.relation)}">{SIGNS.get(row.relation, "")}</td>'
        cells = "".join(
            f'<td class="axis">{escape(c)}</td>' if sheet.part == "phases" and i == 0 else f"<td>{escape(c)}</td>"
            for i, c in enumerate(row.cells)
        )
        rows.append(f'<tr class="{escape(row.relation)}">{sign}{cells}</tr>\n')
    note = f"<p>{escape(sheet.note)}</p>\n" if sheet.note else ""
    body = f"<thead><tr>{head}</tr></thead>\n<tbody>\n{''.join(rows)}</tbody>"
    return f"<h2>{escape(sheet.title)}</h2>\n{note}<table>\n{body}\n</table>\n"
