"""From the recapitulation to the order, its invoice, a change of modules and the end: once, at the price shown."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from billing.models import Choice, Invoice, Order, Quote, Subscription, Term
from billing.office.tests.conftest import HOME, SIREN, subscribed
from billing.papers import siret_of_siren
from core.audit.models import Entry
from core.delivery.sms.credit import balance
from core.tenancy.context import enter
from tenants.models import Commune
from tests.cast import Cast
from tests.found_forms import forms_in

CHOSEN = {"modules": ["news"], "rhythm": "yearly", "ends": "12", "moment": "start"}
WHO = {"name": "Claire Exemple", "capacity": "Secrétaire de mairie", "siret": siret_of_siren(SIREN)}
RECAP, COMMAND, QUOTE = (f"{HOME}commander/{name}/" for name in ("recapitulatif", "confirmer", "devis"))


def filled(browser: Client, path: str, query: Any, action: str, **more: Any) -> list[tuple[str, str]]:
    """The form of a page that leads there, with these values."""
    page = browser.get(path, query).content.decode()
    form = next(each for each in forms_in(page) if (each.action or path) == action)
    kept = [(name, value) for name, value in form.filled({}) if name not in more]
    return [*kept, *more.items()]


def sent(browser: Client, action: str, pairs: list[tuple[str, Any]]) -> Any:
    data: dict[str, Any] = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    return browser.post(action, data)


def ordered(browser: Client, subscription: Subscription) -> Order:
    pairs = filled(browser, RECAP, CHOSEN, COMMAND, **WHO)
    answer = sent(browser, COMMAND, pairs)
    assert answer.status_code == 302, answer.content.decode()[-6000:]
    return Order.objects.get(quote__account=subscription.account)


def begun(subscription: Subscription) -> None:
    """The trial was over yesterday: what is ordered begins today."""
    subscription.began_on -= timedelta(days=60)
    subscription.trial_until = timezone.localdate() - timedelta(days=1)
    subscription.save()


def test_two_clicks_are_one_order_at_the_price_that_was_shown(
    cast: Cast, subscription: Subscription, administrator: Client
) -> None:
    pairs = filled(administrator, RECAP, CHOSEN, COMMAND, **WHO)
    answers = [sent(administrator, COMMAND, pairs) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [HOME, HOME]
    order = Order.objects.get()
    assert order.quote.net == int(dict(pairs)["expected"])
    assert (order.ordered_by, order.capacity) == ("Claire Exemple", "Secrétaire de mairie")
    assert order.accepted_at
    term = Term.objects.get(subscription=subscription)
    assert term.first == subscription.trial_until + timedelta(days=1)
    subscription.account.refresh_from_db()
    assert subscription.account.siret == WHO["siret"]
    with enter(cast.aubin.schema_name):
        assert Entry.objects.filter(verb="billing.ordered").count() == 1
    page = administrator.get(HOME).content.decode()
    assert "Commande acceptée" in page and "Commande reçue" not in page


@pytest.mark.parametrize("expected", ["0", "1", "-5", "", "zzz", "9" * 40])
def test_an_amount_that_was_tampered_with_orders_nothing(
    expected: str, subscription: Subscription, administrator: Client
) -> None:
    pairs = filled(administrator, RECAP, CHOSEN, COMMAND, **WHO, expected=expected)
    answer = sent(administrator, COMMAND, pairs)
    assert answer.status_code == 409
    assert "Le prix a changé" in answer.content.decode()
    assert not Order.objects.exists()
    assert not Quote.objects.exists()


def test_a_quote_is_made_once_and_ordered_later_in_any_of_three_ways(
    subscription: Subscription, administrator: Client
) -> None:
    pairs = [pair for pair in filled(administrator, RECAP, CHOSEN, COMMAND, **WHO) if pair[0] != "siret"]
    where = {sent(administrator, QUOTE, pairs)["Location"] for _ in range(2)}
    quote = Quote.objects.get()
    (path,) = where
    assert str(quote.pk) in path
    page = administrator.get(path).content.decode()
    assert "Valable jusqu’au" in page
    assert quote.number in administrator.get(HOME).content.decode()
    no_number = administrator.post(path, {**WHO, "means": "purchase_order"})
    assert no_number.status_code == 422
    assert "numéro du bon de commande" in no_number.content.decode()
    no_file = SimpleUploadedFile("devis.pdf", b"nothing like a PDF", "application/pdf")
    assert administrator.post(path, {**WHO, "means": "signed_quote", "signed": no_file}).status_code == 422
    assert not Order.objects.exists()
    for _ in range(2):
        assert administrator.post(path, {**WHO, "means": "purchase_order", "reference": "BC-12"})["Location"] == HOME
    assert Order.objects.get().reference == "BC-12"


def test_a_signed_quote_that_can_be_read_is_kept(subscription: Subscription, administrator: Client) -> None:
    path = sent(administrator, QUOTE, filled(administrator, RECAP, CHOSEN, COMMAND, **WHO))["Location"]
    signed = bytes(Quote.objects.get().paper.content)
    file = SimpleUploadedFile("devis.pdf", signed, "application/pdf")
    assert administrator.post(path, {**WHO, "means": "signed_quote", "signed": file})["Location"] == HOME
    order = Order.objects.get()
    answer = administrator.get(f"{HOME}documents/devis-signes/{order.pk}/")
    assert answer.content == signed


def test_another_communes_quote_is_not_there(cast: Cast, subscription: Subscription, administrator: Client) -> None:
    sent(administrator, QUOTE, filled(administrator, RECAP, CHOSEN, COMMAND, **WHO))
    quote = Quote.objects.get()
    Quote.objects.filter(pk=quote.pk).update(account=subscribed(cast.belleville).account)
    path = f"{HOME}devis/{quote.pk}/"
    assert administrator.get(path).status_code == 404
    assert administrator.post(path, {**WHO, "means": "online"}).status_code == 404
    assert not Order.objects.exists()


def test_the_accountant_reads_and_orders_nothing(subscription: Subscription, accountant: Client) -> None:
    for path in (RECAP, COMMAND, QUOTE, f"{HOME}modifier/", f"{HOME}sms/", f"{HOME}fin/"):
        assert accountant.get(path).status_code == 403
        assert accountant.post(path, CHOSEN | WHO).status_code == 403


def test_a_change_is_shown_then_accepted_once_and_refused_when_its_price_is_another(
    subscription: Subscription, administrator: Client
) -> None:
    begun(subscription)
    ordered(administrator, subscription)
    path = f"{HOME}modifier/"
    shown = administrator.get(path, {"ajouter": "alerts"}).content.decode()
    now = int(re.search(r'name="expected" value="(-?\d+)"', shown)[1])  # type: ignore[index]
    assert now > 0
    more = {"choisi": "1", "modules": ["news", "alerts"]}
    for wrong in ("0", str(now + 1), "", "abc"):
        assert administrator.post(path, {**more, "expected": wrong}).status_code in {409, 422}
    assert Choice.objects.count() == 1
    before = Invoice.objects.count()
    for _ in range(2):
        assert administrator.post(path, {**more, "expected": str(now)})["Location"] == HOME
    assert set(Choice.objects.order_by("-pk")[0].modules) == {"news", "alerts"}
    assert Invoice.objects.count() == before + 1
    less = administrator.get(path, {"choisi": "1", "modules": ["news"]}).content.decode()
    assert "Rien n’est effacé" in less


@pytest.mark.parametrize("path", [HOME, f"{HOME}modifier/", "/mairie/modules/"])
def test_the_census_moves_no_price_of_a_term_that_runs(
    path: str, subscription: Subscription, administrator: Client
) -> None:
    begun(subscription)
    ordered(administrator, subscription)
    before = re.findall(r'class="amount" value="(-?\d+)"', administrator.get(path).content.decode())
    Commune.objects.filter(pk=subscription.commune_id).update(population=60_000)
    assert re.findall(r'class="amount" value="(-?\d+)"', administrator.get(path).content.decode()) == before != []


def test_sms_are_credited_at_once_and_bought_once(
    cast: Cast, subscription: Subscription, administrator: Client
) -> None:
    path = f"{HOME}sms/"
    with enter(cast.aubin.schema_name):
        before = balance()
    pairs = filled(administrator, path, {}, path, **WHO, pack="500")
    tampered = [(name, "1" if name == "cents-500" else value) for name, value in pairs]
    assert sent(administrator, path, tampered).status_code == 409
    assert sent(administrator, path, filled(administrator, path, {}, path, **WHO, pack="7")).status_code == 422
    for _ in range(2):
        assert sent(administrator, path, pairs)["Location"] == HOME
    with enter(cast.aubin.schema_name):
        assert balance() == before + 500
    assert Invoice.objects.get().number in administrator.get(f"{HOME}documents/").content.decode()


def test_not_going_on_is_said_and_taken_back(subscription: Subscription, administrator: Client) -> None:
    begun(subscription)
    ordered(administrator, subscription)
    path = f"{HOME}fin/"
    assert "certificat" in administrator.get(path).content.decode()
    for _ in range(2):
        assert administrator.post(path)["Location"] == path
    assert "ne renouvellera pas" in administrator.get(path).content.decode()
    for _ in range(2):
        assert administrator.post(path, {"encore": "1"})["Location"] == path
    subscription.refresh_from_db()
    assert subscription.ended_on is None
