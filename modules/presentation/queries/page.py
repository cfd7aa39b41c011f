"""Reading the page about the commune."""

from typing import TYPE_CHECKING

from modules.presentation.models import CommunePage
from modules.presentation.queries.directory import first_page

if TYPE_CHECKING:
    from tenants.sites import CommuneFacts


def the_page() -> CommunePage | None:
    """The commune's page; None before the commune made any."""
    return CommunePage.objects.first()


def page_or_first(facts: "CommuneFacts") -> CommunePage:
    """The commune's page or, while there is none, what the directory makes of it, not saved."""
    return the_page() or first_page(facts)
