"""Histories told one after the other, each in a transaction that is taken back."""

import random
from collections import Counter

from django.db import transaction

from billing.models import Term
from billing.tests import stripes
from billing.tests.ends import End, oracle, ours
from billing.tests.histories import History, Weather
from billing.tests.stripes import payer
from deploy.local.stripe import Stripe
from tenants.models import Commune
from tests.cast import Cast
from tests.probing import PROBES


def hold(stripe: Stripe, cast: Cast, seeds: range, *, used: bool) -> None:
    """Tell them all, of a commune that is used there or that only pays, and compare each end."""
    seen, crashes = Counter[str](), Counter[str]()
    term = beginning(cast)
    for seed in seeds:
        with transaction.atomic():
            history = told(stripe, term, seed, used=used)
            found, wanted = ours(history), oracle(history)
            assert found == wanted, f"history {seed}: {found} is not {wanted}"
            seen += counted(history, wanted)
            crashes += history.weather.crashes
            transaction.set_rollback(True)
        stripe.reset()
    print(f"{PROBES}Stripe, {dict(seen)}, broken off {dict(crashes)}")  # noqa: T201
    assert seen["histories"] == len(seeds)
    assert len(crashes) == 3, "each kind of crash was met"


def beginning(cast: Cast) -> Term:
    """What every history begins with: a payer who pays by transfer, and a term that is over."""
    term = stripes.used(payer(Commune.objects.get(space__schema_name=cast.aubin.schema_name), method="transfer"))
    Term.objects.filter(pk=term.pk).update(cut_on=term.first)
    return term


def told(stripe: Stripe, term: Term, seed: int, *, used: bool) -> History:
    chance = random.Random(seed)
    weather = Weather(chance)
    stripe.chance, stripe.trouble = random.Random(seed), weather.trouble
    found = Term.objects.select_related("account__commune").get(pk=term.pk)
    history = History(stripe, found.account, found, weather, used)
    history.run(chance.randrange(1, 5))
    return history


def counted(history: History, end: End) -> Counter[str]:
    return Counter(
        histories=1,
        events=len(history.stripe.events),
        lost=history.lost,
        forged=history.forged,
        payments=sum(1 for cents in end.paid if cents),
        subscriptions=len(list(history.stripe.all("subscription"))),
        mirrors=len(end.subscriptions),
        meddled=history.meddled,
        planted=len(end.told),
    )
