"""How often a commune is invoiced."""

from enum import StrEnum


class Rhythm(StrEnum):
    MONTHLY = "monthly"
    YEARLY = "yearly"
