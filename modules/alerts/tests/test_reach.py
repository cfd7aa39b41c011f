"""Who is told of an alert, where, by SMS too, and what waits of it when it is over."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from core.delivery.following import follow
from core.delivery.models import DeliveryState, OutgoingEmail, OutgoingSms, SmsConsent
from core.delivery.sms.credit import balance, buy
from core.delivery.sms.segments import economical, segments
from core.tenancy.context import enter
from core.territory.models import Area
from core.territory.shapes import Shape
from modules.alerts import actions
from modules.alerts.actions.wording import sms_of
from modules.alerts.models import Alert, Event, MessageKind
from modules.alerts.tests.warning import (
    OFFICE,
    announced,
    ask_for_alerts,
    cancelled,
    content,
    fresh,
    sent,
    typed,
    user,
    written,
)
from tests.cast import Cast, Place

On = Callable[[str], Client]
Of = Callable[..., Client]
NUMBERS = ("+33639980001", "+33639980002")


def area(place: Place, name: str, south: float) -> Area:
    north, west, east = south + 0.005, 3.99, 3.995
    ring = [[south, west], [south, east], [north, east], [north, west], [south, west]]
    box = {"south": south, "west": west, "north": north, "east": east}
    with enter(place.schema_name):
        return Area.objects.create(name=name, kind="hamlet", polygon=[ring], author="test", **box)


@pytest.fixture
def bourg(cast: Cast) -> Area:
    return area(cast.aubin, "Le Bourg", 44.98)


@pytest.fixture
def far(cast: Cast) -> Area:
    """What the resident, who asked for alerts, follows."""
    ask_for_alerts(cast.aubin)
    found = area(cast.aubin, "Les Granges", 45.0)
    with enter(cast.aubin.schema_name):
        follow(user(cast.aubin.resident), [found])
    return found


@pytest.fixture
def by_sms(cast: Cast, settings: Any) -> Cast:
    """The platform sends SMS; two numbers asked, and the commune bought what four SMS take."""
    settings.SMS_BREVO_KEY = "a-key"
    with enter(cast.aubin.schema_name):
        for number in NUMBERS:
            SmsConsent.objects.create(number=number, topic="alerts", version="1", author="x")
        buy(segments=4, note="commande 1", author=user(cast.aubin.administrator))
    return cast


def told_by_email(place: Place) -> int:
    with enter(place.schema_name):
        return OutgoingEmail.objects.filter(announcement__topic="alerts").count()


def texts(place: Place, **which: Any) -> list[OutgoingSms]:
    with enter(place.schema_name):
        return list(OutgoingSms.objects.filter(announcement__topic="alerts", **which).order_by("recipient"))


def test_who_follows_another_part_of_the_commune_is_not_told(cast: Cast, bourg: Area, far: Area) -> None:
    sent(cast.aubin, areas=(bourg,))
    assert told_by_email(cast.aubin) == 0
    sent(cast.aubin, areas=(far,))
    sent(cast.aubin)
    assert told_by_email(cast.aubin) == 2


def test_what_is_drawn_concerns_the_areas_that_it_touches(cast: Cast, bourg: Area, far: Area) -> None:
    sent(cast.aubin, shape=Shape(((44.982, 3.992),), 100))
    assert told_by_email(cast.aubin) == 0
    sent(cast.aubin, shape=Shape(((45.002, 3.992),), 100))
    assert told_by_email(cast.aubin) == 1


def test_what_is_drawn_where_no_area_is_named_is_told_to_everybody(cast: Cast, far: Area) -> None:
    sent(cast.aubin, shape=Shape(((44.97, 3.97),), 100))
    assert told_by_email(cast.aubin) == 1


def test_how_many_are_told_is_said_before_it_is_sent(cast: Cast, bourg: Area, far: Area, client_of: Of) -> None:
    editor = client_of(cast.aubin.editor)
    everywhere = editor.post(f"{OFFICE}nouvelle/flood/combien/", typed()).content.decode()
    assert "1 adresse e-mail, tout de suite, même la nuit." in everywhere
    here = editor.post(f"{OFFICE}nouvelle/flood/combien/", typed(areas=[bourg.pk])).content.decode()
    assert "Personne n’a encore demandé" in here and "Le Bourg" in here and "Sans choisir de lieu : 1" in here
    for unfinished in ({}, {"instruction": "", "areas": ["?"], "outline": "x", "severity": "énorme", "sms": "on"}):
        assert editor.post(f"{OFFICE}nouvelle/flood/combien/", unfinished).status_code == 200
        assert editor.post(f"{OFFICE}nouvelle/flood/", unfinished).status_code == 422
    draft = written(cast.aubin, areas=(bourg,))
    assert "Sans choisir de lieu : 1" in editor.get(f"{OFFICE}{draft.pk}/verifier/").content.decode()
    assert editor.post(f"{OFFICE}nouvelle/dragons/combien/", typed()).status_code == 404


def test_an_update_and_the_end_are_told_wherever_it_was_told(cast: Cast, bourg: Area, far: Area) -> None:
    alert = sent(cast.aubin, areas=(far,))
    with enter(cast.aubin.schema_name):
        author = user(cast.aubin.administrator)
        actions.update(key=alert.pk, version=2, content=content(areas=(bourg,)), author=author)
        assert OutgoingEmail.objects.filter(announcement__topic="alerts").count() == 2
        actions.lift(key=alert.pk, author=author)
    assert told_by_email(cast.aubin) == 3


@pytest.mark.parametrize("end", ["update", "lift", "cancel"])
def test_what_waits_of_it_does_not_leave_once_something_else_is_said(by_sms: Cast, end: str) -> None:
    place = by_sms.aubin
    ask_for_alerts(place)
    alert = sent(place, sms=True, instruction="Montez.")
    with enter(place.schema_name):
        author = user(place.administrator)
        if end == "update":
            more = content(instruction="Partez.", sms=False)
            actions.update(key=alert.pk, version=2, content=more, author=author)
        elif end == "lift":
            actions.lift(key=alert.pk, author=author)
        else:
            actions.cancel(key=alert.pk, correction="Non.", author=author)
        first, last = alert.messages.order_by("number")
        of_first = OutgoingEmail.objects.get(announcement__key=first.pk)
        of_last = OutgoingEmail.objects.get(announcement__key=last.pk)
        assert (of_first.state, of_first.last_error) == (DeliveryState.EXPIRED, "called off")
        assert of_last.state != DeliveryState.EXPIRED
        assert {row.state for row in OutgoingSms.objects.filter(announcement__key=first.pk)} == {DeliveryState.EXPIRED}
        spent = sum(row.segments for row in OutgoingSms.objects.filter(announcement__key=last.pk))
        assert balance() == 4 - spent, "what did not leave is given back"


def test_numbers_are_told_when_it_is_asked_and_only_then(by_sms: Cast, client_of: Of) -> None:
    place = by_sms.aubin
    sent(place)
    assert texts(place) == []
    body = typed(sms="on", instruction="Montez.")
    page = client_of(place.editor).post(f"{OFFICE}nouvelle/flood/", body, follow=True).content.decode()
    assert "SMS : 2 au plus, sur les 4 de la commune" in page and "2 numéros par SMS" in page
    alert = sent(place, sms=True, instruction="Montez.")
    assert [row.recipient for row in texts(place)] == list(NUMBERS)
    with enter(place.schema_name):
        actions.lift(key=alert.pk, author=user(place.administrator))
    assert len(texts(place)) == 4


def test_without_a_provider_no_sms_is_offered(cast: Cast, client_of: Of) -> None:
    page = client_of(cast.aubin.editor).get(f"{OFFICE}nouvelle/flood/").content.decode()
    assert 'name="sms"' not in page
    sent(cast.aubin, sms=True, severity="extreme")
    assert texts(cast.aubin) == [] and len(announced(cast.aubin)) == 1


def test_an_alert_that_lacks_credit_waits_for_a_choice_and_its_end_does_not(by_sms: Cast, client_of: Of) -> None:
    place = by_sms.aubin
    alert, mayor = written(place, sms=True, instruction="Montez à l’étage. " * 10), client_of(place.administrator)
    with enter(place.schema_name):
        buy(segments=1, note="commande 2", author=user(place.administrator))
        for index in range(3, 6):
            SmsConsent.objects.create(number=f"+3363998000{index}", topic="alerts", version="1", author="x")
    assert "Il reste 5" in mayor.get(f"{OFFICE}{alert.pk}/verifier/").content.decode()
    mayor.post(f"{OFFICE}{alert.pk}/envoyer/", {"version": 1})
    assert fresh(place, alert).is_unsent and announced(place) == []
    with enter(place.schema_name), pytest.raises(ValidationError) as refused:
        actions.send(key=alert.pk, version=1, author=user(place.administrator))
    assert set(refused.value.error_dict) == {"sms"}
    mayor.post(f"{OFFICE}{alert.pk}/ecrire/", typed(version=1))
    mayor.post(f"{OFFICE}{alert.pk}/envoyer/", {"version": 2})
    assert len(announced(place)) == 1


def test_mortal_danger_leaves_at_once_whatever_it_costs_and_its_end_is_told(by_sms: Cast) -> None:
    place = by_sms.aubin
    with enter(place.schema_name):
        SmsConsent.objects.bulk_create(
            SmsConsent(number=f"+336399801{index:02}", topic="alerts", version="1", author="x") for index in range(20)
        )
    alert = sent(place, severity="extreme")
    assert len(texts(place)) == 22
    with enter(place.schema_name):
        assert balance() < 0
        OutgoingSms.objects.update(state=DeliveryState.ACCEPTED)
        actions.lift(key=alert.pk, author=user(place.administrator))
    assert len(announced(place)) == 2 and len(texts(place)) == 22


def test_a_drill_of_mortal_danger_sends_no_sms_that_was_not_asked(by_sms: Cast) -> None:
    sent(by_sms.aubin, severity="extreme", drill=True)
    assert texts(by_sms.aubin) == []


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("drill", [False, True])
def test_an_sms_says_which_mairie_what_and_what_to_do_first(by_sms: Cast, event: Event, drill: bool) -> None:
    from modules.alerts.models import template_of

    place, template = by_sms.aubin, template_of(event)
    words = {name: getattr(template, name) for name in ("headline", "instruction", "severity")}
    alert = written(place, event=event.value, sms=True, drill=drill, **words)
    with enter(place.schema_name):
        sms = sms_of(alert, MessageKind.SENT)
    assert sms
    assert template.instruction.partition(".")[0] in sms.text or drill
    assert ("EXERCICE" in sms.text) is drill
    assert f"https://{place.host}/" in sms.text
    assert segments(economical(sms.text)).count <= 2


def test_a_cancelled_alert_is_told_by_sms_to_whom_it_was_told_so(by_sms: Cast) -> None:
    cancelled(by_sms.aubin, sms=True, instruction="Montez.")
    assert len(texts(by_sms.aubin)) == 4
    cancelled(by_sms.aubin)
    assert len(texts(by_sms.aubin)) == 4


def test_an_update_is_looked_over_before_it_leaves(cast: Cast, client_of: Of) -> None:
    alert, mayor = sent(cast.aubin), client_of(cast.aubin.administrator)
    address = f"{OFFICE}{alert.pk}/mettre-a-jour/"
    body = typed(version="2", headline="L’eau baisse")
    page = mayor.post(address, body)
    assert page.status_code == 200 and "Mise à jour · Danger · Inondation : L’eau baisse" in page.content.decode()
    assert len(announced(cast.aubin)) == 1 and fresh(cast.aubin, alert).headline == "La rivière monte"
    carried = {**dict(page.context["typed"])}
    back = mayor.post(address, {**carried, "back": "1"})
    assert 'value="L’eau baisse"' in back.content.decode() and len(announced(cast.aubin)) == 1
    for _ in range(2):
        assert mayor.post(address, {**carried, "checked": "1"}).status_code == 302
    assert len(announced(cast.aubin)) == 2 and fresh(cast.aubin, alert).headline == "L’eau baisse"


def test_an_update_that_changes_nothing_says_so(cast: Cast, client_of: Of) -> None:
    alert, mayor = sent(cast.aubin), client_of(cast.aubin.administrator)
    form = mayor.get(f"{OFFICE}{alert.pk}/mettre-a-jour/").context["form"]
    with enter(cast.aubin.schema_name):
        Alert.objects.filter(pk=alert.pk).update(ends_at=alert.ends_at.replace(second=0))
    same = {name: form[name].value() for name in ("instruction", "headline", "severity", "description", "version")}
    ends_at = form["ends_at"].value()
    same["ends_at"] = ends_at.strftime("%Y-%m-%dT%H:%M") if hasattr(ends_at, "strftime") else ends_at
    page = mayor.post(f"{OFFICE}{alert.pk}/mettre-a-jour/", same, follow=True).content.decode()
    assert "il n’y a rien à envoyer" in page
