"""A number is told once its code was typed: asked of anybody, answered to all alike, sent to few."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from core.accounts.models import User
from core.delivery.models import OutgoingSms, PhoneCode, SmsConsent
from core.delivery.sms import codes
from core.delivery.sms.credit import balance, buy, spend
from core.delivery.sms.segments import segments
from core.delivery.sms.tests.conftest import BOUGHT
from core.tenancy.context import enter
from tests.cast import Cast

PAGE, CODE = "/avertissements/telephone/", "/avertissements/telephone/code/"
CHOICES, STOP = "/avertissements/telephone/choix/", "/avertissements/telephone/arreter/"
TYPED, NUMBER, OTHER = "06 39 98 00 11", "+262639980011", "06 39 98 00 12"
On = Callable[[str], Client]
Of = Callable[..., Client]


@pytest.fixture(autouse=True)
def _fresh(in_aubin: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sent(number: str = NUMBER) -> list[OutgoingSms]:
    return list(OutgoingSms.objects.filter(recipient=number).order_by("created_at"))


def last_code(number: str = NUMBER) -> str:
    found = re.match(r"\d{6}", sent(number)[-1].text)
    assert found
    return found[0]


def join(browser: Client, typed: str = TYPED, **more: str) -> Any:
    return browser.post(PAGE, {"number": typed, "join": "1", **more})


def prove(browser: Client) -> Any:
    return browser.post(CODE, {"code": last_code()})


def test_nobody_is_told_before_the_code_is_typed(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    assert join(browser)["Location"] == CODE
    assert not SmsConsent.objects.exists()
    assert browser.post(CODE, {"code": f"{(int(last_code()) + 1) % 10**6:06d}"}).status_code == 422
    assert not SmsConsent.objects.exists()
    assert prove(browser)["Location"] == CHOICES
    asked = SmsConsent.objects.live().get()
    assert (asked.number, asked.topic, asked.user, asked.author) == (NUMBER, "alerts", None, "")
    assert asked.version


def test_with_an_account_the_number_is_the_accounts(cast: Cast, client_of: Of) -> None:
    SmsConsent.objects.create(number=NUMBER, topic="alerts", version="1", paper="feuille 1", author="a@exemple.fr")
    browser = client_of(cast.aubin.resident)
    join(browser)
    prove(browser)
    asked = SmsConsent.objects.live().get()
    assert (asked.user_id, asked.author, asked.paper) == (cast.aubin.resident.id, cast.aubin.resident.email, "")


def test_a_code_costs_one_segment_and_is_kept_in_clear_nowhere(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    join(browser)
    code = last_code()
    assert balance() == BOUGHT - 1
    assert code not in PhoneCode.objects.get().code_hash
    prove(browser)
    assert code not in sent()[0].text
    assert codes.HIDDEN in sent()[0].text


@pytest.mark.parametrize("name", ["Èze", "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson"])
def test_the_text_is_one_segment_whatever_the_name(name: str, cast: Cast) -> None:
    cast.aubin.space.commune.name = name  # type: ignore[union-attr]
    cast.aubin.space.commune.save()  # type: ignore[union-attr]
    assert segments(codes.worded("123456")).count == 1


def test_a_code_serves_once(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    join(browser)
    key, code = PhoneCode.objects.get().pk, last_code()
    assert codes.check(key, code) is codes.Verdict.RIGHT
    assert codes.check(key, code) is codes.Verdict.OVER


def test_five_wrong_tries_end_it_for_the_right_one_too(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    join(browser)
    right = last_code()
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    answers = [browser.post(CODE, {"code": wrong}) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {422}
    assert "ne vaut plus" in answers[-1].content.decode()
    assert "ne vaut plus" in browser.post(CODE, {"code": right}).content.decode()
    assert not SmsConsent.objects.exists()


def test_a_code_is_over_after_a_quarter_of_an_hour(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    join(browser)
    code = last_code()
    with time_machine.travel(timezone.now() + timedelta(minutes=codes.MINUTES, seconds=1), tick=False):
        assert "ne vaut plus" in browser.post(CODE, {"code": code}).content.decode()
        codes.forget_codes()
        assert code not in sent()[0].text
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False):
        assert codes.forget_codes() is None
        assert not PhoneCode.objects.exists()


def test_the_code_of_one_browser_opens_nothing_to_another(cast: Cast, client_on: On) -> None:
    join(client_on(cast.aubin.host))
    other = client_on(cast.aubin.host)
    assert other.post(CODE, {"code": last_code()})["Location"] == PAGE
    assert other.get(CHOICES)["Location"] == PAGE
    assert not SmsConsent.objects.exists()


def test_a_known_number_an_unknown_one_and_one_that_had_its_share_are_answered_alike(cast: Cast, client_on: On) -> None:
    SmsConsent.objects.create(number=NUMBER, topic="alerts", version="1")
    pages = []
    for typed in (TYPED, OTHER, *[TYPED] * codes.AN_HOUR):
        browser = client_on(cast.aubin.host)
        answer = join(browser, typed)
        page = browser.get(CODE).content.decode().replace(typed.replace(" ", "\u00a0"), "").replace(typed, "")
        pages.append((answer.status_code, answer["Location"], re.sub(r'value="[A-Za-z0-9]{64}"|nonce-\S+', "", page)))
    assert len(set(pages)) == 1
    assert len(sent()) == codes.AN_HOUR


def test_a_number_gets_few_codes_an_hour_and_a_day_in_all_communes_together(cast: Cast, client_on: On) -> None:
    begun = timezone.now()
    for hour in range(4):
        with time_machine.travel(begun + timedelta(hours=hour, minutes=hour), tick=False):
            for _ in range(codes.AN_HOUR + 1):
                join(client_on(cast.aubin.host))
            if hour == 0:
                assert len(sent()) == codes.AN_HOUR
                assert balance() == BOUGHT - codes.AN_HOUR


def test_another_commune_does_not_add_to_a_numbers_share(cast: Cast, client_on: On) -> None:
    with enter(cast.belleville.schema_name):
        buy(segments=50, note="commande 2", author=None)
    for place in (cast.aubin, cast.aubin, cast.belleville, cast.belleville):
        join(client_on(place.host))
    with enter(cast.belleville.schema_name):
        assert len(sent()) == 1
    assert len(sent()) == 2


def test_one_address_cannot_ask_for_ever(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    statuses = [join(browser, f"06 39 98 01 {number:02d}").status_code for number in range(codes.OF_AN_ADDRESS + 1)]
    assert statuses == [302] * codes.OF_AN_ADDRESS + [429]
    assert OutgoingSms.objects.count() == codes.OF_AN_ADDRESS


def test_a_commune_sends_so_many_codes_a_day(cast: Cast, client_on: On, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "OF_A_COMMUNE", 2)
    browser = client_on(cast.aubin.host)
    assert [join(browser, f"06 39 98 02 0{number}").status_code for number in range(3)] == [302, 302, 422]
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False):
        assert join(browser, "06 39 98 02 09").status_code == 302


def test_codes_never_take_what_an_alert_needs(cast: Cast, client_on: On) -> None:
    for number in range(3):
        SmsConsent.objects.create(number=f"+26263998030{number}", topic="alerts", version="1")
    spend(segments=BOUGHT - 7, note="alertes", author=None)
    browser = client_on(cast.aubin.host)
    assert join(browser).status_code == 302
    assert balance() == 6 == codes.kept_for_alerts()
    answer = join(browser, OTHER)
    assert answer.status_code == 422
    assert "gardée pour les alertes" in answer.content.decode()
    assert balance() == 6


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Écrivez un numéro"), ("bonjour", "06 12 34 56 78"), ("+44 7700 900123", "étranger"),
     ("01 99 00 12 34", "pas celui d’un mobile"), ("0" * 31, "06 12 34 56 78")],
)  # fmt: skip
def test_what_is_no_french_mobile_is_refused_and_costs_nothing(
    typed: str, sentence: str, cast: Cast, client_on: On
) -> None:
    answer = join(client_on(cast.aubin.host), typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert balance() == BOUGHT


def test_a_second_click_sends_no_second_code(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    assert join(browser)["Location"] == join(browser)["Location"]
    assert len(sent()) == 1
    assert prove(browser)["Location"] == browser.post(CODE, {"code": "123456"})["Location"] == CHOICES


def test_changing_or_stopping_asks_for_nothing(cast: Cast, client_on: On) -> None:
    SmsConsent.objects.create(number=NUMBER, topic="alerts", version="1")
    browser = client_on(cast.aubin.host)
    browser.post(PAGE, {"number": TYPED, "change": "1"})
    prove(browser)
    assert "checked" in browser.get(CHOICES).content.decode()
    browser.post(CHOICES, {})
    ended = SmsConsent.objects.get()
    assert (ended.withdrawn_by, ended.withdrawn_at is not None) == ("CODE", True)
    assert "checked" not in browser.get(CHOICES).content.decode()
    browser.post(CHOICES, {"topics": ["alerts"]})
    assert SmsConsent.objects.live().count() == 1
    browser.post(STOP, {})
    assert not SmsConsent.objects.live().exists()
    browser.post(STOP, {"erase": "1"})
    assert not SmsConsent.objects.exists()
    assert not sent()


def test_the_page_of_choices_closes_after_half_an_hour(cast: Cast, client_on: On) -> None:
    browser = client_on(cast.aubin.host)
    join(browser)
    prove(browser)
    with time_machine.travel(timezone.now() + codes.SETTLED + timedelta(seconds=1), tick=False):
        assert browser.get(CHOICES)["Location"] == PAGE


def test_nobody_stops_a_number_that_is_not_theirs(cast: Cast, client_of: Of, client_on: On) -> None:
    SmsConsent.objects.create(number=NUMBER, topic="alerts", version="1")
    for browser in (client_on(cast.aubin.host), client_of(cast.aubin.resident)):
        assert browser.post(STOP, {"number": NUMBER})["Location"] == PAGE
        assert browser.post(STOP, {"number": NUMBER, "erase": "1"})["Location"] == PAGE
    assert SmsConsent.objects.live().exists()


def test_an_account_stops_its_own_number(cast: Cast, client_of: Of) -> None:
    user = User.objects.get(pk=cast.aubin.resident.id)
    SmsConsent.objects.create(number=NUMBER, topic="alerts", version="1", user=user, author=user.email)
    browser = client_of(cast.aubin.resident)
    assert "06\u00a039\u00a098\u00a000\u00a011" in browser.get("/compte/avertissements/").content.decode()
    assert browser.post(STOP, {"number": NUMBER})["Location"] == "/compte/avertissements/"
    assert SmsConsent.objects.get().withdrawn_by == user.email


def test_a_platform_without_a_provider_offers_none(cast: Cast, client_on: On, settings: Any) -> None:
    settings.SMS_OVH_SERVICE = settings.SMS_BREVO_KEY = ""
    browser = client_on(cast.aubin.host)
    assert "pas proposés" in browser.get(PAGE).content.decode()
    assert join(browser).status_code == 422
    assert balance() == BOUGHT
