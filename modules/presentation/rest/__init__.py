"""The presentation of the commune, for programs: to read only."""

from modules.presentation.rest.page import CommunePageView
from modules.presentation.rest.parts import LinksView, PracticalView, ServicesView, TeamView

__all__ = ["CommunePageView", "LinksView", "PracticalView", "ServicesView", "TeamView"]
