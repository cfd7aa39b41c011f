"""The catalogue of modules: what a module says of itself, and where it plugs in. Pure Python."""

from core.catalogue.hooks import (
    Card,
    FirstStep,
    Holding,
    HomeSection,
    PersonalRecord,
    SearchResult,
    Task,
    Viewer,
    Visibility,
)
from core.catalogue.manifest import (
    STAFF_ROLES,
    Area,
    Group,
    Manifest,
    NavItem,
    Option,
    OptionKind,
    Permission,
    PersonalData,
    Proposal,
    Role,
    Want,
)
from core.catalogue.registry import Catalogue, CatalogueError

__all__ = [
    "STAFF_ROLES",
    "Area",
    "Card",
    "Catalogue",
    "CatalogueError",
    "FirstStep",
    "Group",
    "Holding",
    "HomeSection",
    "Manifest",
    "NavItem",
    "Option",
    "OptionKind",
    "Permission",
    "PersonalData",
    "PersonalRecord",
    "Proposal",
    "Role",
    "SearchResult",
    "Task",
    "Viewer",
    "Visibility",
    "Want",
]
