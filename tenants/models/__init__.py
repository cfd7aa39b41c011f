"""The registry's tables, all in the public schema."""

from tenants.models.commune import Commune, CommuneContour, DirectoryVersion
from tenants.models.leaving import Erasure, Export
from tenants.models.opening import Mandate, MandateMessage, OpeningWatch, Signup, Ticket
from tenants.models.space import OPEN, Space, Suspension
from tenants.models.switch import Entitlement, ModuleOptions, ModuleSwitch

__all__ = [
    "OPEN",
    "Commune",
    "CommuneContour",
    "DirectoryVersion",
    "Entitlement",
    "Erasure",
    "Export",
    "Mandate",
    "MandateMessage",
    "ModuleOptions",
    "ModuleSwitch",
    "OpeningWatch",
    "Signup",
    "Space",
    "Suspension",
    "Ticket",
]
