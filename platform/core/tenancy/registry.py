"""What `core` asks about communes, answered by the layer that knows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from core.tenancy.here import Here


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the name shown, the address of its site (it ends with a slash), its colour, whether it is a demo."""

    name: str
    home: str
    accent: str
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Locality:
    """Where a commune is: its INSEE and département codes, and the name of its time zone."""

    insee: str
    departement: str
    timezone: str


class Registry(Protocol):
    """The questions; `tenants` gives the answers when it is ready."""

    def resolve(self, schema_name: str) -> Here | None:
        """The place, None unless both its row and its schema exist."""

    def is_on(self, schema_name: str, module: str) -> bool:
        """Whether the commune is entitled to the module and has switched it on."""

    def may_write_to(self, schema_name: str) -> bool:
        """Whether the commune may write to people outside its own staff."""

    def options(self, schema_name: str, module: str) -> Mapping[str, Any]:
        """The commune's values of the module's options, defaults filled in."""

    def sender(self, schema_name: str) -> Sender:
        """Who its e-mails come from."""

    def locality(self, schema_name: str) -> Locality:
        """Where it is."""

    def media_quota(self, schema_name: str) -> int | None:
        """How many bytes of files it may keep; None for the platform's usual."""

    def contour(self, schema_name: str) -> str:
        """Its outline: encoded polylines as `core.web.contour` reads them, empty when it is not known."""


_registry: Registry | None = None


def set_registry(answers: Registry) -> None:
    global _registry
    _registry = answers


def registry() -> Registry:
    if _registry is None:
        raise RuntimeError("no registry of communes yet: is the app `tenants` ready?")
    return _registry
