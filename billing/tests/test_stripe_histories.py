"""A thousand histories of Stripe's objects, told in disorder, twice, late or not at all, with crashes anywhere, end in
the state that Stripe's own objects say."""

import logging
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import stripe as library
from django.db import transaction

from billing.models import Term
from billing.tests.direct import Direct
from billing.tests.ends import End, oracle, ours
from billing.tests.histories import History, Weather
from billing.tests.stripes import KEY, SECRET, payer, used
from deploy.local.stripe import Stripe
from tenants.models import Commune
from tests.cast import Cast
from tests.probing import PROBES

BLOCKS, EACH, BY_SOCKETS = 4, 245, 20


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def direct(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Stripe:
    found = Stripe(secret_key=KEY)
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = KEY, SECRET
    settings.STRIPE_API_BASE, settings.STRIPE_RETRIES = f"http://{uuid4().hex}.test", 0
    monkeypatch.setattr(library, "RequestsClient", lambda timeout: Direct(found))
    return found


@pytest.mark.parametrize("block", range(BLOCKS))
def test_every_history_ends_as_its_oracle_says(direct: Stripe, cast: Cast, block: int) -> None:
    hold(direct, cast, range(block * EACH, (block + 1) * EACH))


def test_over_sockets_too(stripe: Stripe, cast: Cast) -> None:
    hold(stripe, cast, range(BLOCKS * EACH, BLOCKS * EACH + BY_SOCKETS))


def hold(stripe: Stripe, cast: Cast, seeds: range) -> None:
    commune = Commune.objects.get(space__schema_name=cast.aubin.schema_name)
    seen, crashes = Counter[str](), Counter[str]()
    term = used(payer(commune))
    Term.objects.filter(pk=term.pk).update(cut_on=term.first)
    for seed in seeds:
        with transaction.atomic():
            history = told(stripe, commune, term, seed)
            found, wanted = ours(history), oracle(history)
            assert found == wanted, f"history {seed}: {found} is not {wanted}"
            seen += counted(history, wanted)
            crashes += history.weather.crashes
            transaction.set_rollback(True)
        stripe.reset()
    print(f"{PROBES}Stripe, {dict(seen)}, broken off {dict(crashes)}")  # noqa: T201
    assert seen["histories"] == len(seeds)
    assert len(crashes) == 3, "each kind of crash was met"


def told(stripe: Stripe, commune: Commune, term: Term, seed: int) -> History:
    chance = random.Random(seed)
    weather = Weather(chance)
    stripe.chance, stripe.trouble = random.Random(seed), weather.trouble
    account = payer(commune, method="transfer", stripe_customer="", stripe_payment_method="")
    history = History(stripe, account, Term.objects.get(pk=term.pk), weather)
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
