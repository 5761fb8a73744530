"""The vocabulary of indicators: the built-in one, and a user's own file laid over it.

A user's file is YAML with one key, ``indicators``: a list of entries. An entry with a new ``id`` extends the
vocabulary, one with a known ``id`` changes the fields it gives and adds its aliases; a name given in the file belongs
to its entry from then on. The file is named with the hash of its bytes in every plan read with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from ipplan.lexicon import load, source
from ipplan.lexicon.names import Names, key
from ipplan.lexicon.names import names as _rules
from ipplan.patterns import pattern
from ipplan.records import field, fields, record, replace

if TYPE_CHECKING:
    from pathlib import Path

_ID = pattern(r"[a-z][a-z0-9_]{1,80}")
_THEMES = ("creation", "utilisation", "protection", "management", "service", "talent", "finance", "general")
_POLARITIES = ("higher", "lower", "none")
_TEXTS = ("zh", "en", "definition", "unit", "denominator", "source")
_LISTS = ("aliases", "broader", "not")


class VocabularyError(ValueError):
    """A vocabulary file that cannot be used: one line that names file, line, key and what was expected."""


@record(frozen=True)
class Indicator:
    """One canonical indicator, as far as deciding needs it; :meth:`Vocabulary.entry` has the rest."""

    id: str
    zh: str
    en: str
    theme: str
    unit: str
    dimension: str
    denominator: str | None
    polarity: str


@record(eq=False)
class Vocabulary:
    """Indicators and the names they are known by. ``label`` is ``None`` for the built-in vocabulary."""

    rows: list[Indicator]
    names: dict[str, int]
    cores: dict[str, list[int]]
    label: str | None = None
    rules: Names = field(default_factory=_rules)
    extra: dict[str, dict[str, Any]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _groups: dict[str, list[str]] | None = None

    def __post_init__(self) -> None:
        self._numbers = {row.id: i for i, row in enumerate(self.rows)}

    def __contains__(self, id: str) -> bool:
        return id in self._numbers

    def get(self, id: str | None) -> Indicator | None:
        """The indicator with this id, or ``None``."""
        number = self._numbers.get(id) if id else None
        return None if number is None else self.rows[number]

    def entry(self, id: str) -> dict[str, Any]:
        """Everything the sources say of an indicator (definition, aliases, links, statistical source)."""
        written = next((dict(e) for e in source("indicators")["indicators"] if e["id"] == id), {})
        row = self.rows[self._numbers[id]]
        own = self.extra.get(id, {})
        aliases = [
            *written.get("aliases", []),
            *(a for a in own.get("aliases", []) if a not in written.get("aliases", [])),
        ]
        facts = {name: getattr(row, name) for name in fields(Indicator)}
        rest: dict[str, Any] = {"definition": None, "broader": [], "not": [], "source": None}
        return {**facts, **rest, **written, **facts, **own, "aliases": aliases}

    @property
    def groups(self) -> dict[str, list[str]]:
        """Signature of deciding words → cores that have it; worked out on first use."""
        if self._groups is None:
            self._groups = {}
            if self.label is None:
                for line in load("indicators")["groups"].split("\n"):
                    signature, *cores = line.split("\t")
                    self._groups[signature] = cores
            else:
                for core in {*self.cores, *map(self.rules.core, self.names)}:
                    self._groups.setdefault(self.rules.signature(core), []).append(core)
        return self._groups

    def look_up(self, form: str) -> list[int]:
        """Numbers of the indicators that bear ``form`` as a key or as a core."""
        number = self.names.get(form)
        return [number] if number is not None else self.cores.get(form, [])


@cache
def builtin() -> Vocabulary:
    """The vocabulary that comes with ipplan."""
    data = load("indicators")
    return Vocabulary([Indicator(*row) for row in data["rows"]], data["names"], data["cores"])


def load_vocabulary(path: Path) -> Vocabulary:
    """The built-in vocabulary with the user's file over it. Raises :class:`VocabularyError`."""
    text, sha256 = read_vocabulary(path)
    return merge(text, path.name, sha256)


def read_vocabulary(path: Path) -> tuple[str, str]:
    """The text of a vocabulary file and the hash of its bytes, for :func:`merge`. Raises :class:`VocabularyError`."""
    import hashlib

    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig"), hashlib.sha256(data).hexdigest()
    except UnicodeDecodeError as error:
        raise VocabularyError(f"{path}: is not UTF-8 (byte offset {error.start})") from None
    except (OSError, ValueError) as error:
        raise VocabularyError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from None


def merge(text: str, name: str, sha256: str) -> Vocabulary:
    """Lay the entries of a user's YAML text over the built-in vocabulary. Raises :class:`VocabularyError`."""
    base = builtin()
    out = Vocabulary(
        list(base.rows), dict(base.names), {c: list(n) for c, n in base.cores.items()}, f"{name} sha256:{sha256}"
    )
    given: dict[str, tuple[str, int]] = {}
    for entry, line in _entries(text, name):
        id = entry["id"]
        if id in out.extra:
            raise VocabularyError(f"{name}: line {line}: id: {id!r} stands twice")
        _lay(out, entry, name, line)
        for form in (*([entry["zh"]] if "zh" in entry else []), *entry.get("aliases", [])):
            owner, at = given.setdefault(key(form), (id, line))
            if owner != id:
                raise VocabularyError(f"{name}: line {line}: aliases: {form!r} already belongs to {owner} (line {at})")
            _name(out, form, out._numbers[id])
    return out


