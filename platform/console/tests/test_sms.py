"""The operator adds the SMS that a commune paid; the commune is told, and nothing is added twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from console.tests.conftest import noted
from core.audit.models import Entry
from core.delivery.models import OutgoingEmail, SmsTally
from core.delivery.sms.credit import balance
from core.delivery.sms.receipts import Kind
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR
from tests.cast import Cast


def left(cast: Cast) -> int:
    with enter(cast.aubin.schema_name):
        return balance()


@pytest.mark.parametrize("typed", ["0", "-3", "1000001", "beaucoup", "1.5", "9" * 40, ""])
def test_an_order_is_a_whole_number_of_sms(cast: Cast, console: Client, typed: str) -> None:
    page = console.post(f"/communes/{cast.aubin.insee}/sms/", {"segments": typed, "reference": "BC-1"})
    assert page.status_code == 422
    assert left(cast) == 0


def test_an_order_without_a_reference_is_refused(cast: Cast, console: Client) -> None:
    page = console.post(f"/communes/{cast.aubin.insee}/sms/", {"segments": "10", "reference": " "})
    assert page.status_code == 422
    assert "référence" in page.content.decode()
    assert left(cast) == 0


def test_an_order_is_added_noted_and_told_once(cast: Cast, console: Client) -> None:
    address = f"/communes/{cast.aubin.insee}/sms/"
    for _ in range(2):
        assert console.post(address, {"segments": "1000", "reference": "BC-1"}).status_code == 302
    assert left(cast) == 1000
    assert [entry.verb for entry in noted()].count("delivery.sms_bought") == 1
    with entered(OPERATOR):
        assert OutgoingEmail.objects.filter(subject__contains="SMS de plus").count() == 1
    with enter(cast.aubin.schema_name):
        assert Entry.objects.get(verb="delivery.sms_bought").author == "", "no operator is named to the commune"
    assert "1\u202f000 SMS en réserve" in console.get(address).content.decode()
    again = console.post(address, {"segments": "2000", "reference": "BC-1"})
    assert again.status_code == 422
    assert "déjà enregistrée" in again.content.decode()
    assert left(cast) == 1000


def test_a_commune_that_is_not_open_has_no_sms(cast: Cast, console: Client) -> None:
    assert console.get(f"/communes/{cast.calme_insee}/sms/").status_code == 404


def test_the_operator_sees_how_the_providers_do_and_the_last_orders(cast: Cast, console: Client, settings: Any) -> None:
    settings.SMS_BREVO_KEY, settings.SMS_WEBHOOK_SECRET = "a-key", "a-secret"
    console.post(f"/communes/{cast.aubin.insee}/sms/", {"segments": "1000", "reference": "BC-1"})
    with entered(OPERATOR):
        SmsTally.objects.create(provider="brevo", day=timezone.localdate(), kind=Kind.UNREADABLE, count=3)
        SmsTally.objects.create(provider="brevo", day=timezone.localdate() - timedelta(days=9), kind=Kind.STOP, count=9)
    page = console.get("/sms/").content.decode()
    assert "Pas réglé" in page and "Prêt" in page
    assert "Appels illisibles" in page and "STOP" not in page
    assert "1000 SMS, BC-1" in page
    settings.SMS_WEBHOOK_SECRET = ""
    assert "Aucune adresse secrète" in console.get("/sms/").content.decode()
