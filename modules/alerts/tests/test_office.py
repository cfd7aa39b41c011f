"""The office: three pages from an event to an alert that is sent."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from core.territory.models import Area
from modules.alerts import actions
from modules.alerts.models import Alert, AlertState
from modules.alerts.tests.warning import (
    OFFICE,
    announced,
    ask_for_alerts,
    content,
    fresh,
    lifted,
    sent,
    typed,
    user,
    written,
)
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
NEW = f"{OFFICE}nouvelle/flood/"


def all_alerts(cast: Cast) -> list[Alert]:
    with enter(cast.aubin.schema_name):
        return list(Alert.objects.whole().order_by("created_at"))


def test_who_does_not_write_alerts_reads_none_of_the_office(cast: Cast, client_on: On, client_of: Of) -> None:
    draft = written(cast.aubin)
    strangers = (client_of(cast.aubin.resident), client_of(cast.belleville.administrator, cast.aubin.host))
    for path in (OFFICE, NEW, f"{OFFICE}{draft.pk}/verifier/", f"{OFFICE}{draft.pk}/journal.csv"):
        assert client_on(cast.aubin.host).get(path).status_code == 302
        assert {stranger.get(path).status_code for stranger in strangers} <= {302, 403}


def test_who_writes_alerts_does_not_send_lift_nor_cancel_them(cast: Cast, client_of: Of) -> None:
    draft, live = written(cast.aubin), sent(cast.aubin)
    editor = client_of(cast.aubin.editor)
    for alert, act in ((draft, "envoyer"), (live, "mettre-a-jour"), (live, "lever"), (live, "annuler")):
        address = f"{OFFICE}{alert.pk}/{act}/"
        assert editor.post(address, {"version": alert.version, "correction": "Non."}).status_code == 403
    assert [each.state for each in all_alerts(cast)] == [AlertState.DRAFT, AlertState.SENT]


def test_an_alert_goes_from_its_event_to_being_sent_in_three_pages(cast: Cast, client_of: Of) -> None:
    ask_for_alerts(cast.aubin)
    mayor = client_of(cast.aubin.administrator)
    assert f'href="{NEW}"' in mayor.get(f"{OFFICE}nouvelle/").content.decode()
    form = mayor.get(NEW).context["form"]
    ready = {name: form[name].value() for name in ("key", "instruction", "headline", "description", "severity")}
    check = mayor.post(NEW, {**ready, "ends_at": typed()["ends_at"]}, follow=True)
    page = check.content.decode()
    assert "1 adresse e-mail, tout de suite, même la nuit." in page
    assert "Danger · Inondation : L’eau monte rapidement" in page
    assert announced(cast.aubin) == []
    [alert] = all_alerts(cast)
    report = mayor.post(f"{OFFICE}{alert.pk}/envoyer/", {"version": alert.version}, follow=True)
    assert "décidé par Administrator" in report.content.decode()
    assert announced(cast.aubin) == ["Danger · Inondation : L’eau monte rapidement"]


def test_who_may_not_send_hands_it_on_and_the_to_do_of_who_may_says_so(cast: Cast, client_of: Of) -> None:
    draft, editor = written(cast.aubin), client_of(cast.aubin.editor)
    page = editor.get(f"{OFFICE}{draft.pk}/verifier/").content.decode()
    assert "Faire valider" in page and "Envoyer l’alerte" not in page
    editor.post(f"{OFFICE}{draft.pk}/a-valider/")
    assert fresh(cast.aubin, draft).state == AlertState.TO_VALIDATE
    todo = client_of(cast.aubin.administrator).get("/mairie/").content.decode()
    assert "attend votre accord, rien n’est envoyé" in todo


def test_a_form_sent_twice_makes_one_draft(cast: Cast, client_of: Of) -> None:
    editor, key = client_of(cast.aubin.editor), uuid7()
    body = typed(key=str(key))
    answers = [editor.post(NEW, body) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [f"{OFFICE}{key}/verifier/"] * 2
    assert len(all_alerts(cast)) == 1


def test_sending_twice_tells_once(cast: Cast, client_of: Of) -> None:
    draft, mayor = written(cast.aubin), client_of(cast.aubin.administrator)
    for _ in range(2):
        mayor.post(f"{OFFICE}{draft.pk}/envoyer/", {"version": draft.version})
    assert len(announced(cast.aubin)) == 1


@pytest.mark.parametrize("version", ["", "0", "abc", "9" * 30, "٣"])
def test_a_version_that_nobody_read_sends_nothing(cast: Cast, client_of: Of, version: str) -> None:
    draft, mayor = written(cast.aubin), client_of(cast.aubin.administrator)
    page = mayor.post(f"{OFFICE}{draft.pk}/envoyer/", {"version": version}, follow=True)
    assert "Cette alerte a changé depuis" in page.content.decode()
    assert announced(cast.aubin) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("instruction", "a" * 10_000),
        ("headline", "a" * 10_000),
        ("description", "a" * 10_000),
        ("instruction", " "),
        ("severity", "énorme"),
        ("ends_at", "hier"),
        ("ends_at", "2001-01-01T10:00"),
        ("ends_at", "9999-12-31T23:59"),
        ("ends_at", ""),
        ("starts_at", "2999-01-01T00:00"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_comes_back(
    cast: Cast, client_of: Of, field: str, value: str
) -> None:
    response = client_of(cast.aubin.editor).post(NEW, typed(**{field: value}))
    assert response.status_code == 422
    wrong = "ends_at" if field == "starts_at" else field
    assert list(response.context["form"].errors) == [wrong]
    assert "La rivière monte" in response.content.decode() or field == "headline"
    assert all_alerts(cast) == []


def test_an_area_of_nowhere_is_refused(cast: Cast, client_of: Of) -> None:
    box: dict[str, Any] = {"south": 45.0, "west": 4.0, "north": 45.01, "east": 4.01}
    ring = [[45.0, 4.0], [45.0, 4.01], [45.01, 4.01], [45.0, 4.0]]
    with enter(cast.aubin.schema_name):
        area = Area.objects.create(name="Le Bourg", kind="hamlet", polygon=[ring], author="test", **box)
        closed = Area.objects.create(
            name="Ancien", kind="hamlet", polygon=[ring], author="test", closed_at=timezone.now(), **box
        )
    editor = client_of(cast.aubin.editor)
    for key in (uuid4(), closed.pk, "bourg"):
        assert list(editor.post(NEW, typed(areas=[key])).context["form"].errors) == ["areas"]
    editor.post(NEW, typed(areas=[area.pk]))
    assert [each.places for each in all_alerts(cast)] == ["Le Bourg"]


def test_an_event_that_does_not_exist_is_not_found(cast: Cast, client_of: Of) -> None:
    editor = client_of(cast.aubin.editor)
    assert editor.get(f"{OFFICE}nouvelle/dragons/").status_code == 404
    assert editor.post(f"{OFFICE}nouvelle/dragons/", typed()).status_code == 404


def test_somebody_elses_change_is_shown_and_what_was_typed_is_kept(cast: Cast, client_of: Of) -> None:
    live, mayor = sent(cast.aubin), client_of(cast.aubin.administrator)
    with enter(cast.aubin.schema_name):
        theirs = content(instruction="Restez chez vous.")
        actions.update(key=live.pk, version=2, content=theirs, author=user(cast.aubin.administrator))
    mine = typed(instruction="Partez.", version="2")
    response = mayor.post(f"{OFFICE}{live.pk}/mettre-a-jour/", {**mine, "checked": "1"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Restez chez vous." in page and "Partez." in page
    assert len(announced(cast.aubin)) == 2
    again = mayor.post(f"{OFFICE}{live.pk}/mettre-a-jour/", {**mine, "version": "3", "checked": "1"})
    assert again.status_code == 302
    assert len(announced(cast.aubin)) == 3


def test_a_draft_is_changed_and_checked_again(cast: Cast, client_of: Of) -> None:
    draft, editor = written(cast.aubin), client_of(cast.aubin.editor)
    body = typed(instruction="Partez.", version=draft.version, drill="on")
    page = editor.post(f"{OFFICE}{draft.pk}/ecrire/", body, follow=True).content.decode()
    assert "EXERCICE · Danger · Inondation" in page
    assert "pas encore envoyée" in page


def test_lifting_and_cancelling_ask_once_and_are_told(cast: Cast, client_of: Of) -> None:
    one, two = sent(cast.aubin), sent(cast.aubin)
    mayor = client_of(cast.aubin.administrator)
    assert "Lever l’alerte ?" in mayor.get(f"{OFFICE}{one.pk}/lever/").content.decode()
    mayor.post(f"{OFFICE}{one.pk}/lever/", {"words": "Tout va bien."})
    refused = mayor.post(f"{OFFICE}{two.pk}/annuler/", {"correction": ""})
    assert refused.status_code == 422
    too_long = mayor.post(f"{OFFICE}{two.pk}/annuler/", {"correction": "a" * 10_000})
    assert too_long.status_code == 422
    mayor.post(f"{OFFICE}{two.pk}/annuler/", {"correction": "Il n’y a pas d’inondation."})
    assert [fresh(cast.aubin, each).state for each in (one, two)] == [AlertState.LIFTED, AlertState.CANCELLED]
    assert len(announced(cast.aubin)) == 4


def test_what_is_over_is_said_to_be(cast: Cast, client_of: Of) -> None:
    alert, mayor = lifted(cast.aubin), client_of(cast.aubin.administrator)
    page = mayor.post(f"{OFFICE}{alert.pk}/annuler/", {"correction": "Non."}, follow=True).content.decode()
    assert "Cette alerte est levée : elle ne peut pas être annulée." in page
    page = mayor.post(f"{OFFICE}{alert.pk}/mettre-a-jour/", typed(), follow=True).content.decode()
    assert "Rien n’a changé." in page


def test_only_a_draft_is_deleted(cast: Cast, client_of: Of) -> None:
    draft, live = written(cast.aubin), sent(cast.aubin)
    editor = client_of(cast.aubin.editor)
    for alert in (draft, live):
        editor.post(f"{OFFICE}{alert.pk}/supprimer/")
    assert [each.pk for each in all_alerts(cast)] == [live.pk]


def test_a_live_alert_is_the_first_thing_to_do(cast: Cast, client_of: Of) -> None:
    sent(cast.aubin)
    todo = client_of(cast.aubin.editor).get("/mairie/").content.decode()
    assert "Alerte · en cours jusqu’" in todo


def test_an_end_that_passed_while_the_page_was_open_is_said_in_the_form(cast: Cast, client_of: Of) -> None:
    draft, mayor = written(cast.aubin), client_of(cast.aubin.administrator)
    with enter(cast.aubin.schema_name):
        Alert.objects.filter(pk=draft.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    page = mayor.post(f"{OFFICE}{draft.pk}/envoyer/", {"version": draft.version}, follow=True)
    assert "Cette heure est déjà passée" in page.content.decode()
    assert page.redirect_chain[0][0] == f"{OFFICE}{draft.pk}/ecrire/"
