"""Accepting and refusing a mandate."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from billing.models import Subscription
from billing.queries.books import book_in_force
from console import actions
from console.tests.conftest import asked_for, noted, written
from core.accounts.models import User
from core.audit.models import Entry
from core.delivery.actions import send_email
from core.delivery.models import OutgoingEmail
from core.tenancy.context import enter, entered
from core.tenancy.due import due
from core.tenancy.errors import NoSuchSpace
from core.tenancy.here import OPERATOR
from core.tenancy.models import DueWork
from modules.news.models import NewsItem
from tenants.lifecycle import NotNow
from tenants.models import Commune, Mandate, OpeningWatch, Signup, Space
from tenants.opening import open_space
from tenants.watching import tell_watchers
from tests.cast import Cast

On = Callable[[str], Client]


def operator(cast: Cast) -> User:
    with entered(OPERATOR):
        return User.objects.get(pk=cast.operator.id)


def confirm(console: Client, mandate: Mandate, reason: str) -> int:
    """Refuse as a person does: the reason, then the confirmation with what the page showed."""
    page = console.post(f"/mandats/{mandate.pk}/refuser/", {"reason": reason})
    typed = {"reason": reason, "confirme": "1", "vu": page.context["holdings"].sentence}
    return console.post(f"/mandats/{mandate.pk}/refuser/", typed).status_code


def test_an_accepted_space_is_open_to_the_public(cast: Cast, mandate: Mandate, console: Client, client_on: On) -> None:
    assert client_on(cast.doux.host).get("/").status_code == 404
    assert console.post(f"/mandats/{mandate.pk}/accepter/").headers["Location"] == f"/mandats/{mandate.pk}/"
    assert client_on(cast.doux.host).get("/").status_code == 200


def test_the_days_of_the_trial_count_from_the_acceptance(cast: Cast, mandate: Mandate, console: Client) -> None:
    today = timezone.localdate()
    waited = today - timedelta(days=20)
    mine = Subscription.objects.filter(space=cast.doux.space)
    mine.update(began_on=waited, trial_until=today + timedelta(days=1))
    console.post(f"/mandats/{mandate.pk}/accepter/")
    assert mine.get().trial_until == today + timedelta(days=book_in_force().trial_days - 1)


def test_an_accepted_mandate_says_who_and_when(cast: Cast, mandate: Mandate, console: Client) -> None:
    console.post(f"/mandats/{mandate.pk}/accepter/")
    mandate.refresh_from_db()
    assert (mandate.decision, mandate.decided_by) == ("accepted", cast.operator.email)
    assert mandate.decided_at
    line = noted()[0]
    assert (line.verb, line.author, line.target) == ("mandate.accepted", cast.operator.email, "Doux (08)")
    assert line.detail["insee"] == cast.doux.insee
    with enter(cast.doux.schema_name):
        assert Entry.objects.filter(verb="mandate.accepted", author="").count() == 1


def test_accepting_lets_go_what_was_held_and_tells_the_administrators(
    cast: Cast, mandate: Mandate, console: Client
) -> None:
    with enter(cast.doux.schema_name):
        send_email("login_code", to="habitante@exemple.fr", context={"code": "123456", "minutes": 15})
        assert OutgoingEmail.objects.get().state == "held"
    console.post(f"/mandats/{mandate.pk}/accepter/")
    with enter(cast.doux.schema_name):
        assert OutgoingEmail.objects.get().state == "created"
    (mail,) = written()
    assert mail.recipient == cast.doux.administrator.email
    assert f"https://{cast.doux.host}/" in mail.text
    assert "&" not in mail.subject


def test_accepting_tells_once_those_who_waited(cast: Cast, mandate: Mandate, console: Client) -> None:
    for email, confirmed in (("oui@exemple.fr", mandate.asked_at), ("non@exemple.fr", None)):
        OpeningWatch.objects.create(commune_id=cast.doux.insee, email=email, token_hash=email, confirmed_at=confirmed)
    for _ in range(2):
        console.post(f"/mandats/{mandate.pk}/accepter/")
    tell_watchers()
    told = [mail.recipient for mail in written() if mail.recipient.endswith("@exemple.fr")]
    assert told == ["oui@exemple.fr"]
    assert noted()[0].detail["watchers"] == 1


def test_refusing_asks_first_and_shows_what_would_be_erased(cast: Cast, mandate: Mandate, console: Client) -> None:
    with enter(cast.doux.schema_name):
        NewsItem.objects.bulk_create(NewsItem(title=f"Actualité {n}", summary="Texte") for n in range(3))
    page = console.post(f"/mandats/{mandate.pk}/refuser/", {"reason": "Personne ne vous connaît à la mairie."})
    text = page.content.decode()
    assert page.status_code == 200
    assert "3 actualités" in text
    assert "3 personnes" in text
    assert "Personne ne vous connaît à la mairie." in text
    mandate.refresh_from_db()
    assert not mandate.decision
    assert Space.objects.filter(commune_id=cast.doux.insee).exists()


def test_refusing_asks_again_when_the_space_changed_meanwhile(cast: Cast, mandate: Mandate, console: Client) -> None:
    typed = {"reason": "Non.", "confirme": "1"}
    page = console.post(f"/mandats/{mandate.pk}/refuser/", {"reason": "Non."})
    with enter(cast.doux.schema_name):
        NewsItem.objects.create(title="Écrite entre-temps", summary="Texte")
    again = console.post(f"/mandats/{mandate.pk}/refuser/", {**typed, "vu": page.context["holdings"].sentence})
    assert "L’espace a changé depuis" in again.content.decode()
    assert "1 actualité" in again.content.decode()
    assert Space.objects.filter(commune_id=cast.doux.insee).exists()


def test_a_refused_space_is_gone_and_its_commune_can_be_opened_again(
    cast: Cast, mandate: Mandate, console: Client, client_on: On
) -> None:
    with enter(cast.doux.schema_name):
        due("delivery.send_outbox")
    assert confirm(console, mandate, "Non.") == 302
    with pytest.raises(NoSuchSpace), enter(cast.doux.schema_name):
        pass
    assert not DueWork.objects.filter(schema_name=cast.doux.schema_name).exists()
    assert "Cette page n’est pas celle de la mairie" in client_on(cast.doux.host).get("/").content.decode()
    again = open_space(Commune.objects.get(pk=cast.doux.insee))
    with enter(again.schema_name):
        assert not User.objects.exists()


def test_a_refusal_keeps_its_reason_author_and_date_and_says_what_was_lost(
    cast: Cast, mandate: Mandate, console: Client
) -> None:
    confirm(console, mandate, "La mairie ne vous connaît pas.")
    mandate.refresh_from_db()
    assert (mandate.decision, mandate.reason) == ("refused", "La mairie ne vous connaît pas.")
    assert (mandate.decided_by, mandate.signup.space) == (cast.operator.email, None)
    line = noted()[0]
    assert (line.verb, line.author) == ("mandate.refused", cast.operator.email)
    assert line.detail["reason"] == "La mairie ne vous connaît pas."
    assert "3 personnes" in line.detail["lost"]
    page = console.get(f"/mandats/{mandate.pk}/").content.decode()
    assert "La mairie ne vous connaît pas." in page
    assert cast.operator.email in page


def test_the_person_refused_is_told_why(cast: Cast, mandate: Mandate, console: Client) -> None:
    confirm(console, mandate, "L’adresse <b>n’est pas</b> celle de la mairie.")
    (mail,) = written()
    assert mail.recipient == mandate.signup.email
    assert mail.reply_to
    assert "L’adresse <b>n’est pas</b> celle de la mairie." in mail.text
    assert "&lt;b&gt;" in mail.html


@pytest.mark.parametrize("reason", ["", "   \n", "x" * 2001, "a\0b"])
def test_a_refusal_without_a_proper_reason_is_sent_back_with_what_was_typed(
    cast: Cast, mandate: Mandate, console: Client, reason: str
) -> None:
    page = console.post(f"/mandats/{mandate.pk}/refuser/", {"reason": reason, "confirme": "1"})
    assert page.status_code == 422
    assert "À corriger avant de continuer" in page.content.decode()
    assert page.context["refusal"]["reason"].value() == reason
    mandate.refresh_from_db()
    assert not mandate.decision


@pytest.mark.parametrize("act", ["accepter", "refuser", "demander"])
@pytest.mark.parametrize("decision", ["accepted", "refused"])
def test_a_decided_mandate_cannot_be_decided_again(
    cast: Cast, mandate: Mandate, console: Client, decision: str, act: str
) -> None:
    if decision == "accepted":
        console.post(f"/mandats/{mandate.pk}/accepter/")
    else:
        confirm(console, mandate, "Non.")
    mails, lines = len(written()), len(noted())
    typed = {"reason": "Encore.", "text": "Encore ?", "confirme": "1", "vu": ""}
    answer = console.post(f"/mandats/{mandate.pk}/{act}/", typed, follow=True)
    assert "Rien n’a été fait" in answer.content.decode()
    assert cast.operator.email in answer.content.decode()
    mandate.refresh_from_db()
    assert mandate.decision == decision
    assert (len(written()), len(noted())) == (mails, lines)


def test_a_decided_mandate_offers_no_act(cast: Cast, mandate: Mandate, console: Client) -> None:
    assert "accepter/" in console.get(f"/mandats/{mandate.pk}/").content.decode()
    console.post(f"/mandats/{mandate.pk}/accepter/")
    page = console.get(f"/mandats/{mandate.pk}/").content.decode()
    assert not [act for act in ("accepter/", "refuser/", "demander/") if act in page]


def test_nothing_is_left_of_an_acceptance_that_fails(cast: Cast, mandate: Mandate) -> None:
    Space.objects.filter(commune_id=cast.doux.insee).update(state=Space.State.SUSPENDED)
    with pytest.raises(NotNow):
        actions.accept(key=mandate.pk, author=operator(cast))
    mandate.refresh_from_db()
    assert not mandate.decision
    assert (written(), noted()) == ([], [])


def test_a_person_refused_may_ask_again_and_the_page_says_so(cast: Cast, mandate: Mandate, console: Client) -> None:
    confirm(console, mandate, "Non.")
    space = open_space(Commune.objects.get(pk=cast.doux.insee))
    signup = Signup.objects.create(commune=space.commune, space=space, name="Une autre", email="autre@exemple.fr")
    second = Mandate.objects.create(signup=signup)
    page = console.get(f"/mandats/{second.pk}/").content.decode()
    assert "1 autre demande pour cette commune" in page
    assert "refusée" in page


def test_a_mandate_of_one_commune_leaves_the_others_alone(cast: Cast, mandate: Mandate, console: Client) -> None:
    other = asked_for(cast.aubin)
    console.post(f"/mandats/{mandate.pk}/accepter/")
    other.refresh_from_db()
    assert not other.decision
