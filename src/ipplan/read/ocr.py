"""OCR of scanned pages, where it is installed (``ipplan[ocr]``). Its library is loaded on first use: it is heavy."""

from __future__ import annotations

import importlib.util
from functools import cache
from typing import Any

from ipplan.read.layout import Glyph

#: Dots per inch a page is drawn at: enough for type of 10 points.
_RESOLUTION = 200
#: What is read with less certainty than this is left out.
_SURE = 0.5


def available() -> bool:
    """Whether the OCR library is installed."""
    return importlib.util.find_spec("rapidocr_onnxruntime") is not None


@cache
def _engine() -> Any:
    module = importlib.import_module("rapidocr_onnxruntime")
    return module.RapidOCR()


def glyphs_of(page: Any) -> list[Glyph]:
    """The runs of text on a page (of pypdfium2), in the page's own coordinates."""
    scale = _RESOLUTION / 72
    left, _, _, top = page.get_cropbox()
    found, _ = _engine()(page.render(scale=scale).to_numpy())
    out: list[Glyph] = []
    for corners, text, sure in found or ():
        if float(sure) < _SURE or not text.strip():
            continue
        xs, ys = [float(c[0]) for c in corners], [float(c[1]) for c in corners]
        height = max(ys) - min(ys)
        baseline = top - (max(ys) - 0.2 * height) / scale
        out.append((text.strip(), left + min(xs) / scale, left + max(xs) / scale, baseline, 0.85 * height / scale))
    return out
