"""The mairie reads what its SMS cost and became; the operator adds what was paid, once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from core.delivery.models import DeliveryState, OutgoingSms, SmsConsent
from core.delivery.sms.consenting import CODE, STOP, withdraw
from core.delivery.sms.credit import balance, give_back, spend
from core.delivery.sms.ordering import credit_order
from core.delivery.sms.overview import ENDS, OUTCOMES, SPAN, line, movements, overview
from core.delivery.sms.tests.conftest import BOUGHT, ONE, THREE, TWO, promise
from tests.cast import Cast

PAGE = "/mairie/reglages/sms/"
Of = Callable[..., Client]


def test_an_order_is_credited_once_whoever_types_it_again(in_aubin: None) -> None:
    assert credit_order(segments=500, reference="BC-7")
    assert not credit_order(segments=500, reference="BC-7")
    with pytest.raises(ValidationError) as refused:
        credit_order(segments=5000, reference="BC-7")
    assert refused.value.code == "known"
    assert balance() == BOUGHT + 500


def test_what_an_alert_to_all_costs_counts_each_number_once(in_aubin: None) -> None:
    for number, topic in ((ONE, "alerts"), (ONE, "news"), (TWO, "alerts")):
        SmsConsent.objects.create(number=number, topic=topic, version="1")
    found = overview()
    assert (found.numbers, found.for_short, found.for_long, found.lacks) == (2, 2, 4, False)
    spend(segments=BOUGHT - 4, note="alertes", author=None)
    assert overview().lacks


def test_what_became_of_them_is_counted_by_words(in_aubin: None) -> None:
    first, second, _third = promise(ONE, TWO, THREE)
    OutgoingSms.objects.filter(pk=first.pk).update(state=DeliveryState.DELIVERED)
    OutgoingSms.objects.filter(pk=second.pk).update(state=DeliveryState.TEMPORARY)
    counted = dict(overview().sent)
    assert counted == {OUTCOMES[DeliveryState.DELIVERED]: 1, OUTCOMES["open"]: 2}
    with time_machine.travel(timezone.now() + SPAN + timedelta(minutes=1), tick=False):
        assert not overview().sent


def test_who_stopped_is_counted_by_the_way_they_took(in_aubin: None) -> None:
    for number, by in ((ONE, STOP), (TWO, CODE), (THREE, "mairie@exemple.fr")):
        SmsConsent.objects.create(number=number, topic="alerts", version="1")
        withdraw(number=number, by=by)
    assert dict(overview().ended) == dict.fromkeys(ENDS.values(), 1)


def test_what_one_day_spent_for_one_reason_is_one_line(in_aubin: None) -> None:
    for _ in range(3):
        spend(segments=1, note="codes", author=None)
    give_back(2, "refused by the providers")
    lines = [line(each) for each in movements()]
    assert [(each["segments"], each["count"]) for each in lines] == [(2, 1), (-3, 3), (BOUGHT, 1)]
    assert str(lines[0]["why"]) == "refusés par les fournisseurs"


def test_the_page_is_the_administrators(cast: Cast, in_aubin: None, client_of: Of) -> None:
    for who in (cast.aubin.resident, cast.aubin.editor):
        assert client_of(who).get(PAGE).status_code == 403
    page = client_of(cast.aubin.administrator).get(PAGE).content.decode()
    assert "100 SMS en réserve" in page
    assert "commande 1" in page


def test_the_office_says_when_sms_run_out_and_not_before(cast: Cast, in_aubin: None, client_of: Of) -> None:
    browser = client_of(cast.aubin.administrator)
    SmsConsent.objects.create(number=ONE, topic="alerts", version="1")
    assert "presque plus de SMS" not in browser.get("/mairie/").content.decode()
    spend(segments=BOUGHT - 2, note="alertes", author=None)
    assert "presque plus de SMS" in browser.get("/mairie/").content.decode()
    assert "presque plus de SMS" not in client_of(cast.aubin.editor).get("/mairie/").content.decode()
