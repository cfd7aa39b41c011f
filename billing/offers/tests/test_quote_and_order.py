"""Asking for a quote and ordering it, from the portal: refusals first, then once whatever is sent twice."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from billing.actions.forgetting import FORGET, forget_contacts, forgotten_on
from billing.actions.ordering import accept_order, refuse_order
from billing.models import Account, Order, Quote
from billing.papers import siret_of_siren
from core.delivery.models import OutgoingEmail
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from core.tenancy.models import DueWork
from tenants.models import Commune
from tests.cast import Cast

On = Callable[[str], Client]
SIREN = "732829320"
WHO = {"name": "Claire Martin", "capacity": "Maire", "email": "claire@exemple.fr"}
CHOICE = {"modules": ["news"], "rhythm": "yearly", "ends": "12"}
ORDER = {**WHO, "means": "purchase_order", "reference": "BC-7", "siret": siret_of_siren(SIREN), "moment": "end"}


@pytest.fixture
def portal(cast: Cast, client_on: On) -> Client:
    Commune.objects.update(epci_siren="200000016", siren=SIREN)
    Account.objects.update(siren=SIREN)
    return client_on(cast.portal_host)


@pytest.fixture
def quote(portal: Client, cast: Cast) -> Quote:
    assert portal.post(f"/devis/commune/{cast.calme_insee}/", {**CHOICE, **WHO}).status_code == 302
    return Quote.objects.get()


def address(quote: Quote, more: str = "") -> str:
    return f"/devis/{quote.pk}/{more}"


def letters() -> list[str]:
    with entered(OPERATOR):
        return [each.recipient for each in OutgoingEmail.objects.order_by("created_at", "pk")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"modules": []},
        {"modules": ["news", "zq"]},
        {"modules": ["../news"]},
        {"rhythm": "weekly"},
        {"ends": "x"},
        {"start": "2000-01-01"},
        {"start": "9999-12-31"},
        {"name": ""},
        {"name": "http://exemple.fr"},
        {"capacity": ""},
        {"email": "personne"},
        {"email": "a@exemple.fr,b@exemple.fr"},
    ],
)
def test_a_quote_that_cannot_be_is_said_at_its_field(portal: Client, cast: Cast, wrong: dict[str, Any]) -> None:
    page = portal.post(f"/devis/commune/{cast.calme_insee}/", {**CHOICE, **WHO, **wrong})
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == wrong.keys()
    assert 'class="summary"' in page.content.decode()
    assert not Quote.objects.exists() and not letters()


def test_one_address_is_not_written_to_without_end(portal: Client, cast: Cast) -> None:
    statuses = []
    for number in range(7):
        portal.defaults["HTTP_X_FORWARDED_FOR"] = f"10.0.0.{number}"
        said = {**CHOICE, **WHO, "name": f"Claire {'abcdefg'[number]}"}
        statuses.append(portal.post(f"/devis/commune/{cast.calme_insee}/", said).status_code)
    assert statuses == [302] * 5 + [429] * 2
    assert len(letters()) == 5


def test_one_connection_does_not_ask_without_end(portal: Client, cast: Cast) -> None:
    statuses = [
        portal.post(f"/devis/commune/{cast.calme_insee}/", {**CHOICE, **WHO, "email": f"a{n}@exemple.fr"}).status_code
        for n in range(22)
    ]
    assert statuses == [302] * 20 + [429] * 2


def test_a_quote_is_made_and_sent_once(portal: Client, cast: Cast, quote: Quote) -> None:
    again = portal.post(f"/devis/commune/{cast.calme_insee}/", {**CHOICE, **WHO})
    assert again.headers["Location"] == address(quote)
    assert Quote.objects.count() == 1
    assert letters() == ["claire@exemple.fr"]
    with entered(OPERATOR):
        text = OutgoingEmail.objects.get().text
    assert f"https://beffroi.test/devis/{quote.pk}/" in text
    assert "Claire" not in text, "a stranger's words are mailed to nobody"
    other = portal.post(f"/devis/commune/{cast.calme_insee}/", {**CHOICE, **WHO, "modules": ["news", "alerts"]})
    assert other.headers["Location"] != address(quote)


def test_what_was_shown_is_what_is_quoted(portal: Client, cast: Cast) -> None:
    said = {**CHOICE, "ends": "31-12", "modules": ["news", "alerts"]}
    draft = portal.get(f"/devis/commune/{cast.calme_insee}/prix/", said).context["draft"]
    portal.post(f"/devis/commune/{cast.calme_insee}/", {**said, **WHO})
    assert Quote.objects.get().net == draft.due


def test_an_intercommunality_is_quoted_for_its_communes(portal: Client, cast: Cast) -> None:
    said = {**CHOICE, **WHO, "c": ["23031", "08147"]}
    assert portal.post("/devis/intercommunalite/200000016/modules/", said).status_code == 302
    quote = Quote.objects.get()
    assert (quote.account.kind, quote.account.siren) == ("group", "200000016")
    assert [each["insee"] for each in quote.content["communes"]] == ["23031", "08147"]
    page = portal.get(address(quote)).content.decode()
    assert "CC du Beffroi" in page and "2 communes" in page


def test_a_quote_is_at_its_secret_address_and_no_other(portal: Client, quote: Quote) -> None:
    page = portal.get(address(quote))
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin", "no other site is told the address"
    for more in ("", "devis.pdf", "deliberation.pdf", "commander/", "refaire/", "commande.pdf"):
        assert portal.get(f"/devis/{uuid4()}/{more}").status_code == 404
    assert portal.get(f"/devis/{quote.number}/").status_code == 404
    assert portal.get(address(quote, "commande.pdf")).status_code == 404, "nothing is ordered yet"


@pytest.mark.parametrize("paper", ["devis.pdf", "deliberation.pdf"])
def test_its_papers_are_downloads(portal: Client, quote: Quote, paper: str) -> None:
    file = portal.get(address(quote, paper))
    assert file.content.startswith(b"%PDF")
    assert file["Content-Disposition"].startswith("attachment")
    assert "no-store" in file["Cache-Control"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"siret": ""}, "siret"),
        ({"siret": "123"}, "siret"),
        ({"siret": "7328293200007A"}, "siret"),
        ({"siret": str(int(siret_of_siren(SIREN)) + 1)}, "siret"),
        ({"siret": siret_of_siren("356000000")}, "siret"),
        ({"reference": " "}, "reference"),
        ({"means": "online"}, "means"),
        ({"means": "signed_quote"}, "signed"),
        ({"moment": "never"}, "moment"),
        ({"name": "<b>"}, "name"),
        ({"email": ""}, "email"),
    ],
)
def test_an_order_that_cannot_be_is_said_at_its_field(
    portal: Client, quote: Quote, wrong: dict[str, str], field: str
) -> None:
    page = portal.post(address(quote, "commander/"), {**ORDER, **wrong})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {field}
    assert not Order.objects.exists()


@pytest.mark.parametrize("data", [b"", b"MZ not a pdf", b"%PDF-1.7 cut short", b"<html>%PDF"])
def test_a_signed_quote_is_really_a_pdf(portal: Client, quote: Quote, data: bytes) -> None:
    file = SimpleUploadedFile("devis.pdf", data, "application/pdf")
    page = portal.post(address(quote, "commander/"), {**ORDER, "means": "signed_quote", "signed": file})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"signed"}
    assert not Order.objects.exists()


def test_all_that_is_wrong_is_said_at_once_and_what_was_typed_is_kept(portal: Client, quote: Quote) -> None:
    wrong_key = str(int(siret_of_siren(SIREN)) + 1)
    page = portal.post(address(quote, "commander/"), {**ORDER, "siret": wrong_key, "reference": "", "engagement": "E1"})
    form = page.context["form"]
    assert set(form.errors) == {"siret", "reference"}
    assert (form["siret"].value(), form["engagement"].value()) == (wrong_key, "E1")


def test_a_file_that_a_page_cannot_keep_is_asked_for_again(portal: Client, quote: Quote) -> None:
    file = SimpleUploadedFile("devis.pdf", portal.get(address(quote, "devis.pdf")).content, "application/pdf")
    said = {**ORDER, "means": "signed_quote", "siret": "123", "signed": file}
    page = portal.post(address(quote, "commander/"), said)
    assert "Choisissez de nouveau ce fichier" in str(page.context["form"].errors["signed"])
    assert not Order.objects.exists()


def test_what_one_of_two_ways_needs_is_not_said_optional(portal: Client, quote: Quote) -> None:
    page = portal.get(address(quote, "commander/")).content.decode()
    labels = re.findall(r"<label for=[^>]*>(.*?)</label>", page)
    assert "Le devis signé" in labels and "Numéro du bon de commande" in labels
    assert "Code service <small>(facultatif)</small>" in labels


def test_a_signed_quote_is_not_too_heavy(portal: Client, quote: Quote) -> None:
    file = SimpleUploadedFile("devis.pdf", b"%PDF" + b"0" * (10 * 1024 * 1024), "application/pdf")
    page = portal.post(address(quote, "commander/"), {**ORDER, "means": "signed_quote", "signed": file})
    assert "10 Mo au plus" in str(page.context["form"].errors["signed"])


def test_a_signed_quote_is_kept_as_it_was_sent(portal: Client, quote: Quote) -> None:
    signed = portal.get(address(quote, "devis.pdf")).content
    file = SimpleUploadedFile("devis.pdf", signed, "application/pdf")
    assert (
        portal.post(address(quote, "commander/"), {**ORDER, "means": "signed_quote", "signed": file}).status_code == 302
    )
    assert bytes(Order.objects.get().signed.content) == signed


def test_two_clicks_are_one_order(portal: Client, quote: Quote) -> None:
    for _ in range(2):
        assert portal.post(address(quote, "commander/"), ORDER).headers["Location"] == address(quote)
    order = Order.objects.get()
    assert (order.siret, order.reference, order.accepted_at) == (siret_of_siren(SIREN), "BC-7", None)
    assert letters().count("claire@exemple.fr") == 2, "the quote, and that the order came"
    page = portal.get(address(quote)).content.decode()
    assert order.number in page and "commande reçue" in page
    assert "/ouvrir/23031/" in page, "the commune has no space to begin in"
    assert portal.get(address(quote, "commander/")).status_code == 302


def test_what_became_of_an_order_is_on_its_page(portal: Client, quote: Quote) -> None:
    portal.post(address(quote, "commander/"), ORDER)
    accept_order(order=Order.objects.get(), author="operator@beffroi.test")
    page = portal.get(address(quote)).content.decode()
    assert "commande acceptée" in page
    assert "operator@beffroi.test" not in page


def test_a_refusal_says_why(portal: Client, quote: Quote) -> None:
    portal.post(address(quote, "commander/"), ORDER)
    refuse_order(order=Order.objects.get(), reason="La signature manque <ici>.", author="operator@beffroi.test")
    page = portal.get(address(quote)).content.decode()
    assert "commande refusée" in page and "La signature manque &lt;ici&gt;." in page


def test_a_quote_that_is_over_is_made_again_at_todays_price(portal: Client, quote: Quote) -> None:
    assert portal.post(address(quote, "refaire/")).headers["Location"] == address(quote), "it is still good"
    aged(quote, days=91)
    page = portal.get(address(quote)).content.decode()
    assert "n’est plus valable" in page and "refaire/" in page
    assert portal.post(address(quote, "commander/"), ORDER).headers["Location"] == address(quote)
    assert not Order.objects.exists()
    fresh = [portal.post(address(quote, "refaire/")).headers["Location"] for _ in range(2)]
    assert fresh[0] == fresh[1] != address(quote)
    assert Quote.objects.count() == 2


def test_a_quote_whose_days_were_ordered_since_is_not_made_again(portal: Client, quote: Quote, cast: Cast) -> None:
    portal.post(f"/devis/commune/{cast.calme_insee}/", {**CHOICE, **WHO, "rhythm": "monthly"})
    other = Quote.objects.exclude(pk=quote.pk).get()
    portal.post(address(other, "commander/"), ORDER)
    accept_order(order=Order.objects.get(), author="operator@beffroi.test")
    aged(quote, days=91)
    page = portal.post(address(quote, "refaire/"))
    assert page.status_code == 409
    assert "Des jours de ce devis sont déjà commandés" in page.content.decode()
    assert Quote.objects.count() == 2


def test_who_asked_is_forgotten_a_year_after_a_quote_that_nobody_ordered(portal: Client, quote: Quote) -> None:
    assert DueWork.objects.filter(schema_name=OPERATOR.schema_name, job=FORGET).exists()
    page = portal.get(address(quote)).content.decode()
    assert str(forgotten_on(quote).year) in page
    aged(quote, days=90 + 364)
    assert forget_contacts() is not None
    quote.refresh_from_db()
    assert quote.contact_email
    aged(quote, days=90 + 368)
    assert forget_contacts() is None
    quote.refresh_from_db()
    kept = " ".join(str(each) for each in Quote.objects.filter(pk=quote.pk).values_list().get())
    assert "claire" not in kept.lower()
    assert portal.get(address(quote)).status_code == 200
    assert portal.post(address(quote, "refaire/")).status_code == 302


def test_who_ordered_is_kept_with_the_order(portal: Client, quote: Quote) -> None:
    portal.post(address(quote, "commander/"), ORDER)
    aged(quote, days=2000)
    forget_contacts()
    quote.refresh_from_db()
    assert quote.contact_email == "claire@exemple.fr"


def aged(quote: Quote, *, days: int) -> None:
    """It was made so many days ago."""
    made = timezone.localdate() - timedelta(days=days)
    Quote.objects.filter(pk=quote.pk).update(issued_on=made, valid_until=made + timedelta(days=90))
    quote.refresh_from_db()
