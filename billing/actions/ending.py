"""How a subscription ends: at the end of what was ordered, or at once when it is asked."""

from datetime import date

from django.db import transaction

from billing.actions.entitling import entitle
from billing.actions.planning import advance_soon
from billing.models import Subscription, Term
from billing.queries.days import local_today
from billing.queries.standing import DAY
from billing.queries.terms import days_of, last_day, terms_of
from core.accounts.models import User
from core.audit.actions import record
from core.tenancy.context import entered

Author = User | str


class Over(Exception):
    """It is over already: nothing is left to end, or to take back."""


@transaction.atomic
def stop_renewal(*, subscription: Subscription, author: Author) -> date:
    """The mairie says that it will order no more: the day from which nothing is given. Nothing is cut before.

    Twice is once. Raises Over once nothing is given any more.
    """
    held = _locked(subscription)
    today = local_today(held.commune)
    if held.ended_on is not None:
        if held.ended_on <= today:
            raise Over(str(held.ended_on))
        return held.ended_on
    first = max(held.trial_until, last_day(held) or held.trial_until) + DAY
    if first <= today:
        raise Over(str(first))
    _end(held, first, author)
    _note(held, "billing.renewal_stopped", author, day=first.isoformat())
    advance_soon(held)
    return first


@transaction.atomic
def keep_on(*, subscription: Subscription, author: Author) -> None:
    """Take that back before the day has come; twice is once. Raises Over once it has."""
    held = _locked(subscription)
    if held.ended_on is None:
        return
    if held.ended_on <= local_today(held.commune):
        raise Over(str(held.ended_on))
    held.ended_on, held.end_reason, held.ended_by = None, "", ""
    held.save(update_fields=["ended_on", "end_reason", "ended_by"])
    _note(held, "billing.renewal_kept", author)
    advance_soon(held)


@transaction.atomic
def end_now(*, subscription: Subscription, reason: str, author: Author) -> None:
    """End today, whatever was ordered: what was asked for later days is given back by the next run. Twice is once."""
    held = _locked(subscription)
    today = local_today(held.commune)
    if held.ended_on is not None and held.ended_on <= today:
        return
    for term in terms_of(held):
        if (days := days_of(term)) and days.last >= today:
            cut(term, today, author)
    _end(held, today, author)
    _note(held, "billing.ended", author, reason=reason)
    entitle(held, author=name_of(author))
    advance_soon(held)


def cut(term: Term, on: date, author: Author) -> None:
    """Take away from a term its days from one on; one that had not begun has none left."""
    term.cut_on, term.cut_by = max(on, term.first), name_of(author)
    term.save(update_fields=["cut_on", "cut_by"])


def name_of(author: Author) -> str:
    return author.email if isinstance(author, User) else author


def _locked(subscription: Subscription) -> Subscription:
    rows = Subscription.objects.select_for_update(of=("self",)).select_related("commune", "space", "account")
    return rows.get(pk=subscription.pk)


def _end(subscription: Subscription, on: date, author: Author) -> None:
    subscription.ended_on, subscription.ended_by = on, name_of(author)
    subscription.end_reason = Subscription.EndReason.ASKED
    subscription.save(update_fields=["ended_on", "end_reason", "ended_by"])


def _note(subscription: Subscription, verb: str, author: Author, **detail: str) -> None:
    """In the commune's journal, where it has a space."""
    if subscription.space is None:
        return
    by = {} if isinstance(author, User) else {"by": author}
    with entered(subscription.space.here):
        record(verb, author=author if isinstance(author, User) else None, **detail, **by)
