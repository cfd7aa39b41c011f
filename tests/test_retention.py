"""What is kept of people is kept as long as it is said, in modules that are off too, and not longer."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import DateField
from django.test import Client
from django.utils import timezone

from core.accounts.models import User
from core.audit.models import Entry
from core.catalogue import Manifest
from core.privacy import retention
from core.privacy.registry import Term, terms
from core.privacy.retention import RETAIN, months_before, retain
from core.tenancy.context import enter
from core.tenancy.models import DueWork
from modules.news.models import NewsItem
from tenants.models import Space
from tenants.switches import switch_off
from tests.conftest import Neighbours
from tests.probing import told_apart
from tests.walks import commune_models

each_module = pytest.mark.parametrize("manifest", list(settings.CATALOGUE), ids=lambda manifest: manifest.slug)
each_term = pytest.mark.parametrize("term", terms(), ids=lambda term: term.forget.__name__)
DAY = timedelta(days=1)


def _term(months: int) -> timedelta:
    now = timezone.now()
    return now - months_before(months, now)


def _age(by: timedelta) -> None:
    """Everything that the commune holds happened so long ago; what was to come still followed as late."""
    now = timezone.now()
    for model in commune_models():
        moments = [field.attname for field in model._meta.concrete_fields if isinstance(field, DateField)]
        for rank, row in enumerate(model._base_manager.values("pk", *moments) if moments else ()):
            earlier = {name: _at(row[name], now, by + timedelta(seconds=rank)) for name in moments if row[name]}
            model._base_manager.filter(pk=row["pk"]).update(**earlier)


def _at(moment: Any, now: datetime, ago: timedelta) -> Any:
    today: Any = now if isinstance(moment, datetime) else now.date()
    return max(moment, today) - ago


def _forgotten(manifest: Manifest) -> int:
    hook: Any = settings.CATALOGUE.hook(manifest.slug, "retention")
    return sum(each.count for each in hook(months_before(manifest.personal_data.keep_months, timezone.now())))


def _told(manifest: Manifest, person: User) -> list[Any]:
    hook: Any = settings.CATALOGUE.hook(manifest.slug, "personal_data")
    return list(hook(person))


@each_module
def test_a_module_forgets_a_person_when_its_term_is_over_and_no_sooner(manifest: Manifest, one_way: Neighbours) -> None:
    person, term = one_way.victims[User], _term(manifest.personal_data.keep_months)
    switch_off(one_way.victim.space, manifest.slug, author="test")
    with enter(one_way.victim.schema_name):
        _age(term - DAY)
        assert _forgotten(manifest) == 0
        held = _told(manifest, person)
        assert held
        _age(term + DAY)
        retain()
        assert not _told(manifest, person)


@each_term
def test_a_service_forgets_when_its_term_is_over_and_no_sooner(term: Term, one_way: Neighbours) -> None:
    with enter(one_way.victim.schema_name):
        Entry.objects.create(verb="news.written")
        before = months_before(term.months, timezone.now())
        _age(_term(term.months) - DAY)
        assert term.forget(before) == 0
        _age(_term(term.months) + DAY)
        assert term.forget(before) > 0
        assert term.forget(before) == 0


def test_what_is_forgotten_is_counted_in_the_journal(one_way: Neighbours) -> None:
    with enter(one_way.victim.schema_name):
        _age(timedelta())
        retain()
        assert not Entry.objects.filter(verb="privacy.forgotten").exists(), "a line where nothing was forgotten"
        _age(_term(60) + DAY)
        retain()
        erased = Counter(Entry.objects.get(verb="privacy.forgotten").detail["erased"])
        told_apart(erased, "forgotten", "auteurs d’actualités", "auteurs de modifications de pages", "Le journal")


def test_a_batch_that_was_full_is_followed_by_another(one_way: Neighbours, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "MOST", 1)
    with enter(one_way.victim.schema_name):
        Entry.objects.bulk_create([Entry(verb="news.written"), Entry(verb="news.written")])
        _age(_term(60) + DAY)
        held = Entry.objects.count()
        assert retain() <= timezone.now() + retention.SOON
        assert Entry.objects.exclude(verb="privacy.forgotten").count() == held - 1


def test_every_space_owes_its_forgetting_from_its_opening(one_way: Neighbours) -> None:
    owing = set(DueWork.objects.filter(job=RETAIN).values_list("schema_name", flat=True))
    assert {one_way.victim.schema_name, one_way.other.schema_name} <= owing
    assert owing <= set(Space.objects.values_list("schema_name", flat=True))


def test_a_schema_that_lost_its_row_owes_it_again_after_a_deploy(one_way: Neighbours) -> None:
    DueWork.objects.filter(job=RETAIN).delete()
    call_command("prepare", verbosity=0)
    owing = set(DueWork.objects.filter(job=RETAIN).values_list("schema_name", flat=True))
    assert owing == set(Space.objects.values_list("schema_name", flat=True))


def test_what_the_mairie_published_stays(one_way: Neighbours) -> None:
    with enter(one_way.victim.schema_name):
        held = NewsItem.objects.count()
        _age(_term(60) + DAY)
        retain()
        assert NewsItem.objects.count() == held > 0


def test_the_privacy_page_says_every_term(one_way: Neighbours, client_on: Callable[[str], Client]) -> None:
    page = client_on(one_way.victim.host).get("/donnees-personnelles/").content.decode()
    said = [(manifest.personal_data.purpose, manifest.personal_data.keep_months) for manifest in settings.CATALOGUE]
    said += [(str(term.why), term.months) for term in terms()]
    for why, months in said:
        assert f"{why} Conservation : {months} mois." in page


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        ((2026, 3, 31), 1, (2026, 2, 28)),
        ((2024, 2, 29), 12, (2023, 2, 28)),
        ((2026, 1, 15), 60, (2021, 1, 15)),
        ((2026, 12, 1), 12, (2025, 12, 1)),
    ],
)
def test_months_are_those_of_the_calendar(day: tuple[int, int, int], months: int, wanted: tuple[int, int, int]) -> None:
    assert months_before(months, datetime(*day, 9, tzinfo=timezone.get_current_timezone())).date() == date(*wanted)
