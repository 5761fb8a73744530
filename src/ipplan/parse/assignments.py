"""Responsibility statements (责任分工) in a paragraph: in brackets, as a labelled line, as a clause of their own.

A bracket is one if it begins with a label (责任单位：), or if a list of agencies and a verb fill it (…牵头，…配合), or if
it closes a paragraph and holds nothing but agencies of the lexicon. Running prose is none: 龙头企业牵头、高校支撑.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import cast

from ipplan.draft import AgencyRole
from ipplan.normalize.agencies import department, looks_like_agency
from ipplan.parse.agencies import Share, Statement, read_statement
from ipplan.parse.agency_names import Named
from ipplan.parse.brackets import match_brackets
from ipplan.parse.labels import find_labels, roles_of, word_set
from ipplan.parse.markers import match_marker
from ipplan.patterns import pattern
from ipplan.records import record


@record
class Found:
    """A statement and its half-open place in the paragraph; ``repaired`` where its bracket was damaged."""

    start: int
    end: int
    statement: Statement
    repaired: bool = False
    until: int | None = None  # source offset where the line of its deadline below it ends


#: What every statement of responsibility holds some of.
_ANY = pattern("责任|牵头|配合|负责|主办|协办|单位|部门|主体：")
_AGENCY = pattern("[（〔【][^（〔【）〕】]{2,200}(?:局|委|办|部|院|厅|府|[大支总]队)")
#: 责任, 牵头, …, and the ends of agencies: it begins with one set of characters, which is scanned for faster than words are.
_HINT = pattern(
    "[任头合责办与实位门局委院府队](?:(?<=责任)|(?<=牵头)|(?<=配合)|(?<=负责)|(?<=参与)|(?<=落实)|(?<=单位)|(?<=部门)"
    "|(?<=[局委办院府])|(?<=[大支总]队))"
)
_LONGEST = 20_000


def find_assignments(folded: str) -> list[Found]:
    """All responsibility statements of one folded paragraph, in text order."""
    out: list[Found] = []
    if "〈" in folded:
        folded = folded.replace("〈", "（").replace("〉", "）")  # 中央宣传部〈国家版权局〉
    bracketed = "（" in folded or "〔" in folded or "【" in folded
    if not _ANY.search(folded) and not (bracketed and _AGENCY.search(folded)):
        return out
    if bracketed:
        out = _bracketed(folded)
    clauses = _clauses(folded, out)
    if clauses and out:  # 牵头单位：市市场监管局（市知识产权局）: the bracket is a name of the one in front
        lines = [(c.start, c.end) for c in clauses if c.statement.labelled]
        out = [f for f in out if _gives_roles(f.statement) or not _within(f, lines)]
    out += clauses
    out.sort(key=lambda found: found.start)
    return out


def _gives_roles(statement: Statement) -> bool:
    return bool(statement.verbs) or statement.labelled


def _within(found: Found, places: list[tuple[int, int]]) -> bool:
    return any(a < found.start and found.end <= b for a, b in places)


def _bracketed(folded: str) -> list[Found]:
    pairs, unclosed, unopened = match_brackets(folded)
    out: list[Found] = []
    hints = [hint.start() for hint in _HINT.finditer(folded)]
    done = 0
    for opener, behind in pairs:
        if opener < done or behind - opener < 5:
            continue
        inside = opener + 1
        labelled = _labelled(folded, inside, behind)
        if not labelled and bisect_left(hints, inside) == bisect_left(hints, min(behind, inside + _LONGEST)):
            continue
        word = word_set("assignment_labels").before(folded, opener, max(0, opener - 10)) if not labelled else None
        role = roles_of("assignment_labels")[word] if word else None
        if word and role in ("lead", "support", "responsible"):  # 牵头单位（市市场监管局）
            statement = read_statement(folded, inside, behind - 1, role=cast(AgencyRole, role))
            names = [a for share in statement.shares for a in share.agencies]
            if names and all(map(_likely, names)) and not folded.startswith("：", behind):
                begin = opener - len(word)
                if out and not folded[out[-1].end : begin].strip(" ，、；"):
                    begin = out[-1].end
                out.append(Found(begin, behind, statement))
                done = behind
                continue
        at = bisect_left(unopened, behind) if labelled else len(unopened)
        rest = unopened[at] if at < len(unopened) else None
        if rest is not None and _continues_list(folded, behind, rest):
            healed = _heal(folded, inside, behind - 1, rest)
            out.append(Found(opener, rest + 1, healed, repaired=True))
            done = rest + 1
            continue
        statement = read_statement(folded, inside, behind - 1)
        if _is_statement(statement, labelled):
            out.append(Found(opener, behind, statement))
            done = behind
        elif not labelled and _closes(folded, behind) and not _in_labelled_line(folded, opener):
            statement = read_statement(folded, inside, behind - 1, role="responsible")
            names = [a for share in statement.shares for a in share.agencies]
            if names and _surely(names[0]) and all(_surely(a) or _likely(a) for a in names):
                out.append(Found(opener, behind, statement))
                done = behind
    for opener in unclosed:
        if opener >= done:
            labelled = _labelled(folded, opener + 1, len(folded))
            if labelled:
                stop = len(folded.rstrip("。 "))
                statement = read_statement(folded, opener + 1, stop)
                if statement.shares:
                    out.append(Found(opener, len(folded), statement, repaired=True))
                    break
    return out


def _labelled(folded: str, inside: int, stop: int) -> bool:
    """Whether a bracket's inside begins with a label."""
    while inside < stop and folded[inside] == " ":
        inside += 1
    labels = find_labels(folded, inside, min(stop, inside + 30))
    return bool(labels) and labels[0].start == inside


