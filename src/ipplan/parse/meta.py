"""Facts about the document, from the parts of its front and tail (contract: Meta)."""

from __future__ import annotations

import datetime as dt
import re
from typing import cast

from ipplan.diagnostics import Note
from ipplan.draft import Meta, Region, RegionLevel
from ipplan.lexicon import load
from ipplan.normalize.dates import YEAR, DateError, parse_date
from ipplan.normalize.regions import locate
from ipplan.parse.citations import BOOK, compact, names_document, normal_number, read_citations
from ipplan.parse.document import Document
from ipplan.parse.front import DATE, Part, head_fields, is_signature, number_facts, signature_facts
from ipplan.parse.heads import split_bodies
from ipplan.parse.paragraphs import Paragraph
from ipplan.parse.period import read_period
from ipplan.parse.recipients import split_recipients
from ipplan.patterns import pattern
from ipplan.records import field, record
from ipplan.text import Passage, SourceText


@record
class Front:
    """What the front and tail hold: the facts, and the prose that is the plan's preamble (section 0)."""

    title: str | None = None
    own_names: set[str] = field(default_factory=set)
    facts: dict[str, str] = field(default_factory=dict)
    number: str | None = None
    issuers: list[str] = field(default_factory=list)
    letterhead: list[str] = field(default_factory=list)
    heading_issuer: str | None = None
    recipients: list[str] = field(default_factory=list)
    signed_on: dt.date | None = None
    draft: bool = False
    attachments: list[str] = field(default_factory=list)
    preamble: list[Part] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def read_front(front: list[Part], tail: list[Part]) -> Front:
    """Read the parts before the first section and behind the last."""
    out = Front()
    notice_end = -1
    blocks: list[tuple[int, list[Part]]] = []
    for i, part in enumerate(front):
        if part.kind == "notice":
            notice_end = i
        if part.kind == "title":
            if blocks and blocks[-1][0] + len(blocks[-1][1]) == i:
                blocks[-1][1].append(part)
            else:
                blocks.append((i, [part]))
    own = [b for b in blocks if b[0] > notice_end]
    chosen = _title(out, front, blocks, own if notice_end >= 0 else blocks, notice_end)
    for i, part in enumerate(front):
        _fact(out, part)
        if part.kind == "prose" and (i > chosen or (notice_end >= 0 and i > notice_end)):
            out.preamble.append(part)
        elif part.kind == "title" and i > chosen and out.preamble and chosen >= 0:
            out.preamble.append(part)  # 责任单位：… or a heading without a number, between paragraphs
    if notice_end >= 0 and not own and not out.preamble and not any(p.kind == "signature" for p in front[notice_end:]):
        out.preamble = [p for p in front if p.kind in ("notice", "prose")]
    for part in tail:
        _fact(out, part)
    return out


def preamble_of(document: Document, front: Front) -> list[Paragraph]:
    """Section 0: prose before the first heading, and unnumbered text of a document without headings."""
    return [*(part.paragraph for part in front.preamble), *document.root.body]


def _title(
    out: Front,
    front: list[Part],
    blocks: list[tuple[int, list[Part]]],
    own: list[tuple[int, list[Part]]],
    notice_end: int,
) -> int:
    """Choose the plan's own title among the blocks of title lines; returns the index of its last line."""
    heading = None
    for _, block in blocks:
        joined = _joined(block)
        found = _ISSUING.search(joined)
        if found:
            issuer = re.sub("^.*?文件", "", joined[: found.start()]).strip()
            out.heading_issuer = out.heading_issuer or issuer or None
            inner = found["inner"] or found["inner2"] or found["inner3"] or found["inner4"]
            out.draft = out.draft or "征求" in joined.replace(inner, "")
            heading = heading or (
                re.sub("^《(.*)》$", r"\1", inner) if inner.count("《") == 1 and inner[0] == "《" else inner
            )
            out.own_names.add(compact(re.sub("^.*?关于", "关于", joined)))
    named = (_quoted(part, heading) for part in front if part.kind == "notice")
    quoted = next(filter(None, named), None)
    candidates = []
    for at, block in own:
        block = [p for k, p in enumerate(block) if not k or p.text != block[k - 1].text]
        heads = _letterheads(block)
        if heads:
            out.heading_issuer = out.heading_issuer or " ".join(part.text.strip() for part in block[:heads])
            at, block = at + heads, block[heads:]
        joined = _joined(block)
        if _ISSUING.search(joined) or re.search("(?:印发|转发|公布|发布).*(?:通知|公告|函)$", joined):
            continue
        candidates.append((at + len(block) - 1, block, joined))
    documents = [c for c in candidates if names_document(c[2]) and len(c[2]) >= 4]
    listed = documents or candidates
    pick = documents[-1] if documents and notice_end >= 0 else (listed[0] if listed else None)
    if pick and (names_document(pick[2]) or not (quoted or heading)):
        at, block, joined = pick
        out.title = _clean_title(out, _as_written(block))
        if quoted and compact(quoted[1]) == compact(joined):
            out.title = _clean_title(out, quoted[0])
    elif quoted:
        at, out.title = notice_end, _clean_title(out, quoted[0])
    elif heading:
        at, out.title = (blocks[0][0] + len(blocks[0][1]) - 1 if blocks else -1), _clean_title(out, heading)
    else:
        return -1
    if out.title:
        out.own_names.add(compact(out.title))
    if quoted:
        out.own_names.add(compact(quoted[1]))
    if heading:
        out.own_names.add(compact(heading))
    return at


