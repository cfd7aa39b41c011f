"""Watchers of a commune that is not open: two steps to be told, once, and one link to be forgotten."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from core.delivery.models import OutgoingEmail
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from core.tenancy.models import DueWork
from tenants.hosts import portal_url
from tenants.models import Commune, OpeningWatch, Space
from tenants.opening import open_space
from tenants.watching import PURGE, TELL, confirm, forget, is_stop, owe_watchers, purge_watches, tell_watchers, watch
from tests.cast import Cast

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def calme(cast: Cast) -> Commune:
    return Commune.objects.get(pk=cast.calme_insee)


def mails(to: str) -> list[OutgoingEmail]:
    with entered(OPERATOR):
        return list(OutgoingEmail.objects.filter(recipient=to).order_by("created_at"))


def link(mail: OutgoingEmail, kind: str) -> str:
    prefix = portal_url(f"/prevenir/{kind}/")
    found = re.search(re.escape(prefix) + r"([^/\s]+)/", mail.text)
    assert found and f"{prefix}{found[1]}/" in mail.html.replace("&#x27;", "'")
    return found[1]


def activate(commune: Commune) -> None:
    open_space(commune)
    Space.objects.filter(commune=commune).update(state=Space.State.ACTIVE)


def test_an_address_is_told_only_after_its_owner_confirmed(cast: Cast) -> None:
    commune = calme(cast)
    watch(commune, " Anna@Exemple.fr ")
    watch(commune, "never@exemple.fr")
    (asked,) = mails("anna@exemple.fr")
    assert confirm(link(asked, "confirmer")) == commune
    activate(commune)
    assert owe_watchers(commune) == 1
    tell_watchers()
    assert len(mails("anna@exemple.fr")) == 2
    assert len(mails("never@exemple.fr")) == 1


def test_the_link_is_not_kept_in_clear(cast: Cast) -> None:
    watch(calme(cast), "anna@exemple.fr")
    word = link(mails("anna@exemple.fr")[0], "confirmer")
    assert word not in OpeningWatch.objects.get().token_hash
    assert len(word) >= 43


def test_everybody_is_told_once(cast: Cast) -> None:
    commune = calme(cast)
    watch(commune, "anna@exemple.fr")
    confirm(link(mails("anna@exemple.fr")[0], "confirmer"))
    activate(commune)
    assert owe_watchers(commune) == 1
    assert (tell_watchers(), tell_watchers()) == (None, None)
    assert len(mails("anna@exemple.fr")) == 2
    assert owe_watchers(commune) == 0
    assert OpeningWatch.objects.get().told_at
    assert "calme" in mails("anna@exemple.fr")[-1].text


def test_telling_is_undone_with_the_decision_it_belongs_to(cast: Cast) -> None:
    commune = calme(cast)
    watch(commune, "anna@exemple.fr")
    confirm(link(mails("anna@exemple.fr")[0], "confirmer"))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        activate(commune)
        owe_watchers(commune)
        1 / 0  # noqa: B018
    assert not DueWork.objects.filter(job=TELL).exists()
    tell_watchers()
    assert OpeningWatch.objects.get().told_at is None
    assert len(mails("anna@exemple.fr")) == 1


def test_watchers_are_told_in_batches_until_nobody_is_left(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    commune, people = calme(cast), [f"{name}@exemple.fr" for name in ("anna", "bruno", "carla")]
    for email in people:
        watch(commune, email)
        confirm(link(mails(email)[0], "confirmer"))
    activate(commune)
    assert owe_watchers(commune) == 3
    assert [len(mails(email)) for email in people] == [1, 1, 1], "told within the operator's request"
    assert DueWork.objects.filter(job=TELL, schema_name=OPERATOR.schema_name).exists()
    monkeypatch.setattr("tenants.watching.BATCH", 2)
    assert tell_watchers() is not None
    assert sorted(len(mails(email)) for email in people) == [1, 2, 2]
    assert tell_watchers() is None
    assert [len(mails(email)) for email in people] == [2, 2, 2]


def test_asking_again_replaces_the_link_and_not_more_than_every_two_minutes(cast: Cast) -> None:
    commune = calme(cast)
    with time_machine.travel(NOON, tick=False) as now:
        watch(commune, "anna@exemple.fr")
        watch(commune, "anna@exemple.fr")
        assert len(mails("anna@exemple.fr")) == 1
        now.shift(timedelta(minutes=3))
        watch(commune, "anna@exemple.fr")
        now.shift(timedelta(seconds=1))
        first, second = mails("anna@exemple.fr")
        assert confirm(link(first, "confirmer")) is None
        assert confirm(link(second, "confirmer")) == commune
        assert confirm(link(second, "confirmer")) == commune
    assert OpeningWatch.objects.count() == 1


def test_any_mail_stops_everything_for_its_address(cast: Cast) -> None:
    commune = calme(cast)
    with time_machine.travel(NOON, tick=False) as now:
        watch(commune, "anna@exemple.fr")
        now.shift(timedelta(minutes=3))
        watch(commune, "anna@exemple.fr")
    first, _second = mails("anna@exemple.fr")
    word = link(first, "arreter")
    assert is_stop(word) and forget(word)
    assert not OpeningWatch.objects.exists()
    assert forget(word)


@pytest.mark.parametrize("word", ["", "x", "0123456789abcdef0123456789abcdef:forged", "é" * 300, "\0"])
def test_a_forged_link_does_nothing(cast: Cast, word: str) -> None:
    watch(calme(cast), "anna@exemple.fr")
    assert confirm(word) is None
    assert not forget(word)
    assert OpeningWatch.objects.filter(confirmed_at=None).count() == 1


def test_who_confirms_after_the_opening_is_forgotten_at_once(cast: Cast) -> None:
    commune = calme(cast)
    watch(commune, "anna@exemple.fr")
    activate(commune)
    assert confirm(link(mails("anna@exemple.fr")[0], "confirmer")) == commune
    assert not OpeningWatch.objects.exists()


def test_nothing_is_kept_for_a_commune_that_is_open(cast: Cast) -> None:
    watch(Commune.objects.get(pk=cast.aubin.insee), "anna@exemple.fr")
    assert not OpeningWatch.objects.exists()
    assert mails("anna@exemple.fr") == []


def test_addresses_are_forgotten_when_their_time_is_over(cast: Cast) -> None:
    commune = calme(cast)
    with time_machine.travel(NOON, tick=False) as now:
        watch(commune, "lost@exemple.fr")
        watch(commune, "told@exemple.fr")
        watch(commune, "kept@exemple.fr")
        for email in ("told@exemple.fr", "kept@exemple.fr"):
            confirm(link(mails(email)[0], "confirmer"))
        OpeningWatch.objects.filter(email="told@exemple.fr").update(told_at=timezone.now())
        assert purge_watches() == NOON + timedelta(days=7)
        now.shift(timedelta(days=7))
        assert purge_watches() == NOON + timedelta(days=30)
        assert set(OpeningWatch.objects.values_list("email", flat=True)) == {"told@exemple.fr", "kept@exemple.fr"}
        now.shift(timedelta(days=30))
        purge_watches()
        assert set(OpeningWatch.objects.values_list("email", flat=True)) == {"kept@exemple.fr"}
        now.shift(timedelta(days=3 * 365))
        assert purge_watches() is None
    assert not OpeningWatch.objects.exists()


def test_forgetting_is_owed_from_the_first_request(cast: Cast) -> None:
    watch(calme(cast), "anna@exemple.fr")
    row = DueWork.objects.get(schema_name=OPERATOR.schema_name, job=PURGE)
    assert row.due_at > timezone.now() + timedelta(days=6)


def test_nobody_confirms_between_the_telling_and_its_commit(committed_cast: Cast) -> None:
    commune = calme(committed_cast)
    watch(commune, "anna@exemple.fr")
    word = link(mails("anna@exemple.fr")[0], "confirmer")

    def confirm_meanwhile() -> None:
        confirm(word)
        connection.close()

    thread = threading.Thread(target=confirm_meanwhile)
    with transaction.atomic():
        activate(commune)
        assert owe_watchers(commune) == 0
        thread.start()
        with connection.cursor() as cursor:
            waiting = 0
            while not waiting and thread.is_alive():
                cursor.execute("select pg_stat_clear_snapshot()")
                cursor.execute(
                    "select count(*) from pg_stat_activity"
                    " where datname = current_database() and wait_event_type = 'Lock'"
                )
                (waiting,) = cursor.fetchone()
    thread.join()
    assert waiting
    assert not OpeningWatch.objects.exists()