def _is_statement(statement: Statement, labelled: bool) -> bool:
    if labelled:
        return bool(statement.shares or statement.deadline or statement.undated)
    names = [a for share in statement.shares for a in share.agencies]
    if not names or not statement.verbs or statement.doubtful:
        return statement.labelled and bool(names)
    known = sum(1 for a in names if _likely(a))
    return known == len(names) or (known >= 1 and known * 3 >= 2 * len(names))


def _likely(agency: Named) -> bool:
    return looks_like_agency(agency.name)


def _surely(agency: Named) -> bool:
    name = agency.name
    return department(name) is not None or name.startswith("各") or name.endswith(_BODIES) or bool(_OFFICE.match(name))


#: Offices inside a bureau, by what they are for.
_OFFICE = pattern(
    "(?:知识产权|执法|稽查|法规|法制|政策|综合|监管|信用|财务|计财|规划|人事|宣传|质量|标准|计量|登记|注册|网络|商标|专利|消费|价格|科技信息)"
    "[^、]{0,8}[科股]$"
)


#: Ends of names that only bodies of the state have, with or without a department.
_BODIES = ("领导小组", "成员单位", "联席会议", "执法大队", "执法支队", "执法总队")


def _in_labelled_line(folded: str, opener: int) -> bool:
    """Whether a list with a label goes on in front of a bracket, which then holds an alias: 责任单位：市委宣传部（市版权局）."""
    start = max(folded.rfind("。", 0, opener), folded.rfind("；", 0, opener)) + 1
    return folded.find("：", start, opener) >= 0 and bool(find_labels(folded, start, opener))


def _closes(folded: str, behind: int) -> bool:
    return not folded[behind:].strip("。； ")


def _continues_list(folded: str, behind: int, rest: int) -> bool:
    """Whether the text between a bracket closed early and the closer without opener goes on with the list."""
    between = folded[behind:rest]
    return 0 < len(between) <= 600 and not between.startswith("。") and _LIST_ITEM.match(between) is not None


_LIST_ITEM = pattern("[\u4e00-\u9fff]{1,30}(?:[、，。；]|$)")


def _heal(folded: str, start: int, closed: int, rest: int) -> Statement:
    """Put the two parts of a broken bracket together: an overlap (…人民法院〕 / 院、…) is read once."""
    first, second = folded[start:closed], folded[closed + 1 : rest]
    overlap = next((k for k in range(min(6, len(second)), 0, -1) if first.endswith(second[:k])), 0)
    joined = first + second[overlap:]
    statement = read_statement(joined, 0, len(joined))
    gap = 1 + overlap
    for share in statement.shares:
        for agency in share.agencies:
            agency.start += start + (gap if agency.start >= len(first) else 0)
            agency.end += start + (gap if agency.end > len(first) else 0)
    return statement


_SENTENCE = pattern("[^。；]+")
_CLAUSE_END = pattern("(?:牵头|负责|配合|参与|协助|落实|实施|承担|协同)[^，。；]{0,2}(?:[，。；]|$)")
_CLAUSE_VERB = pattern(
    "(?:牵头|负责|配合|参与|协助|落实|实施|承担|协同)[^，。；]{0,2}(?:，[^，。；]{2,16}前(?:完成|落实))?$"
)


_NEXT = pattern(" *(?:由|各)?([^，、。；：（]{2,24})")


