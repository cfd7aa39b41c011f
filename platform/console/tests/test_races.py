"""Two operators who act at once: one decides, the other is told."""

import threading
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.db import connection
from django.test import Client

from billing.models import Payment
from billing.tests.stripes import invoice, payer
from console.actions import AlreadyDecided, accept, ask, refuse, suspend
from console.subscribing import pay
from console.tests.conftest import asked_for, noted, written
from core.accounts.models import User
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from tenants.lifecycle import NotNow
from tenants.models import Commune, Mandate, Space, Suspension
from tests.cast import Cast


def together(*acts: Callable[[], object]) -> list[str]:
    """Run them at once, each on its own connection; say how each ended."""
    start = threading.Barrier(len(acts))
    ended: list[str] = []

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except (AlreadyDecided, NotNow) as error:
            ended.append(type(error).__name__)
        else:
            ended.append("done")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


def operator(cast: Cast) -> User:
    with entered(OPERATOR):
        return User.objects.get(pk=cast.operator.id)


@pytest.mark.parametrize("second", ["accept", "refuse"])
def test_of_two_operators_who_decide_at_once_the_second_is_told(committed_cast: Cast, second: str) -> None:
    mandate, author = asked_for(committed_cast.doux), operator(committed_cast)
    other = {
        "accept": lambda: accept(key=mandate.pk, author=author),
        "refuse": lambda: refuse(key=mandate.pk, reason="Non.", author=author),
    }[second]
    assert together(lambda: accept(key=mandate.pk, author=author), other) == ["AlreadyDecided", "done"]
    mandate.refresh_from_db()
    assert mandate.decision
    assert len(written()) == 1
    assert len([entry for entry in noted() if entry.verb != "leaving.erased"]) == 1
    exists = Space.objects.filter(commune_id=committed_cast.doux.insee).exists()
    assert exists is (mandate.decision == Mandate.Decision.ACCEPTED)


def test_a_question_is_never_put_to_a_space_that_is_gone(committed_cast: Cast) -> None:
    mandate, author = asked_for(committed_cast.doux), operator(committed_cast)
    ended = together(
        lambda: refuse(key=mandate.pk, reason="Non.", author=author),
        lambda: ask(key=mandate.pk, text="Qui ?", author=author),
    )
    assert ended in (["AlreadyDecided", "done"], ["done", "done"])
    assert mandate.messages.count() == ended.count("done") - 1


def test_a_space_is_suspended_once(committed_cast: Cast) -> None:
    space, author = committed_cast.aubin.space, operator(committed_cast)
    acts = [lambda: suspend(space=space, reason="Non.", author=author)] * 2
    assert together(*acts) == ["NotNow", "done"]
    assert Suspension.objects.count() == 1


def test_a_reference_typed_at_once_for_two_invoices_is_said_at_its_field(
    committed_cast: Cast, client_of: Callable[..., Client]
) -> None:
    insee = committed_cast.aubin.insee
    account = payer(Commune.objects.get(pk=insee))
    numbers = [invoice(account, f"FAC-{at}").number for at in range(4)]
    browsers = [client_of(committed_cast.operator) for _number in numbers]
    answers = []

    def types(browser: Client, number: str) -> None:
        said = {"invoice": number, "euros": "12,50", "received_on": "2026-11-02", "reference": "VIR 1"}
        answers.append(browser.post(f"/communes/{insee}/abonnement/virement/", said))

    acts = [partial(types, *each) for each in zip(browsers, numbers, strict=True)]
    assert together(*acts) == ["done"] * 4
    assert sorted(each.status_code for each in answers) == [302, 422, 422, 422]
    for refused in (each for each in answers if each.status_code == 422):
        said = "Cette référence est déjà celle d’un autre paiement : vérifiez-la."
        assert refused.context["form"].errors == {"reference": [said]}
    assert Payment.objects.count() == 1
    assert [entry.verb for entry in noted()].count("subscription.paid") == 1


def test_a_transfer_typed_at_once_is_written_once(committed_cast: Cast) -> None:
    commune, author = Commune.objects.get(pk=committed_cast.aubin.insee), operator(committed_cast)
    asked, new = invoice(payer(commune), "FAC-1"), []
    paid = {"invoice": asked, "cents": 100, "received_on": date(2026, 11, 2), "reference": "VIR 1"}
    assert together(*[lambda: new.append(pay(**paid, commune=commune, author=author))] * 4) == ["done"] * 4
    assert sorted(new) == [False, False, False, True]
    assert Payment.objects.count() == [entry.verb for entry in noted()].count("subscription.paid") == 1