def _lay(out: Vocabulary, entry: dict[str, Any], name: str, line: int) -> None:
    """Add an indicator, or change the one with its id."""
    id = entry["id"]
    facts = {k: v for k, v in entry.items() if k in fields(Indicator)}
    known = out._numbers.get(id)
    if known is None:
        for needed in ("zh", "unit"):
            if not entry.get(needed):
                raise VocabularyError(f"{name}: line {line}: {needed}: a new indicator ({id}) needs one")
        defaults = {"en": "", "theme": "general", "dimension": "count", "denominator": None, "polarity": "higher"}
        out._numbers[id] = len(out.rows)
        out.rows.append(Indicator(**{**defaults, **facts}))
    else:
        out.rows[known] = replace(out.rows[known], **facts)
    out.extra[id] = {k: v for k, v in entry.items() if k != "id"}


def _name(out: Vocabulary, form: str, number: int) -> None:
    """Give ``form`` to one indicator, whoever had it before."""
    out.names[key(form)] = number
    core = out.rules.core(key(form))
    if core not in out.names:
        out.cores[core] = [number]


def _entries(text: str, name: str) -> Iterator[tuple[dict[str, Any], int]]:
    """The entries of a vocabulary file with their lines, each key checked."""
    top = _compose(text, name)
    if not isinstance(top, list) or [k for k, _, _ in top] != ["indicators"]:
        raise VocabularyError(f"{name}: line 1: expected one key, indicators, with a list of entries")
    entries = top[0][1]
    if not isinstance(entries, _List):
        raise VocabularyError(f"{name}: line {top[0][2]}: indicators: expected a list of entries")
    for value, line in entries.items:
        if not isinstance(value, list):
            raise VocabularyError(f"{name}: line {line}: expected an entry with id and zh, found {value!r}")
        entry: dict[str, Any] = {}
        for k, v, at in value:
            if k in entry:
                raise VocabularyError(f"{name}: line {at}: {k}: stands twice")
            entry[k] = _checked(k, v, f"{name}: line {at}: {k}")
        if "id" not in entry:
            raise VocabularyError(f"{name}: line {line}: id: is missing")
        yield entry, line


def _checked(k: str, value: Any, where: str) -> Any:
    """One value of an entry, or an error that says what was expected."""
    choices = {"theme": _THEMES, "polarity": _POLARITIES, "dimension": tuple(_rules().dimensions)}.get(k)
    if k in _LISTS:
        items = [item for item, _ in value.items] if isinstance(value, _List) else None
        if items is None or not all(isinstance(item, str) and key(item) for item in items):
            raise VocabularyError(f"{where}: expected a list of names")
        return items
    if k == "id":
        if not isinstance(value, str) or not _ID.fullmatch(value):
            raise VocabularyError(f"{where}: expected small letters, digits and _, found {_shown(value)}")
    elif choices is not None:
        if value not in choices:
            raise VocabularyError(f"{where}: expected one of {', '.join(choices)}, found {_shown(value)}")
    elif k in _TEXTS:
        if not isinstance(value, str) and not (value is None and k in ("denominator", "source", "definition")):
            raise VocabularyError(f"{where}: expected a text, found {_shown(value)}")
    else:
        raise VocabularyError(f"{where}: is not a key of an indicator ({', '.join(('id', *_TEXTS, *_LISTS))}, …)")
    return value


def _shown(value: Any) -> str:
    return repr(value)[:60] if isinstance(value, str) or value is None else "a list or mapping"


@record
class _List:
    """A YAML list: its items with their lines."""

    items: list[tuple[Any, int]]


def _compose(text: str, name: str) -> Any:
    """YAML as texts, ``_List`` and lists of ``(key, value, line)``; no tags, no anchors, no objects."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise VocabularyError(f"{name}: line {line}: anchors and aliases are not allowed")
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise VocabularyError(f"{name}: line {mark.line + 1 if mark else 1}: is not YAML: {error.problem}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise VocabularyError(f"{name}: is not YAML: {' '.join(str(error).split())}") from None
    return _plain(node, 0, name)


def _plain(node: Any, depth: int, name: str) -> Any:
    if node is None:
        return None
    if depth > 8:
        raise VocabularyError(f"{name}: line {node.start_mark.line + 1}: is nested too deep")
    if isinstance(node.value, str):
        return None if node.tag.endswith(":null") else node.value
    if node.id == "sequence":
        return _List([(_plain(item, depth + 1, name), item.start_mark.line + 1) for item in node.value])
    return [(str(k.value), _plain(v, depth + 1, name), k.start_mark.line + 1) for k, v in node.value]
