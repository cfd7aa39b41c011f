"""Changing one's address: proved at the new one, told to the old one, and taken back from there."""

import re
from collections.abc import Callable
from datetime import timedelta

import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from core.accounts.actions import delete_account
from core.accounts.models import RoleGrant, User
from core.audit.models import Entry
from core.delivery.models import OutgoingEmail
from core.delivery.outbox import empty_outbox
from core.organisation.models import Department
from core.tenancy.context import enter
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
NEW = "nouvelle@exemple.fr"
PAGE, CODE = "/compte/adresse/", "/compte/adresse/code/"


def last_mail(cast: Cast, to: str) -> OutgoingEmail:
    with enter(cast.aubin.schema_name):
        return OutgoingEmail.objects.filter(recipient=to).latest("created_at")


def code_of(mail: OutgoingEmail) -> str:
    found = re.search(r"\b\d{6}\b", mail.text)
    assert found
    return found[0]


def change(browser: Client, cast: Cast, new: str = NEW) -> str:
    """Change the address; give the link that its old owner reads."""
    assert browser.post(PAGE, {"email": new})["Location"] == CODE
    with enter(cast.aubin.schema_name):
        before = {mail.pk for mail in OutgoingEmail.objects.all()}
    assert browser.post(CODE, {"code": code_of(last_mail(cast, new))}).status_code == 302
    with enter(cast.aubin.schema_name):
        [told] = OutgoingEmail.objects.exclude(pk__in=before)
    found = re.search(r"https://\S+", told.text.partition("Ce n’est pas vous")[2])
    assert found
    return found[0].partition(cast.aubin.host)[2]


def address_of(cast: Cast) -> str:
    with enter(cast.aubin.schema_name):
        return User.objects.get(pk=cast.aubin.resident.id).email


def test_the_code_of_the_new_address_changes_it_and_the_old_one_is_told(cast: Cast, client_of: Of) -> None:
    elsewhere, browser = client_of(cast.aubin.resident), client_of(cast.aubin.resident)
    change(browser, cast, " Nouvelle@Exemple.FR ".strip().lower())
    assert address_of(cast) == NEW
    assert NEW in last_mail(cast, cast.aubin.resident.email).text
    with enter(cast.aubin.schema_name):
        row = EmailAddress.objects.get(user_id=cast.aubin.resident.id)
        assert (row.email, row.verified, row.primary) == (NEW, True, True)
        assert Entry.objects.get(verb="security.address_changed").target == NEW
    assert browser.get("/compte/").status_code == 200
    assert elsewhere.get("/compte/").status_code == 302


def test_the_words_of_a_code_are_erased_once_it_is_sent(cast: Cast, client_of: Of) -> None:
    client_of(cast.aubin.resident).post(PAGE, {"email": NEW})
    mail = last_mail(cast, NEW)
    assert code_of(mail)
    with enter(cast.aubin.schema_name):
        empty_outbox()
    assert not last_mail(cast, NEW).text


def test_a_wrong_code_changes_nothing_and_five_are_too_many(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.resident)
    browser.post(PAGE, {"email": NEW})
    right = code_of(last_mail(cast, NEW))
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        answer = browser.post(CODE, {"code": wrong})
        assert answer.status_code == 422
        assert "Ce code n’est pas le bon." in answer.content.decode()
    assert browser.post(CODE, {"code": right})["Location"] == PAGE
    assert address_of(cast) == cast.aubin.resident.email


def test_a_code_that_is_too_old_is_told(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.resident)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser.post(PAGE, {"email": NEW})
        clock.shift(14 * 60)
        assert browser.get(CODE).status_code == 200
        clock.shift(2 * 60)
        assert browser.get(CODE).status_code == 302
    assert address_of(cast) == cast.aubin.resident.email


