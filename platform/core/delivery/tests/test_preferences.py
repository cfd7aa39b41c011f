"""A person chooses what they are told of, and each choice is a row."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.accounts.models import User
from core.delivery.models import Channel, Consent
from core.delivery.topics import VERSION
from core.delivery.unsubscribing import stop_url
from core.tenancy.context import enter
from core.tenancy.models import DueWork
from tests.cast import Cast

PAGE = "/compte/avertissements/"


def test_nothing_is_ticked_by_default(cast: Cast, client_of: Callable[..., Client]) -> None:
    page = client_of(cast.aubin.resident).get(PAGE).content.decode()
    assert "Actualités" in page
    assert "checked" not in page


def test_a_tick_is_a_consent_with_its_date_and_text_and_unticking_ends_it(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    browser = client_of(cast.aubin.resident)
    assert browser.post(PAGE, {"news-email": "on", "news-weekly": "on"}).status_code == 302
    assert browser.get(PAGE).content.decode().count("checked") == 2
    with enter(cast.aubin.schema_name):
        rows = {row.channel: row for row in Consent.objects.filter(user_id=cast.aubin.resident.id)}
        assert set(rows) == {Channel.EMAIL, Channel.WEEKLY}
        assert all(row.given_at and row.version == VERSION for row in rows.values())
        assert DueWork.objects.filter(job="delivery.send_letters", schema_name=cast.aubin.schema_name).exists()
    browser.post(PAGE, {"news-weekly": "on"})
    with enter(cast.aubin.schema_name):
        assert Consent.objects.live().get().channel == Channel.WEEKLY
        assert Consent.objects.count() == 2, "what was withdrawn stays, with its date"


def test_ticking_twice_keeps_one_row(cast: Cast, client_of: Callable[..., Client]) -> None:
    browser = client_of(cast.aubin.resident)
    for _ in range(2):
        browser.post(PAGE, {"news-email": "on"})
    with enter(cast.aubin.schema_name):
        assert Consent.objects.count() == 1


@pytest.mark.parametrize("word", ["faux", "a.b.c", "a:b", "00000000000000000000000000000000.email.news:zzz"])
def test_a_word_that_is_not_ours_stops_nothing(word: str, cast: Cast, client_on: Callable[[str], Client]) -> None:
    assert client_on(cast.aubin.host).post(f"/desabonnement/{word}/").status_code == 410


def test_a_word_of_one_commune_is_nothing_in_another(cast: Cast, client_on: Callable[[str], Client]) -> None:
    with enter(cast.aubin.schema_name):
        person = User.objects.get(pk=cast.aubin.resident.id)
        Consent.objects.create(user=person, topic="news", channel=Channel.EMAIL, version=VERSION)
        path = stop_url("/", person.pk, Channel.EMAIL, "news")
    assert client_on(cast.belleville.host).post(path).status_code == 200
    with enter(cast.aubin.schema_name):
        assert Consent.objects.live().exists()


def test_a_mairie_reads_and_changes_its_cap(cast: Cast, client_of: Callable[..., Client]) -> None:
    page, browser = "/mairie/reglages/avertissements/", client_of(cast.aubin.administrator)
    assert 'value="2"' in browser.get(page).content.decode()
    refused = browser.post(page, {"daily_cap": "0"})
    assert refused.status_code == 422
    assert "au moins 1" in refused.content.decode()
    assert browser.post(page, {"daily_cap": "4"}).status_code == 302
    assert 'value="4"' in browser.get(page).content.decode()
    assert client_of(cast.aubin.editor).get(page).status_code == 403
