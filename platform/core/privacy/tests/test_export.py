"""One's data in a file: all of one's own, of modules that are off too, and of nobody else."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from core.accounts.models import User
from core.audit.actions import record
from core.delivery.actions import send_email
from core.delivery.consenting import choose
from core.delivery.mail.suppressing import suppress
from core.delivery.models import Announcement, Channel, Device, OutgoingPush, SmsConsent
from core.delivery.models.email import Kind
from core.drafts.models import Draft
from core.media.models import Asset
from core.organisation.models import Delegation, Department, LegalNotice
from core.privacy.registry import services
from core.tenancy.context import enter
from tests.cast import Cast, Person

Of = Callable[..., Client]
PAGE = "/compte/donnees/"


def live(person: Person) -> None:
    with enter(person.schema_name):
        user = User.objects.get(pk=person.id)
        record("accounts.blocked", target=f"cible de {person.email}", author=user)
        record("accounts.unblocked", target=person.email)
        department = Department.objects.create(name=f"Service de {person.email}"[:80])
        Delegation.objects.create(department=department, user=user, title="Responsable", author=person.email)
        LegalNotice.objects.update_or_create(only=True, defaults={"dpo_email": person.email, "author": person.email})
        choose(user, {("news", Channel.WEEKLY)}, among={("news", Channel.WEEKLY)})
        kept = {"kind": "news", "fields": [["title", ["Fête"]]], "saved_at": timezone.now()}
        Draft.objects.create(owner=user, key=user.pk, **kept)
        Asset.objects.create(kind="picture", prefix=str(uuid4()), alt=f"Le pont, par {person.email}", author_id=user.pk)
        number = f"+3363998{len(person.email):04}"  # of their own
        SmsConsent.objects.create(user=user, number=number, topic="alerts", version="1", author=person.email)
        device = Device.objects.create(user=user, endpoint=f"https://a.example/{user.pk}", seen_at=timezone.now())
        now = timezone.now()
        told = {"title": f"Pour {person.email}", "text": "x", "url": "/", "leaves_at": now, "expires_at": now}
        announcement = Announcement.objects.create(topic="alerts", key=user.pk, **told)
        OutgoingPush.objects.create(announcement=announcement, device=device, not_before=now, expires_at=now)
        suppress(person.email, Kind.REFUSED, "550 No such user")
        send_email("login_code", to=person.email, context={"code": "123456", "minutes": 15})


def file_of(browser: Client) -> tuple[str, Any]:
    answer = browser.post(PAGE)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="mes-donnees.json"'
    return answer.content.decode(), json.loads(answer.content)


def test_the_file_holds_what_every_service_keeps(cast: Cast, client_of: Of) -> None:
    live(cast.aubin.administrator)
    text, data = file_of(client_of(cast.aubin.administrator))
    told = {part["service"] for part in data["données"]}
    assert {str(service.label) for service in services()} <= told
    kinds = {kept["quoi"] for part in data["données"] for kept in part["contenu"]}
    assert {
        "Compte",
        "Rôle",
        "Double vérification",
        "Appareil connecté",
        "Ce que vous avez fait",
        "Ce qui vous concerne",
        "E-mail",
        "Délégation",
        "Fichier envoyé",
    } <= kinds
    assert "123456" not in text


def test_the_file_holds_nobody_elses(cast: Cast, client_of: Of) -> None:
    everybody = [place.administrator for place in (cast.aubin, cast.belleville)]
    everybody += [place.editor for place in (cast.aubin, cast.belleville)]
    for person in everybody:
        live(person)
    for person in everybody:
        text, _data = file_of(client_of(person))
        assert person.email in text
        assert not [other.email for other in everybody if other != person and other.email in text]


def test_asked_again_it_is_the_same(cast: Cast, client_of: Of) -> None:
    live(cast.aubin.editor)
    browser = client_of(cast.aubin.editor)
    assert file_of(browser)[0] == file_of(browser)[0]


def test_the_page_says_what_the_file_holds(cast: Cast, client_of: Of) -> None:
    page = client_of(cast.aubin.resident).get(PAGE).content.decode()
    assert "Votre compte" in page
    assert "Appareil connecté : 1" in page


def test_too_many_files_are_refused(cast: Cast, client_of: Of) -> None:
    browser = client_of(cast.aubin.resident)
    for _ in range(10):
        file_of(browser)
    answer = browser.post(PAGE)
    assert answer.status_code == 429
    assert "Trop de demandes" in answer.content.decode()


def test_acts_are_told_in_words(cast: Cast, client_of: Of) -> None:
    person = cast.aubin.administrator
    live(person)
    text, _data = file_of(client_of(person))
    assert f"a fermé l’accès de cible de {person.email}" in text
    assert f"a rouvert l’accès de {person.email}" in text
    assert "accounts." not in text
