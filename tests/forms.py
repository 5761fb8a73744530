"""The forms of a plan that tests read: ``fixtures/render.py`` as a module, and small Word files built part by part."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

from support import ROOT


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fixtures_render", ROOT / "fixtures" / "render.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


render = _load()
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, **parts: str) -> bytes:
    """A Word file with this body and these parts: ``docx(body, numbering="<w:numbering …>")``."""
    made: bytes = render.package(
        {"document.xml": render.document(body), **{f"{name}.xml": text for name, text in parts.items()}}
    )
    return made


def p(text: str, num: str | int | None = None, level: int | None = None, style: str = "") -> str:
    """A paragraph, numbered by list ``num`` at ``level``, in a style."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None or level is not None:
        ilvl = "" if level is None else f'<w:ilvl w:val="{level}"/>'
        num_id = "" if num is None else f'<w:numId w:val="{num}"/>'
        properties += f"<w:numPr>{ilvl}{num_id}</w:numPr>"
    made: str = render.paragraph(text, properties)
    return made


def lvl(level: int, format: str, text: str, extra: str = "", start: int = 1, suffix: str = "nothing") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/>{extra}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*lists: str, nums: str = "") -> str:
    """``numbering.xml``: list *i* is used by ``numId`` *i + 1*, further ``nums`` behind."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{i}">{levels}</w:abstractNum>' for i, levels in enumerate(lists)
    )
    own = "".join(f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>' for i, _ in enumerate(lists))
    return f"<w:numbering {W}>{abstract}{own}{nums}</w:numbering>"
