from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from core.tenancy.context import enter
from core.tenancy.due import dispatch
from core.tenancy.errors import ModuleIsOff
from core.tenancy.models import DueWork
from modules.news import actions
from modules.news.jobs import publish_due_items
from modules.news.models import Transition
from modules.news.tests.writing import all_items, fresh, published, scheduled, user, written
from tenants.models import Commune
from tenants.switches import switch_off, switch_on
from tests.cast import Cast, Place

On = Callable[[str], Client]
SOON = timedelta(hours=3)


def run(place: Place) -> None:
    publish_due_items.apply(headers={"space": place.schema_name}, throw=True)


def owed(place: Place) -> datetime | None:
    row = DueWork.objects.filter(schema_name=place.schema_name, job=actions.PUBLISH_DUE).first()
    return row.due_at if row else None


@pytest.mark.parametrize(
    ("when", "said"),
    [(None, "Choisissez le jour"), (timedelta(minutes=-1), "déjà passée"), (timedelta(days=400), "douze mois")],
)
def test_a_time_that_cannot_be_is_refused(cast: Cast, when: timedelta | None, said: str) -> None:
    item = written(cast.aubin)
    moment = timezone.now() + when if when else None
    with enter(cast.aubin.schema_name), pytest.raises(ValidationError) as refusal:
        actions.schedule(key=item.pk, when=moment, author=user(cast.aubin.editor))
    assert said in " ".join(refusal.value.messages)


def test_what_is_public_already_is_not_scheduled(cast: Cast) -> None:
    item = published(cast.aubin)
    with enter(cast.aubin.schema_name), pytest.raises(ValidationError) as refusal:
        actions.schedule(key=item.pk, when=timezone.now() + SOON, author=user(cast.aubin.editor))
    assert "déjà en ligne" in " ".join(refusal.value.messages)


def test_nobody_reads_an_item_before_its_time_and_everybody_after(cast: Cast, client_on: On) -> None:
    item = scheduled(cast.aubin, timezone.now() + SOON)
    pages = (f"/actualites/{item.pk}/", "/actualites/", "/", "/actualites/fil.atom")
    client = client_on(cast.aubin.host)
    run(cast.aubin)
    assert client.get(pages[0]).status_code == 404
    assert not [page for page in pages[1:] if item.title in client.get(page).content.decode()]
    with time_machine.travel(timezone.now() + SOON, tick=False):
        assert dispatch() >= 1
        run(cast.aubin)
        assert not [page for page in pages if item.title not in client.get(page).content.decode()]
    assert fresh(cast.aubin, item).is_published
    assert owed(cast.aubin) is None


def test_who_chose_the_time_is_who_published(cast: Cast) -> None:
    item = scheduled(cast.aubin, timezone.now() + SOON)
    with time_machine.travel(timezone.now() + SOON, tick=False):
        run(cast.aubin)
    with enter(cast.aubin.schema_name):
        assert Transition.objects.get(item=item, state="published").author_id == cast.aubin.editor.id


def test_work_is_owed_until_the_last_item_is_out(cast: Cast) -> None:
    first, last = timezone.now() + SOON, timezone.now() + 2 * SOON
    later, sooner = scheduled(cast.aubin, last), scheduled(cast.aubin, first)
    assert owed(cast.aubin) == first
    with time_machine.travel(first, tick=False):
        run(cast.aubin)
    assert (fresh(cast.aubin, sooner).is_published, fresh(cast.aubin, later).is_published) == (True, False)
    assert owed(cast.aubin) == last
    with time_machine.travel(last, tick=False):
        run(cast.aubin)
    assert owed(cast.aubin) is None


def test_a_job_run_twice_publishes_once(cast: Cast) -> None:
    item = scheduled(cast.aubin, timezone.now() + SOON)
    with time_machine.travel(timezone.now() + SOON, tick=False):
        run(cast.aubin)
        run(cast.aubin)
    with enter(cast.aubin.schema_name):
        assert Transition.objects.filter(item=item, state="published").count() == 1


def test_a_time_put_off_is_followed(cast: Cast) -> None:
    item = scheduled(cast.aubin, timezone.now() + SOON)
    with enter(cast.aubin.schema_name):
        actions.schedule(key=item.pk, when=timezone.now() + 2 * SOON, author=user(cast.aubin.editor))
    with time_machine.travel(timezone.now() + SOON, tick=False):
        run(cast.aubin)
    assert fresh(cast.aubin, item).is_scheduled


def test_a_cancelled_item_does_not_appear(cast: Cast) -> None:
    item = scheduled(cast.aubin, timezone.now() + SOON)
    with enter(cast.aubin.schema_name):
        assert actions.unpublish(key=item.pk, author=user(cast.aubin.editor)).is_draft
    with time_machine.travel(timezone.now() + SOON, tick=False):
        run(cast.aubin)
    assert fresh(cast.aubin, item).is_draft


def test_an_item_of_a_module_that_is_off_waits_until_it_is_on(cast: Cast) -> None:
    item = scheduled(cast.aubin, timezone.now() + SOON)
    switch_off(cast.aubin.space, "news", author="test")
    with time_machine.travel(timezone.now() + SOON, tick=False):
        assert dispatch() == 0
        with pytest.raises(ModuleIsOff):
            run(cast.aubin)
        assert fresh(cast.aubin, item).is_scheduled
        switch_on(cast.aubin.space, "news", author="test")
        assert dispatch() == 1
        run(cast.aubin)
    assert fresh(cast.aubin, item).is_published


def test_one_communes_time_is_not_anothers(cast: Cast) -> None:
    item = scheduled(cast.aubin, timezone.now() + SOON)
    with time_machine.travel(timezone.now() + SOON, tick=False):
        run(cast.belleville)
    assert fresh(cast.aubin, item).is_scheduled
    assert owed(cast.belleville) is None


def test_a_time_is_typed_and_read_at_the_hour_of_the_commune(cast: Cast, client_of: Any) -> None:
    Commune.objects.filter(pk=cast.aubin.insee).update(departement="974")
    sent = {"title": "T", "summary": "S", "theme": "works", "publish_at": "2031-07-01T08:00"}
    with time_machine.travel("2031-06-01T00:00Z", tick=False):
        editor = client_of(cast.aubin.editor)
        editor.post("/mairie/actualites/nouvelle/programmer/", sent)
        [item] = all_items(cast.aubin)
        shown = editor.get(f"/mairie/actualites/{item.pk}/apercu/").content.decode()
    assert item.publish_at is not None
    assert item.publish_at.isoformat() == "2031-07-01T04:00:00+00:00"
    assert "mardi 1er juillet 2031 à 8\u00a0h" in shown
