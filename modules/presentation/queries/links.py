"""Reading the links."""

from modules.presentation.models import CommunePage, UsefulLink


def links_of(page: CommunePage) -> list[UsefulLink]:
    return [] if page._state.adding else list(page.links.all())
