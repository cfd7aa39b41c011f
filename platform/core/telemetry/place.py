"""Where the running code is, in words for the operator: no person is part of it."""

from contextvars import ContextVar
from dataclasses import dataclass
from uuid import uuid4

from core.tenancy.here import here


@dataclass(frozen=True, slots=True)
class Act:
    """A request or a job: `id` ties its lines together, `module` is empty in the shell."""

    id: str
    route: str = ""
    module: str = ""
    site: str = ""


act: ContextVar[Act | None] = ContextVar("act", default=None)


def labels() -> dict[str, str]:
    """Commune (INSEE code, or the schema), module, kind of site, route and act; what is unknown is left out."""
    place, now = here.get(), act.get()
    found = {"commune": (place.commune_id or place.schema_name) if place else ""}
    if now:
        found |= {"act": now.id, "route": now.route, "module": now.module, "site": now.site}
    return {name: value for name, value in found.items() if value}


def new_id() -> str:
    return uuid4().hex[:16]