def _letterheads(block: list[Part]) -> int:
    """How many lines above a title 关于… name the issuing bodies alone."""
    k = 0
    while k + 1 < len(block) and is_signature(block[k].text):
        k += 1
    return k if block[k].text.startswith("关于") else 0


#: Headings of notices that issue a document, or ask for opinions on its draft.
_ISSUING = pattern(
    "关于(?:公布|发布|印发|转发|印送|下达)(?P<inner>.+?)的?通知$|关于(?:公布|发布|印发)(?P<inner2>.+?)的(?:公告|通告|函)$"
    "|印发(?P<inner3>《.+》)(?:的?通知)?$|(?:关于|征求)[^《》]{0,16}(?P<inner4>《.+》)[^《》]{0,16}的?(?:函|公告|通告|通知)$"
)
_NOW = pattern("现将?|印发|制定了?$")


def _joined(block: list[Part]) -> str:
    return "".join(part.text for part in block)


def _as_written(block: list[Part]) -> str:
    out = ""
    for part in block:
        text = part.paragraph.passage.text.strip()
        out += (
            text.replace(" ", "").replace("\u3000", "")
            if part.text == part.paragraph.passage.fold.strip().replace(" ", "")
            else text
        )
    return out


def _clean_title(out: Front, title: str) -> str | None:
    """Take a draft note out of a title; blanks between ideographs at its ends go."""
    for note in load("words")["draft_notes"]:
        if note not in title:
            continue
        found = re.search(f"[（(〔\\[【][^（(〔\\[【]{{0,10}}{note} ?[）)〕\\]】]$", title)
        if found:
            out.draft = True
            title = title[: found.start()]
            break
    return _ADOPTED.sub("", title).strip() or None


#: （2025年10月23日…会议通过） behind a title tells of its adoption.
_ADOPTED = pattern("[（(][^（）()]{0,60}(?:通过|批准|修订|修正|公布|施行)[）)]$")


def _quoted(part: Part, heading: str | None) -> tuple[str, str] | None:
    """The document a notice issues, as written and folded: the one its heading names, else the first in 《》."""
    passage = part.paragraph.passage
    titles = list(BOOK.finditer(passage.fold))
    if not titles:
        return None
    own = [found for found in titles if heading and compact(found[0][1:-1]) == compact(heading)]
    issued = [found for found in titles if _NOW.search(passage.fold, max(0, found.start() - 6), found.start())]
    found = (own or issued or titles)[0]
    return passage.text[found.start() + 1 : found.end() - 1], passage.fold[found.start() + 1 : found.end() - 1]


