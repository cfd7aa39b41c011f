"""What a paper says, as JSON that is kept, and back: dates, periods, enumerations and tuples keep their kind."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Self, get_args, get_origin, get_type_hints


class Malformed(Exception):
    """What was read is not what such a paper says; the message names the place."""


class Frozen:
    """A frozen dataclass that goes to JSON and comes back equal."""

    __slots__ = ()

    def as_json(self) -> dict[str, Any]:
        said: dict[str, Any] = _out(self)
        return said

    @classmethod
    def of(cls, said: object) -> Self:
        made: Self = _in(cls, said, cls.__name__)
        return made


def _out(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _out(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_out(each) for each in value]
    return value


@cache
def _kinds(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _in(kind: Any, value: object, place: str) -> Any:
    if get_origin(kind) is tuple:
        if not isinstance(value, list | tuple):
            raise Malformed(f"{place}: a list is wanted")
        return tuple(_in(get_args(kind)[0], each, f"{place}[{rank}]") for rank, each in enumerate(value))
    if isinstance(kind, UnionType):
        return None if value is None else _in(get_args(kind)[0], value, place)
    if is_dataclass(kind):
        return _dataclass(kind, value, place)
    if isinstance(value, str) and issubclass(kind, date | Enum):
        try:
            return kind.fromisoformat(value) if issubclass(kind, date) else kind(value)
        except ValueError as error:
            raise Malformed(f"{place}: {error}") from error
    if type(value) is not kind:
        raise Malformed(f"{place}: {kind.__name__} is wanted")
    return value


def _dataclass(kind: Any, value: object, place: str) -> Any:
    if not isinstance(value, Mapping):
        raise Malformed(f"{place}: an object is wanted")
    known = {each.name for each in fields(kind)}
    if foreign := sorted(set(value) - known):
        raise Malformed(f"{place}: unknown {', '.join(foreign)}")
    kinds = _kinds(kind)
    try:
        return kind(**{name: _in(kinds[name], each, f"{place}.{name}") for name, each in value.items()})
    except (TypeError, ValueError) as error:
        raise Malformed(f"{place}: {error}") from error
