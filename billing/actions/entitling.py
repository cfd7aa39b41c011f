"""Writing entitlements: here and nowhere else."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from billing.actions.planning import advance_soon, plan
from billing.models import Account, Grant, Subscription, Term
from billing.prices import term_of
from billing.queries.books import book_in_force
from billing.queries.days import local_today, start_of
from billing.queries.offers import Buyer
from billing.queries.rights import DAY, rights, stretches_of
from billing.queries.situation import standing_of, waiting_order
from billing.queries.terms import days_of, terms_of
from core.tenancy.due import unpark
from tenants.lifecycle import reopen
from tenants.models import Commune, Entitlement, Space
from tenants.switches import entitled_modules


@transaction.atomic
def begin_trial(space: Space, *, author: str) -> Subscription:
    """Open a commune's subscription: every module for the days of the price book in force, nothing asked.

    What was ordered for the commune before it opened is found again. Raises NoPrices.
    """
    assert space.commune is not None
    commune = space.commune
    first = local_today(commune)
    days = book_in_force().trial_days
    waits = Subscription.objects.filter(commune=commune, space=None, erased_at=None, ended_on=None)
    subscription = waits.order_by("began_on").first() or Subscription(
        commune=commune, account=account_of(commune, author=author), began_on=first
    )
    subscription.space = space
    subscription.trial_until = first + timedelta(days=days - 1)
    subscription.began_on = min(subscription.began_on, first)
    subscription.save()
    entitle(subscription, author=author)
    plan(subscription)
    return subscription


@transaction.atomic
def keep_trial_whole(space: Space, *, author: str) -> None:
    """Count the days of a trial from today: waiting for the operator's word on a mandate takes none of them.

    A trial that an order follows keeps its days: what was ordered begins where they end.
    """
    held = Subscription.objects.select_for_update(of=("self",)).select_related("space", "commune").get(space=space)
    whole = local_today(held.commune) + (book_in_force().trial_days - 1) * DAY
    if not held.began_on <= held.trial_until < whole or held.terms.exists() or waiting_order(held):
        return
    held.trial_until, held.ended_on, held.end_reason, held.ended_by = whole, None, "", ""
    held.save(update_fields=["trial_until", "ended_on", "end_reason", "ended_by"])
    entitle(held, author=author)


@transaction.atomic
def begin_service(space: Space, *, author: str) -> None:
    """The mandate is accepted: the days of the trial, or those that were ordered before, count from today."""
    keep_trial_whole(space, author=author)
    held = Subscription.objects.select_for_update(of=("self",)).select_related("space", "commune").get(space=space)
    if _from(held, local_today(held.commune), author):
        entitle(held, author=author)
        advance_soon(held)


def _from(subscription: Subscription, today: date, author: str) -> bool:
    """Move what was ordered and not given yet: twelve months stay twelve months, the rest of a year gets shorter."""
    ends: dict[UUID | None, date] = {}
    free = today
    for term in terms_of(subscription):
        last = ends.get(term.continues_id)
        if (last or term.first < free) and not term.invoices.exists():
            _move(term, free, last, author)
            ends[term.pk] = term.last
        if days := days_of(term):
            free = max(free, days.last + DAY)
    return bool(ends)


def _move(term: Term, free: date, last: date | None, author: str) -> None:
    """To a first day that is given; `last` is that of the term that it continues. What was cut before has no day."""
    first = max(term.first, free)
    if not term.aligned:
        term.first, term.last = first, last or term_of(first, aligned=False).last
    elif first <= term.last:
        term.first = first
    else:
        term.cut_on, term.cut_by = term.first, author
    if term.cut_on is not None:
        term.cut_on = max(term.cut_on, term.first)
    term.save(update_fields=["first", "last", "cut_on", "cut_by"])


def account_of(commune: Commune, *, author: str) -> Account:
    """The account by which a commune pays for itself, made as the directory knows it."""
    buyer = Buyer.commune(commune)
    return Account.objects.get_or_create(
        commune=commune,
        defaults={
            "kind": Account.Kind.COMMUNE,
            "name": buyer.name,
            "siren": buyer.siren,
            "departement": buyer.departement,
            "postal_code": buyer.postal_code,
            "city": buyer.city[:80],
            "changed_by": author,
        },
    )[0]


@transaction.atomic
def give(*, space: Space, modules: Iterable[str], reason: str, until: date | None, author: str) -> list[Grant]:
    """Give modules, and all that they need, until a day included or without an end; what is given already is left."""
    held = Space.objects.select_for_update(of=("self",)).select_related("commune").get(pk=space.pk)
    over = Q(until__lt=local_today(held.commune))
    held.grants.filter(over, withdrawn_at=None).update(withdrawn_at=timezone.now(), withdrawn_by=author)
    known = set(held.grants.filter(withdrawn_at=None).values_list("module", flat=True))
    made = [
        Grant.objects.create(space=held, module=slug, reason=reason, until=until, given_by=author)
        for slug in sorted(settings.CATALOGUE.closed(modules) - known)
    ]
    _entitle_space(held, author)
    return made


@transaction.atomic
def withdraw(*, grant: Grant, author: str) -> None:
    """Take a gift back, from now on; twice is once."""
    held = Grant.objects.select_for_update(of=("self",)).select_related("space").get(pk=grant.pk)
    if held.withdrawn_at is None:
        held.withdrawn_at, held.withdrawn_by = timezone.now(), author
        held.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _entitle_space(held.space, author)


def _entitle_space(space: Space, author: str) -> None:
    found = Subscription.objects.filter(space=space).first()
    if found is not None:
        entitle(found, author=author)


@transaction.atomic
def entitle(subscription: Subscription, *, author: str) -> None:
    """Write the rights that a commune has today: those of its trial, its term and its gifts, or of a space to be read.

    Switches are left as they are: what has no right any more is off by itself, and on again when it has one. A space
    that could only be read is written in again at once.
    """
    if subscription.space_id is None:
        return
    space = Space.objects.select_for_update(of=("self",)).select_related("commune").get(pk=subscription.space_id)
    assert space.commune is not None
    today = local_today(space.commune)
    before = entitled_modules(space)
    if space.state == Space.State.READ_ONLY and standing_of(subscription, today).writes:
        reopen(space=space)
    wanted = {
        (module, source.value): None if last is None else start_of(last + DAY, space.commune)
        for (module, source), last in rights(stretches_of(subscription, today), today).items()
    }
    if _write(space, wanted, author):
        for module in entitled_modules(space) - before:
            unpark(space.schema_name, module)
        space.changed()


def _write(space: Space, wanted: dict[tuple[str, str], datetime | None], author: str) -> bool:
    """Bring the rows to what is wanted; tell whether one moved."""
    now, moved = timezone.now(), False
    for row in space.entitlements.all():
        key = (row.module, row.source)
        live = row.until is None or row.until > now
        if key not in wanted:
            if live:
                Entitlement.objects.filter(pk=row.pk).update(until=now, author=author)
                moved = True
        elif (until := wanted.pop(key)) != row.until:
            since = row.since if live else now
            Entitlement.objects.filter(pk=row.pk).update(until=until, since=since, author=author)
            moved = True
    Entitlement.objects.bulk_create(
        Entitlement(space=space, module=module, source=source, until=until, author=author)
        for (module, source), until in sorted(wanted.items(), key=lambda one: one[0])
    )
    return moved or bool(wanted)
