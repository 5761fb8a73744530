"""OCR of scanned pages, where it is installed (``ipplan[ocr]``). Its library is loaded on first use: it is heavy."""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from typing import Any

from ipplan.patterns import pattern
from ipplan.read.layout import Glyph

#: Dots per inch a page is drawn at: enough for type of 10 points.
_RESOLUTION = 200
#: What is read with less certainty than this is left out.
_SURE = 0.5
#: A dash between numbers is read as the ideograph for one.
_DASH = pattern("(?<=[0-9年月日])一(?=[0-9])")


class NotLoaded(RuntimeError):
    """The OCR library is installed and does not start."""


def available() -> bool:
    """Whether the OCR library is installed."""
    return importlib.util.find_spec("rapidocr_onnxruntime") is not None


@cache
def _engine() -> Any:
    try:
        return importlib.import_module("rapidocr_onnxruntime").RapidOCR()
    except Exception as error:  # a missing system library, a damaged model: whatever its parts raise
        raise NotLoaded(" ".join(str(error).split())[:120]) from None


def glyphs_of(page: Any) -> list[Glyph]:
    """The runs of text on a page (of pypdfium2), in the page's own coordinates. Raises :class:`NotLoaded`."""
    scale = _RESOLUTION / 72
    left, _, _, top = page.get_cropbox()
    found, _ = _engine()(page.render(scale=scale).to_numpy())
    out: list[Glyph] = []
    quoted = False
    for corners, text, sure in found or ():
        if float(sure) < _SURE or not text.strip():
            continue
        text, quoted = mended(text.strip(), quoted)
        xs, ys = [float(c[0]) for c in corners], [float(c[1]) for c in corners]
        height = max(ys) - min(ys)
        baseline = top - (max(ys) - 0.2 * height) / scale
        out.append((text, left + min(xs) / scale, left + max(xs) / scale, baseline, 0.85 * height / scale))
    return snapped(out)


def mended(text: str, quoted: bool) -> tuple[str, bool]:
    """``text`` with dashes and the sides of quotation marks put right; ``quoted``: whether a quotation is open."""
    out: list[str] = []
    for char in _DASH.sub("—", text):
        if char == '"':
            char = "”" if quoted else "“"
        if char in "“”":
            quoted = char == "“"
        out.append(char)
    return "".join(out), quoted


def snapped(runs: list[Glyph]) -> list[Glyph]:
    """Runs that end or begin within a character of the margins end or begin there: boxes found in a picture tremble."""
    wide = [run for run in runs if len(run[0]) >= 10]
    if len(wide) < 4:
        return runs
    lefts, rights = sorted(run[1] for run in wide), sorted(run[2] for run in wide)
    left, right = lefts[len(lefts) // 10], rights[-1 - len(rights) // 10]
    return [
        (
            text,
            left if abs(x0 - left) < 0.6 * size else x0,
            right if abs(x1 - right) < 0.9 * size else x1,
            base,
            size,
        )
        for text, x0, x1, base, size in runs
    ]
