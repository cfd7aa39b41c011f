"""What the office says to who comes back from Stripe's page: what is true by then, and nothing of another's invoice."""

from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from billing.collecting import hear, payment_url
from billing.models import Account, Invoice
from billing.office.tests.conftest import HOME, subscribed
from billing.tests.stripes import give, invoice
from deploy.local.stripe import Stripe, paying
from tests.cast import Cast

Of = Callable[..., Client]


@pytest.fixture
def account(cast: Cast) -> Account:
    return subscribed(cast.aubin).account


@pytest.fixture
def office(cast: Cast, client_of: Of) -> Client:
    return client_of(cast.aubin.administrator)


@pytest.fixture
def asked(account: Account) -> Invoice:
    return invoice(account, "FAC-1")


def led(office: Client, stripe: Stripe, path: str) -> Any:
    """The page of Stripe's that a button leads to."""
    return stripe.held[office.post(path)["Location"].rsplit("/", 1)[1]]


def read(office: Client, url: str) -> str:
    parts = urlsplit(url)
    return unescape(office.get(f"{parts.path}?{parts.query}").content.decode())


def told(stripe: Stripe) -> None:
    for event in stripe.untold():
        hear(event)


def test_who_gives_up_reads_that_nothing_is_paid(stripe: Stripe, office: Client, asked: Invoice) -> None:
    page = led(office, stripe, f"{HOME}payer/{asked.pk}/")
    assert page["cancel_url"] != page["success_url"]
    words = read(office, page["cancel_url"])
    assert "La facture FAC-1 n’est pas payée, et rien n’est débité." in words
    assert "Payer en ligne" in words


def test_who_paid_reads_what_is_known_by_then(stripe: Stripe, office: Client, asked: Invoice) -> None:
    page = led(office, stripe, f"{HOME}payer/{asked.pk}/")
    assert give(stripe, page["url"], "4242", "card")
    words = read(office, page["success_url"])
    assert "Le paiement de la facture FAC-1 est transmis." in words
    assert "Payer en ligne" not in words
    told(stripe)
    words = read(office, page["success_url"])
    assert "La facture FAC-1 est payée. Merci." in words
    assert "Payer en ligne" not in words
    assert "n’est pas payée" not in read(office, page["cancel_url"]), "an old address does not lie"


def test_what_a_bank_has_is_not_asked_for_again(stripe: Stripe, office: Client, asked: Invoice) -> None:
    page = led(office, stripe, f"{HOME}payer/{asked.pk}/")
    give(stripe, page["url"])
    told(stripe)
    words = read(office, page["success_url"])
    assert "est en cours à la banque. Rien d’autre à faire." in words
    assert "paiement en cours à la banque" in words
    assert "Payer en ligne" not in words
    paying.settle_all(stripe)
    told(stripe)
    assert "La facture FAC-1 est payée. Merci." in read(office, page["success_url"])


@pytest.mark.parametrize(
    "query", ["?paye=zzz", "?laisse=", "?paye=%00", "?laisse=019ad000-0000-7000-8000-000000000000"]
)
def test_an_address_that_names_nothing_says_nothing(office: Client, asked: Invoice, query: str) -> None:
    answer = office.get(f"{HOME}{query}")
    assert answer.status_code == 200
    assert answer.context["back"] is None


def test_another_communes_invoice_is_not_spoken_of(cast: Cast, office: Client, account: Account) -> None:
    theirs = invoice(subscribed(cast.belleville).account, "FAC-9")
    assert "FAC-9" not in office.get(HOME, {"laisse": str(theirs.pk)}).content.decode()


def test_a_means_of_payment_is_said_given_or_not(stripe: Stripe, office: Client, account: Account) -> None:
    page = led(office, stripe, f"{HOME}paiement/moyen/")
    assert "Aucun nouveau moyen de paiement n’est enregistré" in read(office, page["cancel_url"])
    assert give(stripe, page["url"])
    assert "Votre moyen de paiement est transmis." in read(office, page["success_url"])
    told(stripe)
    words = read(office, page["success_url"])
    assert "Un moyen de paiement est enregistré." in words
    assert "transmis" not in words


def test_who_asks_without_a_second_address_comes_back_to_the_first(stripe: Stripe, asked: Invoice) -> None:
    url = payment_url(asked, "https://example.org/")
    page = stripe.held[url.rsplit("/", 1)[1]]
    assert page["success_url"] == page["cancel_url"] == "https://example.org/"
