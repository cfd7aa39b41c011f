"""When a commune is merged into another: somebody else pays for the rest of what it ordered."""

from datetime import date

from django.db import transaction

from billing.actions.planning import advance_soon
from billing.models import Account, Choice, Subscription, Term
from billing.queries.terms import days_of, modules_on, terms_of


@transaction.atomic
def merge(*, subscription: Subscription, into: Account, on: date, author: str) -> None:
    """From a day on, `into` pays for what this commune uses: each term is cut in two that sum to it to the cent.

    What the first payer was asked for later days is given back by the next run. Merging twice into the same account is
    merging once.
    """
    held = Subscription.objects.select_for_update(of=("self",)).select_related("space").get(pk=subscription.pk)
    for term in terms_of(held):
        days = days_of(term)
        if days is not None and days.last >= on and term.account_id != into.pk:
            _hand_over(term, into, max(on, term.first), author)
    Subscription.objects.filter(pk=held.pk).update(account=into)
    advance_soon(held)


def _hand_over(term: Term, into: Account, on: date, author: str) -> None:
    following = Term.objects.create(
        subscription=term.subscription,
        order=term.order,
        account=into,
        book=term.book,
        population=term.population,
        communes=term.communes,
        rhythm=term.rhythm,
        aligned=term.aligned,
        moment=term.moment,
        first=on,
        last=term.last,
        cut_on=term.cut_on,
        cut_by=term.cut_by,
        continues=term,
    )
    Choice.objects.create(term=following, since=on, modules=sorted(modules_on(term, on)), made_by=author)
    for choice in term.choices.filter(since__gt=on):
        Choice.objects.create(term=following, since=choice.since, modules=choice.modules, made_by=choice.made_by)
    Term.objects.filter(pk=term.pk).update(cut_on=on, cut_by=author)
