"""LibreOffice as a witness: it writes .doc, .rtf, .pdf of a plan, and as text the numbers it shows before paragraphs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from forms import W, docx, lvl, numbering, p, render
from ipplan import ReadError, parse
from ipplan.read import read_bytes
from support import FIXTURES, core, norm, source_of

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


def convert(folder: Path, profile: Path, kind: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """All files in another format, in one run."""
    assert OFFICE is not None
    for name, data in files.items():
        (folder / name).write_bytes(data)
    out = folder / "out"
    command = [OFFICE, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", kind]
    command += ["--outdir", str(out), *(str(folder / name) for name in files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {path.stem: path.read_bytes() for path in sorted(out.iterdir())}


def form(name: str, kind: str) -> bytes:
    made: bytes = render.FORMS[kind](render.lines_of(source_of(name).read_text(encoding="utf-8")))
    return made


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_same_plan_from_old_formats(tmp_path: Path, profile: Path, kind: str) -> None:
    made = convert(tmp_path, profile, kind, {f"{name}.docx": form(name, "typed.docx") for name in FIXTURES})
    assert set(made) == set(FIXTURES)
    for name, data in made.items():
        plan = parse(data, name=f"{name}.{kind}")
        assert plan.source.format == "doc"
        assert core(plan) == core(parse(source_of(name)))
        assert plan.meta.title == parse(source_of(name)).meta.title


@needs_office
def test_one_plan_from_an_old_format(tmp_path: Path, profile: Path) -> None:
    (data,) = convert(tmp_path, profile, "doc", {"plan.docx": form("taizhou", "typed.docx")}).values()
    assert core(parse(data, name="plan.wps")) == core(parse(source_of("taizhou")))
    at = next(i for i in range(512, len(data), 512) if data[i : i + 2] == b"\xec\xa5")
    locked = data[: at + 11] + bytes([data[at + 11] | 1]) + data[at + 12 :]
    with pytest.raises(ReadError, match="encrypted"):
        read_bytes(locked, "plan.doc")


@needs_office
@pytest.mark.slow
def test_same_plan_after_another_program_wrote_it(tmp_path: Path, profile: Path) -> None:
    files = {f"{name}.docx": form(name, "automatic.docx") for name in FIXTURES}
    for name, data in convert(tmp_path, profile, "docx", files).items():
        assert core(parse(data)) == core(parse(source_of(name)))


def printed(name: str, size: int, line: int) -> bytes:
    """A plan as an office prints it: indented, ``size`` half points, lines ``line`` twentieths of a point apart."""
    text = f'<w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    look = (
        f'<w:overflowPunct w:val="0"/><w:spacing w:line="{line}" w:lineRule="exact"/><w:ind w:firstLine="{20 * size}"/>'
    )
    lines = render.lines_of(source_of(name).read_text(encoding="utf-8"))
    body = "".join(
        render.paragraph(one, look + '<w:jc w:val="both"/>').replace("<w:r>", f"<w:r>{text}") for one in lines
    )
    page = (
        '<w:sectPr xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<w:headerReference w:type="default" r:id="r2"/><w:footerReference w:type="default" r:id="r1"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" '
        'w:header="851" w:footer="1400"/></w:sectPr>'
    )
    number = '<w:r><w:t>— </w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t> —</w:t></w:r>'
    parts = {
        "document.xml": render.document(body).replace("<w:sectPr/>", page),
        "header1.xml": f"<w:hdr {W}>{render.paragraph('某市人民政府公报')}</w:hdr>",
        "footer1.xml": f"<w:ftr {W}><w:p>{number}</w:p></w:ftr>",
    }
    made: bytes = render.package(parts)
    return made


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize(("size", "line"), [(32, 560), (21, 320)])
def test_pdf_with_a_font_of_its_own(tmp_path: Path, profile: Path, size: int, line: int) -> None:
    """LibreOffice drops a mark now and then that would hang over the margin: words may differ by that, facts not."""
    pytest.importorskip("pypdfium2")
    files = {f"{name}.docx": printed(name, size, line) for name in FIXTURES}
    for name, data in convert(tmp_path, profile, "pdf", files).items():
        try:
            plan = parse(data)
        except ReadError as error:
            pytest.skip(f"no Chinese font here: {error}")
        want = parse(source_of(name))
        assert without_marks(core(plan)) == without_marks(core(want))
        assert (plan.meta.title, plan.meta.doc_number) == (want.meta.title, want.meta.doc_number)
        told = " ".join(d.message for d in plan.diagnostics if d.code == "IPP106")
        assert "某市人民政府公报" in told
        assert "—1—" in told


def without_marks(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub("[，,、。]", "", value)
    return [without_marks(item) for item in value] if isinstance(value, list | tuple) else value


PLAN = (
    lvl(0, "chineseCounting", "%1、")
    + lvl(1, "chineseCounting", "（%2）")
    + lvl(2, "decimal", "%3．")
    + lvl(3, "decimal", "（%4）")
    + lvl(4, "decimalEnclosedCircle", "%5")
)


def run(levels: tuple[int, ...], num: int = 1) -> str:
    return "".join(p(f"题{i}", num, level) for i, level in enumerate(levels))


def again(*overrides: tuple[int, str]) -> str:
    inner = "".join(f'<w:lvlOverride w:ilvl="{level}">{what}</w:lvlOverride>' for level, what in overrides)
    return f'<w:num w:numId="7"><w:abstractNumId w:val="0"/>{inner}</w:num>'


def start(number: int) -> str:
    return f'<w:startOverride w:val="{number}"/>'


def style(name: str, inner: str) -> str:
    return f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{inner}</w:style>'


def in_list(num: int, level: int) -> str:
    return f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr></w:pPr>'


BASED = '<w:basedOn w:val="H1"/>'
STYLES = (
    f"<w:styles {W}>"
    + style("H1", in_list(1, 0))
    + style("H2", BASED + in_list(1, 1))
    + style("Plain", BASED + in_list(0, 0))
    + "</w:styles>"
)
LINKED = lvl(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>') + lvl(
    1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>'
)
TWO = lvl(0, "decimal", "（%1）") + lvl(1, "decimalEnclosedCircle", "%2")
LETTERS = lvl(0, "upperLetter", "%1)")
#: What both programs must show alike: body and numbering.
LISTS: dict[str, tuple[str, dict[str, str]]] = {
    "five levels": (run((0, 1, 1, 2, 2, 3, 4, 4, 1, 2, 0, 1, 2, 3, 4)), {"numbering": numbering(PLAN)}),
    "a level before the one above it": (
        run((1, 0, 2, 1, 2, 0, 2)),
        {"numbering": numbering(lvl(0, "decimal", "%1.") + lvl(1, "decimal", "%1.%2 ") + lvl(2, "decimal", "%1.%2.%3 "))},
    ),
    "two numbers of one list": (run((0, 1, 1)) + p("正文") + run((0, 1), 7) + run((1, 0)), {"numbering": numbering(PLAN, nums=again())}),
    "begun anew": (run((0, 0, 1)) + run((0, 1, 0), 7) + run((0,)), {"numbering": numbering(PLAN, nums=again((0, start(1))))}),
    "begun at five": (run((0, 0, 1)) + run((0, 1, 0), 7) + run((0,)), {"numbering": numbering(PLAN, nums=again((0, start(5))))}),
    "a lower level begun anew": (run((0, 1, 1)) + run((1, 1, 0, 1), 7), {"numbering": numbering(PLAN, nums=again((1, start(1))))}),
    "all levels begun anew": (
        run((0, 1, 1)) + run((0, 1, 2, 1), 7) + run((0, 1)),
        {"numbering": numbering(PLAN, nums=again(*((i, start(1)) for i in range(9))))},
    ),
    "a level of its own": (run((0, 0)) + run((0, 0), 7), {"numbering": numbering(PLAN, nums=again((0, LETTERS)))}),
    "two lists": (run((0, 1)) + run((0, 0, 1), 2) + run((1, 0)) + run((0,), 2), {"numbering": numbering(PLAN, TWO)}),
    "first number three": (run((0, 1, 0, 1)), {"numbering": numbering(lvl(0, "chineseCounting", "%1、", start=3) + lvl(1, "decimal", "%1-%2 ", start=5))}),
    "by styles": (
        p("甲", style="H1") + p("乙", style="H2") + p("丙", style="Plain") + p("丁", style="H1") + p("戊", style="H2"),
        {"numbering": numbering(LINKED), "styles": STYLES},
    ),
    "empty items": (p("甲", 1, 0) + p("", 1, 0) + p("乙", 1, 0) + p("") + p("丙", 1, 1), {"numbering": numbering(PLAN)}),
    **{
        kind: (run((0,) * count), {"numbering": numbering(lvl(0, kind, "第%1条 "))})
        for kind, count in (
            ("chineseCounting", 25), ("chineseCountingThousand", 125), ("japaneseCounting", 99),
            ("ideographTraditional", 10), ("ideographZodiac", 12), ("decimalEnclosedCircle", 20),
            ("chineseLegalSimplified", 25), ("lowerLetter", 30), ("upperRoman", 12), ("decimalZero", 12),
        )
    },
}  # fmt: skip


@needs_office
@pytest.mark.slow
def test_numbers_as_another_program_shows_them(tmp_path: Path, profile: Path) -> None:
    files = {f"{i:02}.docx": docx(body, **parts) for i, (body, parts) in enumerate(LISTS.values())}
    files |= {f"{name}.docx": form(name, "automatic.docx") for name in FIXTURES}
    names = [*LISTS, *FIXTURES]
    texts = convert(tmp_path, profile, "txt:Text", files)
    assert len(texts) == len(names)
    for name, (file, data) in zip(names, files.items(), strict=True):
        shown = texts[file.removesuffix(".docx")].decode("utf-8-sig")
        assert lines(read_bytes(data, file).raw) == lines(shown), name


def lines(text: str) -> list[str]:
    return [norm(line) for line in text.splitlines() if re.search(r"\S", line)]


# The stand-in: what the reader does with any LibreOffice, or none


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    office = folder / "soffice"
    office.write_text(f"#!/bin/sh\n{script}\n")
    office.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_old_word_through_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.docx").write_bytes(docx(p("一、总体要求")))
    copy = f'while [ "$1" != "--outdir" ]; do shift; done\nmkdir -p "$2" && cp "{tmp_path}/made.docx" "$2/plan.docx"'
    stand_in(tmp_path, monkeypatch, copy)
    source = read_bytes(OLE + "WordDocument".encode("utf-16-le"), "plan.wps")
    assert (source.format, source.raw) == ("doc", "一、总体要求\n")


def test_libreoffice_that_makes_nothing_or_never_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "exit 1")
    with pytest.raises(ReadError, match="could not be converted"):
        read_bytes(b"{\\rtf1 plan}", "plan.rtf")
    monkeypatch.setattr("ipplan.read.doc._TIMEOUT", 0.3)
    stand_in(tmp_path, monkeypatch, f'sleep 60 &\necho $! > "{tmp_path}/child"\nwait')
    with pytest.raises(ReadError, match=r"more than 0\.3 s"):
        read_bytes(b"{\\rtf1 plan}", "plan.rtf")
    child = Path("/proc", (tmp_path / "child").read_text().strip(), "cmdline")
    assert not child.exists() or b"sleep" not in child.read_bytes()


@pytest.mark.parametrize("data", [OLE + "WordDocument".encode("utf-16-le"), b"{\\rtf1 \\b plan}"])
def test_old_word_needs_libreoffice(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReadError, match="LibreOffice"):
        read_bytes(data, "plan.docx")
