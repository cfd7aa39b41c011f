"""Doing what is due of a subscription: invoices, its end, its rights, words, its erasure. Once each, in order.

Each step is a transaction of its own, under a lock on the subscription, and does nothing the second time: two workers,
or one that died halfway, leave what one would have. After weeks without a run, only the last word of each kind is sent.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from billing.actions.entitling import entitle, keep_trial_whole
from billing.actions.erasing import erase
from billing.actions.invoicing import invoice_sms, invoice_term
from billing.actions.letters import readers, reading_only, write
from billing.actions.planning import next_run
from billing.actions.warning import warn
from billing.models import Notice, Subscription
from billing.queries.days import local_today
from billing.queries.money import sms_taken_back
from billing.queries.situation import READ_ONLY_TOLD, standing_of
from billing.queries.standing import State
from billing.queries.terms import last_day, running
from core.accounts.actions import PLATFORM
from tenants.lifecycle import end_writing, tell_end
from tenants.models import Space

logger = logging.getLogger(__name__)


def advance(subscription: Subscription) -> datetime | None:
    """Do all that is due; return when to come again, None once nothing is left.

    A step that fails stops no other but the erasure, and is tried again: its error is raised last.
    """
    failure: Exception | None = None
    for step in (wait, invoice, turn, give_rights, warn):
        try:
            _alone(subscription, step)
        except Exception as error:
            logger.exception("%s of the subscription %s is not done", step.__name__, subscription.pk)
            failure = failure or error
    if failure is not None:
        raise failure
    _alone(subscription, erase)
    rows = Subscription.objects.select_related("commune", "space").filter(pk=subscription.pk, erased_at=None)
    found = rows.exclude(space=None).first()
    return next_run(found) if found else None


@transaction.atomic
def _alone(subscription: Subscription, step: Callable[[Subscription], None]) -> None:
    rows = Subscription.objects.select_for_update(of=("self",)).select_related("commune", "space", "account")
    held = rows.get(pk=subscription.pk)
    if held.erased_at is None:
        step(held)


def wait(subscription: Subscription) -> None:
    """Let no trial pass while the operator has not answered yet."""
    if subscription.space and subscription.space.state == Space.State.PENDING:
        keep_trial_whole(subscription.space, author=PLATFORM)
        subscription.refresh_from_db(fields=["trial_until", "ended_on", "end_reason", "ended_by"])


def invoice(subscription: Subscription) -> None:
    """Ask for the periods that are due, and anew for SMS whose invoice was cancelled."""
    today = local_today(subscription.commune)
    for term in running(subscription, today):
        invoice_term(term, today, author=PLATFORM)
    for order in sms_taken_back(subscription).select_related("quote__account", "quote__book"):
        invoice_sms(order, author=PLATFORM)


def turn(subscription: Subscription) -> None:
    """Let the space be read only once nothing is given any more; rights open it again once something is."""
    space = subscription.space
    if space is None:
        return
    standing = standing_of(subscription)
    if standing.state in (State.READ_ONLY, State.ENDED):
        _end(subscription, space)
        return
    if subscription.ended_on is not None and _reaches(subscription, subscription.ended_on):
        _forget_end(subscription)


def _end(subscription: Subscription, space: Space) -> None:
    """Say that it is over, once; the days before the erasure count from there."""
    standing = standing_of(subscription)
    until = standing.erased_after
    if until is not None:
        _note_end(subscription, standing.since)
        _, new = Notice.objects.get_or_create(subscription=subscription, name=f"{READ_ONLY_TOLD}{standing.since}")
        if new:
            until = standing_of(subscription).erased_after or until
            write(reading_only(subscription, until), readers(subscription))
    if space.state == Space.State.ACTIVE:
        end_writing(space=space, until=until)
    elif space.state == Space.State.READ_ONLY:
        tell_end(space=space, until=until)


def _note_end(subscription: Subscription, since: date) -> None:
    """Why it is over, where nobody asked for it."""
    if subscription.ended_on is None or subscription.ended_on < since:
        reasons = Subscription.EndReason
        subscription.ended_on, subscription.ended_by = since, PLATFORM
        subscription.end_reason = reasons.TERM_OVER if subscription.terms.exists() else reasons.TRIAL_OVER
        subscription.save(update_fields=["ended_on", "end_reason", "ended_by"])


def _reaches(subscription: Subscription, day: date) -> bool:
    last = last_day(subscription)
    return last is not None and last >= day


def _forget_end(subscription: Subscription) -> None:
    """It was ordered again."""
    subscription.ended_on, subscription.end_reason, subscription.ended_by = None, "", ""
    subscription.save(update_fields=["ended_on", "end_reason", "ended_by"])


def give_rights(subscription: Subscription) -> None:
    entitle(subscription, author=PLATFORM)
