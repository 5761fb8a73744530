"""Plain text and Markdown: bytes → source text, whatever the encoding.

The cascade: a byte-order mark; strict UTF-8; UTF-16 by its zero bytes; then UTF-8, GB18030 and Big5 with the bad bytes
replaced, by score (few replaced bytes, many characters in daily use).
"""

from __future__ import annotations

import codecs

from ipplan.diagnostics import Note
from ipplan.patterns import pattern
from ipplan.read.errors import ReadError
from ipplan.text import SourceText

#: Byte-order mark, the name reported, the codec for what follows the mark.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)

#: Characters in daily use, simplified and traditional: real text is made of them, misread text is not.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行"
    "学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前"
    "外天政四日那社义事平形相全表间样与关各重新线内数正心反明看原又利比或但质气第向道命此变条只没结解问意建月公无系军很情者"
    "最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别手期根论"
    "运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什"
    "认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信节话整空元"
    "市县省镇街园责牵配协局厅院办落措施绩效标项财税监督检查促护创智慧商标专版附印通知号奖励服务企业人才培训目总"
    "國這個來們時產種過動會對發實現體業應開還義間樣關新線數質氣變條沒結問無軍員設資級圖統較組見計別論運農區強決戰處隊東導"
    "壓爭濟階極聯認權證轉單風帶場車務萬達積議聲報類離確張節話縣鎮園責協廳辦項財稅監檢護創標專號獎勵訓"
)
_ALNUM = pattern("[0-9A-Za-z]")
_CONTROL = pattern(r"[\x00-\x08\x0e-\x1f\x7f]")


def read_txt(data: bytes, name: str, *, encoding: str | None = None) -> SourceText:
    """Decode ``data``. Raises :class:`ReadError` for a binary file, an unknown or an unfitting encoding."""
    raw, used, bad = decode(data, name, encoding)
    text = SourceText(raw, name=name, encoding=used)
    for start, count, byte in bad:
        line = text.line_of(start)
        what = "1 byte" if count == 1 else f"{count} bytes"
        text.notes.append(
            Note(
                "IPP001", f"{what} at byte offset {byte} (line {line}) could not be decoded as {used}", start, start + 1
            )
        )
    note_oddities(text)
    return text


def note_oddities(text: SourceText) -> None:
    """Note control characters, and text that looks like the wrong encoding or a broken text layer."""
    control = _CONTROL.search(text.raw)
    if control:
        first, count = control.start(), len(_CONTROL.findall(text.raw))
        text.notes.append(Note("IPP003", f"{count} control character(s), left out", first, first + 1))
    garbage = garbage_share(text.raw)
    if garbage > 0.5:
        text.notes.append(Note("IPP002", f"{garbage:.0%} of the characters are not in use: wrong encoding?", 0, 1))


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str, list[tuple[int, int, int]]]:
    """``(text, encoding, bad)``; ``bad`` lists ``(character offset, byte count, byte offset)`` of what was replaced."""
    if encoding is not None:
        try:
            label = codecs.lookup(encoding).name
            if label == "utf-8" and data.startswith(codecs.BOM_UTF8):
                label = "utf-8-sig"
            decoded = _lenient(data, label)
            if not isinstance(decoded[0], str):
                raise TypeError
            return decoded
        except (LookupError, TypeError, ValueError, AssertionError):
            raise ReadError(
                name, f"cannot be decoded as {encoding!r}", "name an encoding such as utf-8 or gb18030"
            ) from None
    for mark, label, _ in _BOMS:
        if data.startswith(mark):
            return _lenient(data, label)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    if text is not None and not _binary(text):
        return text, "utf-8", []
    zeros = data[:4096].count(0)
    if zeros:
        for label in ("utf-16-le", "utf-16-be"):
            wide = _lenient(data, label)
            if not _binary(wide[0]) and _score(wide) > 0.5:
                return wide
        if zeros > 8 and zeros * 100 > len(data[:4096]):
            raise ReadError(name, "is not text (binary data)", "give the plan as text, or name its --encoding")
    best, highest = None, 0.05
    for label in ("gb18030", "big5", "utf-8"):
        if _hopeless(data, label):
            continue
        decoded = _lenient(data, label)
        score = _score(decoded)
        if score > highest:
            best, highest = decoded, score
        if score > 0.5 and not decoded[2]:  # characters in daily use, and no bad byte
            break
    if best is None or _binary(best[0]):
        raise ReadError(name, "is not text in UTF-8, UTF-16, GB18030 or Big5", "name its encoding with --encoding")
    return best


def garbage_share(text: str) -> float:
    """Share of the ideographs (of the first 4,000 characters) not in daily use, less what names and terms explain."""
    head = text[:4_000]
    head = head[:: max(1, len(head) // 800)]  # a sample tells as much
    replaced = head.count("\ufffd")
    wide = sum("\u3400" <= char <= "\u9fff" for char in head)
    if wide + replaced < 40:
        return 0.0
    share = sum(map(_COMMON.__contains__, head)) / (wide + replaced)
    return 0.0 if share > 0.25 else 1.0 - share


def _binary(text: str) -> bool:
    head = text[:100_000]
    controls = len(_CONTROL.findall(head))
    return controls > 8 and controls * 50 > len(head)


def _score(decoded: tuple[str, str, list[tuple[int, int, int]]]) -> float:
    text, _, bad = decoded
    head = text[:20_000]
    readable = sum(map(_COMMON.__contains__, head)) + 0.2 * len(_ALNUM.findall(head))
    lost = sum(count for start, count, _ in bad if start < 20_000)
    return (readable - 4 * lost) / max(1, len(head.replace(" ", "").replace("\n", "")))


def _hopeless(data: bytes, label: str) -> bool:
    """Whether more than half of the characters cannot be decoded: no score makes up for that, and counting is quick."""
    head = data[:80_000].decode(label, "replace")[:20_000]
    return head.count("\ufffd") * 2 > len(head)


def _lenient(data: bytes, label: str) -> tuple[str, str, list[tuple[int, int, int]]]:
    """Decode, replacing each run of bad bytes by one U+FFFD and remembering where it was."""
    bad: list[tuple[int, int, int]] = []
    parts: list[str] = []
    shift, codec = 0, label
    for mark, bom_label, plain in _BOMS:
        if label == bom_label and data.startswith(mark):
            shift, codec = len(mark), plain
    decode_part = codecs.getdecoder(codec)
    view = memoryview(data)
    chars, at = 0, shift
    while at < len(data):
        try:
            parts.append(decode_part(view[at:], "strict")[0])
            break
        except UnicodeDecodeError as error:
            piece = decode_part(view[at : at + error.start], "strict")[0]
            stop = max(error.end, error.start + 1)
            chars += len(piece)
            if bad and not piece and bad[-1][0] == chars - 1:
                start, count, byte = bad[-1]
                bad[-1] = (start, count + stop - error.start, byte)
            else:
                parts += [piece, "\ufffd"]
                bad.append((chars, stop - error.start, at + error.start))
                chars += 1
            at += stop
            if len(bad) > 2000:  # hopeless: let the codec do the rest in one go
                parts.append(decode_part(view[at:], "replace")[0])
                break
    return "".join(parts), label, bad
