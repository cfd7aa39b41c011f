"""Prices: plain arithmetic on cents."""

from billing.prices.rhythm import Rhythm

__all__ = ["Rhythm"]
