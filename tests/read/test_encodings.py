"""Encodings: the cascade finds them, what cannot be decoded is a diagnostic with a place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipplan import ReadError, parse
from ipplan.read import read_bytes
from support import core, source_of

TEXT = source_of("sucheng").read_text(encoding="utf-8")
TRADITIONAL = (
    "知識產權工作方案\n一、總體要求\n推進知識產權強市建設，加強保護，促進運用，優化服務，強化監管。\n二、重點任務\n實施專利獎勵。\n"
    * 4
)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk", "replace"), "gb18030"),
    ],
    ids=["utf-8", "bom", "utf-16-le-bom", "utf-16-be-bom", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"],
)
def test_found_by_itself(data: bytes, name: str) -> None:
    source = read_bytes(data)
    assert source.encoding == name
    assert source.raw.replace("?", "") == TEXT.replace("?", "") or name == "gb18030"
    assert not [n for n in source.notes if n.code == "IPP001"]


def test_big5() -> None:
    source = read_bytes(TRADITIONAL.encode("big5"))
    assert source.encoding == "big5"
    assert source.raw == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_same_tree(encoding: str) -> None:
    assert core(parse(TEXT.encode(encoding))) == core(parse(TEXT))


def test_bom_and_line_ends_count_as_the_contract_says() -> None:
    source = read_bytes(b"\xef\xbb\xbf" + "一、甲\r\n二、乙".encode())
    assert source.raw == "一、甲\r\n二、乙"


def test_bad_bytes_have_line_and_offset() -> None:
    data = "某市知识产权工作方案\n一、总体要求\n推进".encode() + b"\xff" + "建设。\n".encode()
    plan = parse(data)
    (note,) = [d for d in plan.diagnostics if d.code == "IPP001"]
    at = data.index(b"\xff")
    assert f"byte offset {at}" in note.message
    assert "line 3" in note.message
    assert note.line == 3
    assert note.span is not None
    assert data.decode("utf-8", "replace")[note.span[0]] == "\ufffd"


@given(st.integers(10, len(TEXT.encode())), st.binary(min_size=1, max_size=6))
def test_bad_bytes_never_stop_the_reading(at: int, junk: bytes) -> None:
    data = TEXT.encode()
    plan = parse(data[:at] + junk + data[at:])
    assert plan.sections


def test_a_pdf_mark_inside_a_text_makes_no_pdf() -> None:
    assert parse(b"%s %%PDF- \n" % "某市知识产权工作方案\n一、总体要求\n推进".encode()).sections


def test_encoding_overrules() -> None:
    data = "知识产权工作方案\n一、总体要求\n".encode("gb18030")
    assert read_bytes(data, encoding="gb18030").raw.startswith("知识产权")
    assert "知识产权" not in read_bytes(data, encoding="latin-1").raw
    assert read_bytes(b"\xef\xbb\xbf" + "一、甲".encode(), encoding="utf-8").raw == "一、甲"


@pytest.mark.parametrize("encoding", ["klingon", "", "base64", "hex", "rot13", "\x00", "undefined"])
def test_unknown_encoding(encoding: str) -> None:
    with pytest.raises(ReadError, match=r"encoding|decoded"):
        read_bytes("一、总体要求".encode(), encoding=encoding)


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, bytes(1000) + b"\x01", b"\x7fELF" + bytes(range(32)) * 50],
    ids=["png", "zeros", "elf"],
)
def test_binary(data: bytes) -> None:
    with pytest.raises(ReadError):
        parse(data)


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf", "　\u00a0\u200b\n".encode(), b"\xff\xfe"])
def test_nothing_in_it(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"empty|blanks"):
        parse(data)


def test_message_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as error:
        parse(tmp_path / "a\nb.txt")
    assert "\n" not in str(error.value)