def test_a_taken_address_is_answered_like_a_free_one_and_its_owner_is_told(cast: Cast, client_of: Of) -> None:
    pages = set()
    for email in (NEW, cast.aubin.editor.email):
        browser = client_of(cast.aubin.resident)
        assert browser.post(PAGE, {"email": email})["Location"] == CODE
        page = browser.post(CODE, {"code": "12345"}).content.decode().replace(email, "")
        pages.add(re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page))
    assert len(pages) == 1
    told = last_mail(cast, cast.aubin.editor.email)
    assert told.subject == "Cette adresse a déjà un compte"
    assert not re.search(r"\b\d{6}\b", told.text)


def test_an_address_taken_meanwhile_changes_nothing(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.resident)
    browser.post(PAGE, {"email": NEW})
    with enter(cast.aubin.schema_name):
        User.objects.create_person(NEW)
    assert browser.post(CODE, {"code": code_of(last_mail(cast, NEW))})["Location"] == PAGE
    assert address_of(cast) == cast.aubin.resident.email


def test_what_is_wrong_with_an_address_is_told_beside_it(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.resident)
    for typed, said in (
        ("", "Écrivez votre nouvelle adresse."),
        ("camille", "Écrivez une adresse complète"),
        (cast.aubin.resident.email.upper(), "C’est déjà votre adresse."),
        ("cam\0ille@exemple.fr", "À corriger avant de continuer"),
    ):
        answer = browser.post(PAGE, {"email": typed})
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_too_many_changes_are_refused(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.resident)
    for number in range(5):
        assert browser.post(PAGE, {"email": f"a{number}@exemple.fr"}).status_code == 302
    assert browser.post(PAGE, {"email": NEW}).status_code == 429


def test_the_old_address_takes_the_account_back_by_a_button(cast: Cast, client_of: Of, client_on: On) -> None:
    thief = client_of(cast.aubin.resident)
    link = change(thief, cast)
    owner = client_on(cast.aubin.host)
    page = owner.get(link).content.decode()
    assert "Reprendre mon adresse" in page
    assert address_of(cast) == NEW
    token = link.partition("jeton=")[2]
    assert owner.post("/compte/adresse/pas-moi/", {"jeton": token}).status_code == 200
    assert address_of(cast) == cast.aubin.resident.email
    assert thief.get("/compte/").status_code == 302
    assert owner.get(link).status_code == 410


def test_taking_back_undoes_a_chain_of_changes(cast: Cast, client_of: Of, client_on: On) -> None:
    thief = client_of(cast.aubin.resident)
    first = change(thief, cast)
    second = change(thief, cast, "encore@exemple.fr")
    owner = client_on(cast.aubin.host)
    assert owner.post(first).status_code == 200
    assert address_of(cast) == cast.aubin.resident.email
    assert owner.post(second).status_code == 410


def test_a_token_that_is_old_or_none_opens_nothing(cast: Cast, client_of: Of, client_on: On) -> None:
    link = change(client_of(cast.aubin.resident), cast)
    neighbour, stranger = client_on(cast.belleville.host), client_on(cast.aubin.host)
    assert neighbour.post(link).status_code == 410
    assert stranger.post("/compte/adresse/pas-moi/", {"jeton": "x"}).status_code == 410
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        assert stranger.post(link).status_code == 410
    assert address_of(cast) == NEW


def test_who_left_is_named_under_none_of_their_addresses(cast: Cast, client_of: Of) -> None:
    old = cast.aubin.resident.email
    with enter(cast.aubin.schema_name):
        editor = User.objects.get(pk=cast.aubin.editor.id)
        RoleGrant.objects.filter(user=editor).update(author=old)
        Department.objects.create(name="Voirie", closed_by=old)
        Entry.objects.create(verb="accounts.blocked", target=old, author=editor.email, author_id=editor.pk)
    change(client_of(cast.aubin.resident), cast)
    with enter(cast.aubin.schema_name):
        delete_account(User.objects.get(pk=cast.aubin.resident.id))
        assert not OutgoingEmail.objects.filter(recipient__in=[old]).exists()
        for address in (old, NEW):
            assert not Entry.objects.filter(target=address).exists()
            assert not RoleGrant.objects.filter(author=address).exists()
            assert not Department.objects.filter(closed_by=address).exists()
