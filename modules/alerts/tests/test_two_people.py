"""A second person reads an alert before it leaves, where the commune asks for it; never when lives are at stake."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from core.accounts.models import RoleGrant
from core.audit.models import Entry
from core.catalogue import Role
from core.tenancy.context import enter
from modules.alerts import actions
from modules.alerts.models import Alert, AlertRules, AlertState
from modules.alerts.tests.warning import OFFICE, announced, content, fresh, typed, user
from tests.cast import Cast, Place

On = Callable[[str], Client]
Of = Callable[..., Client]
PAGE = f"{OFFICE}reglages/"


def second_validator(place: Place) -> None:
    with enter(place.schema_name):
        RoleGrant.objects.create(user_id=place.editor.id, role=Role.VALIDATOR, author="test")


def asked_for_two(place: Place) -> None:
    second_validator(place)
    with enter(place.schema_name):
        actions.rule(two_people=True, author=user(place.administrator))


def mine(place: Place, **changes: Any) -> Alert:
    with enter(place.schema_name):
        return actions.write(content=content(**changes), author=user(place.administrator))


def test_only_who_may_set_the_commune_sets_this(cast: Cast, client_on: On, client_of: Of) -> None:
    second_validator(cast.aubin)
    for browser in (client_on(cast.aubin.host), client_of(cast.aubin.resident), client_of(cast.aubin.editor)):
        assert browser.post(PAGE, {"two_people": "on"}).status_code in {302, 403}
    with enter(cast.aubin.schema_name):
        assert not AlertRules.objects.exists()


def test_it_is_offered_when_two_people_may_send_and_refused_else(cast: Cast, client_of: Of) -> None:
    mayor = client_of(cast.aubin.administrator)
    assert 'name="two_people"' not in mayor.get(PAGE).content.decode()
    refused = mayor.post(PAGE, {"two_people": "on"})
    assert refused.status_code == 422
    second_validator(cast.aubin)
    assert 'name="two_people"' in mayor.get(PAGE).content.decode()
    for _ in range(2):
        assert mayor.post(PAGE, {"two_people": "on"}).status_code == 302
    with enter(cast.aubin.schema_name):
        assert [row.two_people for row in AlertRules.objects.all()] == [True]
        assert Entry.objects.filter(verb="alerts.ruled").count() == 1


def test_it_is_off_until_somebody_asks_for_it(cast: Cast) -> None:
    second_validator(cast.aubin)
    alert = mine(cast.aubin)
    with enter(cast.aubin.schema_name):
        actions.send(key=alert.pk, version=1, author=user(cast.aubin.administrator))
    assert len(announced(cast.aubin)) == 1


def test_who_wrote_it_hands_it_on_and_the_other_sends_it(cast: Cast, client_of: Of) -> None:
    asked_for_two(cast.aubin)
    alert = mine(cast.aubin)
    mayor, other = client_of(cast.aubin.administrator), client_of(cast.aubin.editor)
    page = mayor.get(f"{OFFICE}{alert.pk}/verifier/").content.decode()
    assert "Faire valider" in page and "Envoyer l’alerte" not in page
    refused = mayor.post(f"{OFFICE}{alert.pk}/envoyer/", {"version": alert.version}, follow=True).content.decode()
    assert "une deuxième personne la relit" in refused
    assert announced(cast.aubin) == []
    mayor.post(f"{OFFICE}{alert.pk}/a-valider/")
    assert "Envoyer l’alerte" in other.get(f"{OFFICE}{alert.pk}/verifier/").content.decode()
    other.post(f"{OFFICE}{alert.pk}/envoyer/", {"version": fresh(cast.aubin, alert).version})
    assert fresh(cast.aubin, alert).state == AlertState.SENT


def test_who_changes_the_words_is_who_wrote_them(cast: Cast, client_of: Of) -> None:
    asked_for_two(cast.aubin)
    alert, other = mine(cast.aubin), client_of(cast.aubin.editor)
    other.post(f"{OFFICE}{alert.pk}/ecrire/", typed(version=1, headline="Autre chose"))
    other.post(f"{OFFICE}{alert.pk}/envoyer/", {"version": 2})
    assert announced(cast.aubin) == []
    client_of(cast.aubin.administrator).post(f"{OFFICE}{alert.pk}/envoyer/", {"version": 2})
    assert len(announced(cast.aubin)) == 1


def test_mortal_danger_waits_for_nobody_but_its_drill_does(cast: Cast) -> None:
    asked_for_two(cast.aubin)
    vital, drill = mine(cast.aubin, severity="extreme"), mine(cast.aubin, severity="extreme", drill=True)
    with enter(cast.aubin.schema_name):
        author = user(cast.aubin.administrator)
        actions.send(key=vital.pk, version=1, author=author)
        with pytest.raises(ValidationError):
            actions.send(key=drill.pk, version=1, author=author)


def test_who_is_left_alone_is_not_stopped(cast: Cast) -> None:
    asked_for_two(cast.aubin)
    alert = mine(cast.aubin)
    with enter(cast.aubin.schema_name):
        RoleGrant.objects.filter(user=cast.aubin.editor.id, role=Role.VALIDATOR).delete()
        actions.send(key=alert.pk, version=1, author=user(cast.aubin.administrator))
    assert len(announced(cast.aubin)) == 1


def test_what_a_program_wrote_is_handed_on_by_one_and_sent_by_another(cast: Cast) -> None:
    asked_for_two(cast.aubin)
    with enter(cast.aubin.schema_name):
        alert = actions.write(content=content(), author=None)
        one, two = user(cast.aubin.administrator), user(cast.aubin.editor)
        with pytest.raises(ValidationError):
            actions.send(key=alert.pk, version=1, author=one)
        actions.ask_validation(key=alert.pk, author=one)
        with pytest.raises(ValidationError):
            actions.send(key=alert.pk, version=2, author=one)
        actions.send(key=alert.pk, version=2, author=two)
    assert len(announced(cast.aubin)) == 1


def test_an_update_and_an_end_need_nobody_else(cast: Cast) -> None:
    asked_for_two(cast.aubin)
    alert = mine(cast.aubin)
    with enter(cast.aubin.schema_name):
        actions.send(key=alert.pk, version=1, author=user(cast.aubin.editor))
        mayor = user(cast.aubin.administrator)
        actions.update(key=alert.pk, version=2, content=content(headline="Mieux"), author=mayor)
        actions.lift(key=alert.pk, author=mayor)
    assert len(announced(cast.aubin)) == 3