def _line_end(folded: str, at: int) -> int:
    """Where a labelled line ends: behind the sentence that neither a label nor an agency follows."""
    stop = folded.find("。", at)
    while 0 <= stop < len(folded) - 1:
        after = _NEXT.match(folded, stop + 1)
        labels = find_labels(folded, stop + 1, min(len(folded), stop + 40))
        begins = labels and not folded[stop + 1 : labels[0].start].strip()
        if after and not begins and not folded.startswith("各", stop + 1) and not looks_like_agency(after[1].strip()):
            return stop + 1
        stop = folded.find("。", stop + 1)
    return len(folded)


def _clauses(folded: str, taken: list[Found]) -> list[Found]:
    """Labelled lines (责任单位：… to the end) and clauses that name agencies and a verb but no object."""
    out: list[Found] = []
    numbered = match_marker(folded[:24])
    for label in find_labels(folded):
        at = label.start
        if any(t.start <= at < t.end for t in taken):
            continue
        before = at
        while before and folded[before - 1] in " -":
            before -= 1
        if before > (numbered.length if numbered else 0) and folded[before - 1] not in "。；）〕】":
            continue
        # A bracket behind it with a role of its own (。（市财政局配合）) ends it.
        stop = min((t.start for t in taken if t.start > at and _gives_roles(t.statement)), default=len(folded))
        stop = min(stop, _line_end(folded, at))
        statement = read_statement(folded, at, len(folded[:stop].rstrip(" 。；")))
        names = [a for share in statement.shares for a in share.agencies]
        if statement.labelled and names and sum(map(_likely, names)) * 2 >= len(names):
            return [*out, Found(before if folded.startswith("-", before) else at, stop, statement)]
        break
    if not _CLAUSE_END.search(folded):
        return out
    for found in _SENTENCE.finditer(folded):
        text = found[0]
        if len(text) > 400 or "解释" in text:
            continue
        start = found.start() + len(text) - len(text.lstrip(" "))
        marker = match_marker(folded) if not found.start() else None
        start = max(start, marker.length) if marker else start
        if not _CLAUSE_VERB.search(text.rstrip()):
            out += _run(folded, start, found.end(), taken)
            continue
        if any(t.start < found.end() and found.start() < t.end for t in taken):
            continue
        statement = read_statement(folded, start, found.end())
        names = [a for share in statement.shares for a in share.agencies]
        if not names or statement.doubtful or not statement.verbs or not all(map(_likely, names)):
            continue
        if any(department(a.name) is not None or a.name.startswith("各") for a in names):
            stop = found.end() + (1 if folded[found.end() : found.end() + 1] in ("。", "；") else 0)
            out.append(Found(start, stop, statement))
    return out


#: A clause that names agencies and what they do, but no object: 由市科技局牵头, 会同市公安局等部门.
_NO_OBJECT = pattern(
    "(?:由|均由|都由)?[^，“”]{2,60}(?:牵头|配合|参与|协助|协同|负责|具体落实|具体实施)(?:负责|落实|实施)?|(?:会同|协同|联合)[^，“”]{2,80}"
)
_PART = pattern("[^，]+")


def _run(folded: str, start: int, end: int, taken: list[Found]) -> list[Found]:
    """Two or more such clauses in a row within a sentence: 由市科技局牵头，会同市公安局等部门，每季度召开会议."""
    if "牵头" not in folded[start:end]:
        return []
    runs: list[list[tuple[int, int]]] = [[]]
    for part in _PART.finditer(folded, start, end):
        text = part[0].strip()
        if _NO_OBJECT.fullmatch(text):
            runs[-1].append((part.end() - len(part[0].lstrip()), part.end()))
        elif runs[-1]:
            runs.append([])
    out = []
    for run in runs:
        if len(run) < 2 or any(t.start < run[-1][1] and run[0][0] < t.end for t in taken):
            continue
        statement = read_statement(folded, run[0][0], run[-1][1])
        names = [a for share in statement.shares for a in share.agencies]
        if statement.doubtful or len(statement.shares) < 2 or not all(map(_likely, names)):
            continue
        if any(department(a.name) is not None for a in names):
            out.append(Found(run[0][0], run[-1][1], statement))
    return out


def first_leads(statement: Statement) -> list[Share]:
    """The shares after the rule 列首位的为牵头单位: of a list without roles, the first leads and the others support."""
    if any(share.role == "lead" for share in statement.shares):
        return statement.shares
    out: list[Share] = []
    for share in statement.shares:
        if share.role == "responsible" and share.agencies:
            out.append(Share("lead", share.agencies[:1]))
            if share.agencies[1:]:
                out.append(Share("support", share.agencies[1:]))
        else:
            out.append(share)
    return out
