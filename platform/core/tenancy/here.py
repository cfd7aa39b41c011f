"""Which commune the running code is in. No import of Django: the database engine reads this."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Here:
    """A schema one can be in; `commune_id` is the INSEE code, empty for public and operator."""

    schema_name: str
    commune_id: str = ""

    @property
    def is_public(self) -> bool:
        return self.schema_name == "public"

    def get_tenant_type(self) -> None:
        """django-tenants asks it of whatever is given to `set_tenant`."""


PUBLIC: Final = Here("public")
OPERATOR: Final = Here("operator")

here: ContextVar[Here | None] = ContextVar("here", default=None)


def current() -> Here:
    """Where the code is; outside any commune, public."""
    return here.get() or PUBLIC