def _fact(out: Front, part: Part) -> None:
    passage = part.paragraph.passage
    if part.kind == "head":
        for label, start, end in head_fields(part.text):
            field_name = load("words")["head_labels"].get(label)
            value = part.text[start:end].strip(" |】【〔〕")
            if field_name and value:
                out.facts.setdefault(field_name, value)
    elif part.kind == "number" and out.number is None:
        out.number, day = number_facts(part.text)
        if day:
            _signed(out, day, passage)
    elif part.kind == "letterhead" and not out.letterhead:
        out.letterhead = [body for n in re.split(" +", part.text[:-2].strip()) if n for body in split_bodies(n)]
    elif part.kind == "status":
        if any(note in part.text for note in load("words")["draft_notes"]):
            out.draft = True
    elif part.kind == "recipients":
        out.recipients += split_recipients(part.text)
    elif part.kind == "signature":
        names, date = signature_facts(part.text)
        out.issuers += [body for name in names for body in split_bodies(name) if body not in out.issuers]
        if date:
            _signed(out, date, passage)
    elif part.kind == "date":
        found = re.search(DATE, part.text)
        if found:
            _signed(out, found[0], passage)
    elif part.kind == "attachment":
        out.attachments += _attachments(part.text)


def _signed(out: Front, text: str, passage: Passage) -> None:
    if out.signed_on is None:
        try:
            out.signed_on = parse_date(text.replace(" ", ""))
        except DateError:
            out.notes.append(Note("IPP304", f"{text} is not a date", passage.start, passage.end))


def _attachments(text: str) -> list[str]:
    body = re.sub("^附 ?件 ?(?:下载|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})(?= ?：))? ?[：:]? ?", "", text)
    items = re.split(r"(?:^|(?<=[ ；。]))[0-9]{1,2} ?[.、] ?(?:(?![0-9])|(?=(?:19|20)[0-9]{2} ?[年-]))", body)
    names = (_FILE.sub("", item.strip(" ；。《》")).strip(" ；。《》") for item in items)
    return [name for name in names if len(name) >= 3]


#: The ending of a file that can be downloaded: 附件1.docx
_FILE = pattern(r"\.(?:docx?|pdf|ofd|wps|xlsx?|et|rtf|zip|rar|jpe?g|png)$", re.IGNORECASE)


def build_meta(front: Front, source: SourceText, passages: list[Passage], place_names: str) -> tuple[Meta, list[Note]]:
    """Put the facts together. ``passages``: every healed passage of the document, in order."""
    notes = list(front.notes)
    facts = {**source.head, **front.facts}
    title = front.title or facts.get("title")
    number = front.number or facts.get("doc_number")
    issuers = front.issuers or front.letterhead or ([facts["issuer"]] if facts.get("issuer") else [])
    if not issuers and front.heading_issuer and not front.heading_issuer.startswith("市政府"):
        issuers = [body for n in re.split(" +", front.heading_issuer) if n for body in split_bodies(n)]
    issuers = [i.replace(" ", "") for i in issuers if not re.search("[：/<>]|https?", i)]
    published = _fact_date(facts, "published_on") or _fact_date(facts, "page_date")
    issued = front.signed_on or _fact_date(facts, "issued_on")
    if issued is None and not facts.get("published_on"):
        issued = _fact_date(facts, "page_date")
    dated = issued or published
    place, unsettled = locate([*issuers, *front.letterhead], re.sub("^关于", "", source.fold(title or "")), place_names)
    if unsettled and (place is None or place.code is None):
        notes.append(Note("IPP305", "several places bear the name of the issuer's or title's place", 0, 1))
    meta = Meta(
        title=title,
        doc_number=normal_number(number) if number else None,
        issuers=issuers,
        recipients=front.recipients,
        issued_on=issued,
        published_on=published,
        index_number=facts.get("index_number"),
        status="draft" if front.draft else "issued",
        region=Region(name=place.name, code=place.code, level=cast("RegionLevel", place.level)) if place else None,
        period=read_period(compact(source.fold(title or "")), passages, dated.year if dated else None),
        citations=read_citations(passages, set(map(source.fold, front.own_names))),
        attachments=front.attachments,
    )
    for missing, code, what in (
        (meta.title, "IPP301", "title"),
        (meta.doc_number, "IPP302", "文号"),
        (meta.issued_on, "IPP303", "成文日期"),
    ):
        if missing is None:
            notes.append(Note(code, f"no {what} was found", 0, 1))
    return meta, notes


def _fact_date(facts: dict[str, str], key: str) -> dt.date | None:
    found = re.search(rf"{DATE}|{YEAR} ?[-./] ?[0-9]{{1,2}} ?[-./] ?[0-9]{{1,2}}", facts.get(key, ""))
    try:
        return parse_date(found[0].replace(" ", "")) if found else None
    except DateError:
        return None
