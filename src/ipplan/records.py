"""Records: classes with fields, like dataclasses with slots, that take a fifth of the time to define.

A parse imports some fifty of them, and ``dataclasses`` itself loads ``inspect`` and what that needs: together it takes longer
than reading a plan. What is written is the same (``@record`` for ``@dataclass(slots=True)``), and type checkers treat it so.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")


class _Field:
    __slots__ = ("factory", "init")

    def __init__(self, factory: Callable[[], Any] | None, init: bool) -> None:
        self.factory = factory
        self.init = init


def field(*, default_factory: Callable[[], Any] | None = None, init: bool = True) -> Any:
    """A field whose value a function makes for each record, or (``init=False``) ``__post_init__`` sets."""
    return _Field(default_factory, init)


@overload
def record(cls: type[T], /) -> type[T]: ...
@overload
def record(*, frozen: bool = False, eq: bool = True) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(field_specifiers=(field,))
def record(cls: type[T] | None = None, /, *, frozen: bool = False, eq: bool = True) -> Any:
    """Make a class a record: its annotated names are its fields, in order, with their defaults.

    ``frozen``: it can be a key of a dictionary, and type checkers refuse to change it. ``eq``: two records with equal
    fields are equal; else each is only equal to itself.
    """
    if cls is None:
        return lambda cls: _made(cls, frozen, eq)
    return _made(cls, frozen, eq)


def fields(kind: type[Any]) -> tuple[str, ...]:
    """The names of a record's fields, in order."""
    names: tuple[str, ...] = kind.__slots__
    return names


def replace(record: T, **changes: Any) -> T:
    """A copy of a record with some of its fields changed."""
    return type(record)(**{name: getattr(record, name) for name in fields(type(record))} | changes)


def _made(cls: type[Any], frozen: bool, eq: bool) -> type[Any]:
    names = tuple(cls.__annotations__)
    body = {key: value for key, value in cls.__dict__.items() if key not in (*names, "__dict__", "__weakref__")}
    _add_init(body, names, {name: cls.__dict__[name] for name in names if name in cls.__dict__})
    body |= {"__slots__": names, "__match_args__": names, "__repr__": _repr}
    if eq:
        values = attrgetter(*names)

        def __eq__(self: Any, other: object) -> bool:
            return bool(values(self) == values(other)) if other.__class__ is self.__class__ else NotImplemented

        body["__eq__"] = __eq__
        body["__hash__"] = (lambda self: hash(values(self))) if frozen else None
    return type(cls.__name__, cls.__bases__, body)


def _add_init(body: dict[str, Any], names: tuple[str, ...], defaults: dict[str, Any]) -> None:
    """Compile ``__init__``, which assigns every field, calls the functions for defaults, then ``__post_init__``."""
    scope: dict[str, Any] = {"_unset": _UNSET}
    arguments, lines = ["self"], []
    for name in names:
        default = defaults.get(name, _UNSET)
        value = name
        if isinstance(default, _Field):
            if not default.init:
                continue
            scope[f"_{name}"] = default.factory
            arguments.append(f"{name}=_unset")
            value = f"_{name}() if {name} is _unset else {name}"
        elif default is not _UNSET:
            scope[f"_{name}"] = default
            arguments.append(f"{name}=_{name}")
        else:
            arguments.append(name)
        lines.append(f" self.{name} = {value}")
    if "__post_init__" in body:
        lines.append(" self.__post_init__()")
    exec(f"def __init__({', '.join(arguments)}):\n" + "\n".join(lines or [" pass"]), scope)
    body["__init__"] = scope["__init__"]


_UNSET: Any = object()


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (f"{name}={getattr(self, name, '?')!r}" for name in self.__slots__)
    return f"{type(self).__qualname__}({', '.join(shown)})"
