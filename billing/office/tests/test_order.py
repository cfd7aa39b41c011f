"""Choosing and reading the price: what is shown is what the book says, and nothing is kept."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from billing.models import Order, Quote, Subscription
from billing.office.pricing import Choice, offer_of
from billing.office.tests.conftest import HOME
from billing.prices import Rhythm
from billing.queries.books import book_in_force

ORDER, PRICE, RECAP = f"{HOME}commander/", f"{HOME}commander/prix/", f"{HOME}commander/recapitulatif/"
CHOSEN = {"modules": ["news"], "rhythm": "yearly", "ends": "12", "moment": "end"}


def amounts(page: str) -> list[int]:
    return [int(cents) for cents in re.findall(r'<data class="amount" value="(-?\d+)"', page)]


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("modules", "casino", "n’est plus au catalogue"),
        ("rhythm", "weekly", "par an ou par mois"),
        ("ends", "jamais", "une des deux fins"),
        ("moment", "", "Choisissez quand"),
    ],
)
def test_a_wrong_choice_is_said_and_the_rest_is_kept(
    name: str, typed: str, sentence: str, subscription: Subscription, administrator: Client
) -> None:
    answer = administrator.get(RECAP, CHOSEN | {name: typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    if name != "modules":
        assert re.search(r'value="news" id="id_modules_\d" checked', page)


def test_no_module_is_no_order(subscription: Subscription, administrator: Client) -> None:
    answer = administrator.get(RECAP, {**CHOSEN, "modules": []})
    assert answer.status_code == 422
    assert "au moins un module" in answer.content.decode()


@pytest.mark.parametrize("rhythm", list(Rhythm))
@pytest.mark.parametrize("ends", ["12", "31-12"])
def test_the_price_shown_is_the_books_for_this_commune(
    rhythm: Rhythm, ends: str, subscription: Subscription, administrator: Client
) -> None:
    start = subscription.trial_until + timedelta(days=1)
    choice = Choice(frozenset({"news"}), rhythm, ends == "31-12", start)
    offer = offer_of(book_in_force(), subscription.commune, choice)
    for path in (PRICE, RECAP):
        page = administrator.get(path, CHOSEN | {"rhythm": rhythm.value, "ends": ends}).content.decode()
        assert {offer.listed.net, offer.listed.total} <= set(amounts(page))
    assert {offer.due.net, offer.due.vat, offer.due.total} <= set(amounts(page))


def test_a_pack_that_costs_less_is_shown_with_what_it_adds(subscription: Subscription, administrator: Client) -> None:
    page = administrator.get(PRICE, CHOSEN | {"modules": ["news", "alerts"]}).content.decode()
    book = book_in_force()
    pack = next(iter(book.packs))
    assert pack.label in page
    assert "Il comprend aussi" in page


def test_looking_costs_nothing_and_keeps_nothing(subscription: Subscription, administrator: Client) -> None:
    for path in (ORDER, PRICE, RECAP, f"{HOME}sms/", f"{HOME}fin/", HOME):
        administrator.get(path, CHOSEN)
        with CaptureQueriesContext(connection) as caught:
            assert administrator.get(path, CHOSEN).status_code == 200, path
        assert len(caught) <= 25, (path, len(caught))
    assert not Order.objects.exists()
    assert not Quote.objects.exists()


def test_who_orders_says_their_name_and_function_and_a_siret_that_holds(
    subscription: Subscription, administrator: Client
) -> None:
    for path in ("confirmer", "devis"):
        answer = administrator.post(f"{ORDER}{path}/", CHOSEN | {"name": "", "capacity": "Greffier"})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Écrivez votre prénom et votre nom." in page
        assert "Greffier" in page
    wrong = CHOSEN | {"name": "Claire", "capacity": "Maire", "siret": "123"}
    assert "14 chiffres" in administrator.post(f"{ORDER}confirmer/", wrong).content.decode()
    assert not Order.objects.exists()
