"""Doing what is due of a subscription: invoices, words, its end, its erasure. Once each, in order, however late."""

from datetime import datetime

from billing.actions.entitling import entitle
from billing.actions.planning import next_run
from billing.models import Subscription
from core.accounts.actions import PLATFORM


def advance(subscription: Subscription) -> datetime | None:
    """Do all that is due; return when to come again, None once nothing is left."""
    entitle(subscription, author=PLATFORM)
    return next_run(subscription)
