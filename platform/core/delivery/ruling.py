"""Deciding how often the commune tells."""

from django.db import transaction

from core.accounts.models import User
from core.audit.actions import record
from core.delivery.announcing import alone
from core.delivery.audience import daily_cap as current_cap
from core.delivery.models import Rules
from core.web.meanwhile import heard


@transaction.atomic
def rule(*, daily_cap: int, author: User, read: str | None = None) -> None:
    """Choose the daily cap; `read` is the digest of the one read. Raises ChangedMeanwhile, changing nothing."""
    alone()
    kept = {"daily_cap": current_cap()}
    if heard(kept, {"daily_cap": daily_cap}, read, kept):
        return
    Rules.objects.create(daily_cap=daily_cap, author=author.email)
    record("delivery.ruled", author=author, daily_cap=daily_cap)
