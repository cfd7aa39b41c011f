"""Stripe's form encoding: `items[0][price]=…` is a list of objects."""

from typing import Any
from urllib.parse import parse_qsl

from deploy.local.stripe.errors import Refused

DEEPEST = 6


def decoded(text: str) -> dict[str, Any]:
    """Read a query or a body. Raises Refused for keys that contradict each other."""
    found: dict[str, Any] = {}
    for key, value in parse_qsl(text, keep_blank_values=True):
        head, *rest = key.replace("]", "").split("[")
        if len(rest) > DEEPEST:
            raise Refused(f"Invalid key: {key}", param=key)
        _put(found, [head, *rest], value)
    return {key: _as_lists(value) for key, value in found.items()}


def _put(into: dict[str, Any], path: list[str], value: str) -> None:
    *ways, last = path
    for way in ways:
        into = into.setdefault(way, {})
        if not isinstance(into, dict):
            raise Refused(f"Invalid key: {'.'.join(path)}", param=path[0])
    into[last or str(len(into))] = value


def _as_lists(value: Any) -> Any:
    """Objects whose keys are 0, 1, 2… are lists."""
    if not isinstance(value, dict):
        return value
    whole = {key: _as_lists(each) for key, each in value.items()}
    if whole and all(key.isdecimal() for key in whole):
        return [whole[key] for key in sorted(whole, key=int)]
    return whole


def whole(given: dict[str, Any], name: str, otherwise: int | None = None) -> int | None:
    """An integer of a form. Raises Refused when it is none."""
    value = given.get(name, "")
    if value == "":
        return otherwise
    try:
        return int(value)
    except (TypeError, ValueError):
        raise Refused(f"Invalid integer: {value}", param=name, code="parameter_invalid_integer") from None


def truth(given: dict[str, Any], name: str, otherwise: bool = False) -> bool:
    value = given.get(name)
    return otherwise if value is None else value == "true"


def needed(given: dict[str, Any], name: str) -> Any:
    if name not in given:
        raise Refused(f"Missing required param: {name}.", param=name, code="parameter_missing")
    return given[name]


def only(given: dict[str, Any], *names: str) -> None:
    """Refuse what Stripe, or this one, does not know: a misspelt name is found by the tests."""
    for name in given:
        if name not in names and name != "expand":
            raise Refused(f"Received unknown parameter: {name}", param=name, code="parameter_unknown")
