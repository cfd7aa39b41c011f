"""Setting the demo up: dated rows, an explained history, and nothing twice."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import Count
from django.utils import timezone
from pytest_django import Settings

from core.accounts.levels import Level
from core.accounts.models import Invitation, ResidencyLetter, User
from core.audit.models import Entry
from core.delivery.models import FollowedArea, OutgoingEmail, OutgoingSms, SmsConsent
from core.delivery.sms.consenting import CODE, STOP
from core.delivery.sms.credit import balance
from core.delivery.sms.numbers import shown
from core.media.models import Asset
from core.organisation.models import Delegation, Department, SpecialPeriod
from core.tenancy.context import enter
from core.territory.models import Address, Area
from deploy.demo import people, telephones
from deploy.demo.communes import open_place
from deploy.demo.seed import drawing, seed
from deploy.demo.texts import SLUGS, SUSPENDED, WAITING, Place
from modules.alerts.models import Alert, AlertMessage, AlertState, Vigilance
from modules.alerts.queries.log import verdict
from modules.news.models import ItemState, NewsItem, Transition
from modules.presentation.models import CanteenWeek, Collection, LocalNumber, Market, Member, UsefulLink
from tenants.models import Commune, Space
from tests.cast import Cast

NOW = timezone.now()


@pytest.fixture
def place(cast: Cast, settings: Settings, tmp_path: Path) -> Place:
    """A place of the demo in a small directory, with its first picture only."""
    settings.MEDIA_ROOT = str(tmp_path)
    for number, slug in enumerate((*SLUGS, WAITING, SUSPENDED)):
        Commune.objects.create(insee=f"0100{number}", name=slug, slug=slug, departement="05", region="93",
                               latitude=44.3, longitude=5.7)  # fmt: skip
    read = Place.read("sainte-colombe-05")
    first = next(item for item in read.news if item.picture)
    bare = (item if item is first else replace(item, picture="", alt="") for item in read.news)
    return replace(read, news=tuple(bare))


def opened(place: Place) -> Space:
    with drawing([place]) as pictures:
        return open_place(place, pictures[place.slug], NOW)


def test_a_place_has_its_people_and_its_news_in_every_state(place: Place) -> None:
    with enter(opened(place).schema_name):
        held = dict(NewsItem.objects.order_by().values_list("state").annotate(Count("pk")))
        assert held == {
            "published": 14, "scheduled": 8, "draft": 6, "to_validate": 2,
            "unpublished": 4, "expired": 2, "archived": 2,
        }  # fmt: skip
        assert User.objects.staff().count() == 8
        residents = User.objects.exclude(pk__in=User.objects.staff())
        assert residents.count() == people.RESIDENTS
        assert residents.filter(is_active=False, blocks__lifted_at=None).exclude(blocks=None).count() == 1
        assert {resident.level for resident in residents} == set(Level)
        posted = ResidencyLetter.objects.waiting().order_by("asked_at").values_list("posted_at", flat=True)
        assert [when is not None for when in posted] == [True, False]
        assert Invitation.objects.standing().count() == 1
        assert Asset.objects.filter(alt__startswith="La fontaine de pierre", decorative=False).exists()
        assert not Asset.objects.filter(kind="picture", alt="").exists()


def test_a_place_has_its_services_its_areas_and_its_addresses(place: Place) -> None:
    with enter(opened(place).schema_name):
        assert all(department.slots.exists() for department in Department.objects.all())
        assert Department.objects.count() >= 2 and SpecialPeriod.objects.get() and Delegation.objects.get()
        assert Area.objects.count() == 3
        assert Address.objects.count() == 36 and not Address.objects.filter(area=None).exists()


def test_a_place_has_numbers_that_are_nobodys_and_sms_that_were_paid(place: Place) -> None:
    with enter(opened(place).schema_name):
        numbers = set(SmsConsent.objects.values_list("number", flat=True))
        assert len(numbers) == 10 and all(shown(number).startswith("06 39 98 ") for number in numbers)
        assert SmsConsent.objects.live().count() == 7 and FollowedArea.objects.count() == 2
        assert set(SmsConsent.objects.exclude(withdrawn_by="").values_list("withdrawn_by", flat=True)) > {STOP, CODE}
        assert 0 < balance() < telephones.BOUGHT and not OutgoingSms.objects.open().exists()


def test_a_place_has_an_alert_that_was_lifted_in_a_log_that_holds(place: Place) -> None:
    with enter(opened(place).schema_name):
        assert Alert.objects.filter(state=AlertState.LIFTED, over_at__lt=NOW).exists()
        mails = OutgoingEmail.objects.filter(announcement__topic="alerts")
        assert set(mails.values_list("state", flat=True)) == {"accepted"}
        assert AlertMessage.objects.reports().filter(at__lt=NOW).count() == 2
        assert verdict().holds


def test_a_weather_warning_waits_in_the_mountains(place: Place) -> None:
    with enter(opened(place).schema_name):
        waiting = [str(each.label) for each in Vigilance.objects.filter(alert__state=AlertState.DRAFT)]
        assert waiting == (["vigilance orange neige-verglas"] if place.slug == "sainte-colombe-05" else [])


def test_what_happened_is_dated_when_it_happened(place: Place) -> None:
    space = opened(place)
    assert space.opened_at == NOW - timedelta(days=place.opened)
    with enter(space.schema_name):
        steps = Transition.objects.select_related("item")
        assert all(step.item.created_at <= step.at < NOW for step in steps)
        ended = [step for step in steps if step.state in {"unpublished", "expired", "archived"}]
        assert all(step.item.published_at and step.item.published_at < step.at for step in ended)
        assert not NewsItem.objects.filter(state=ItemState.SCHEDULED, publish_at__lte=NOW).exists()
        assert not Entry.objects.filter(at__gt=NOW).exists()
        assert len({moment.date() for moment in Entry.objects.values_list("at", flat=True)}) > 30


def test_a_place_has_its_team_its_links_and_its_daily_life(place: Place) -> None:
    with enter(opened(place).schema_name):
        members = list(Member.objects.current())
        assert len(members) >= 7 and all("(personne fictive)" in str(member) for member in members)
        assert {member.group for member in members} != {""}
        assert all(link.is_own for link in UsefulLink.objects.all()) and UsefulLink.objects.count() >= 3
        assert LocalNumber.objects.exists() and Collection.objects.exists() and Market.objects.exists()
        assert CanteenWeek.objects.count() == 2


def test_the_console_shows_every_state_and_a_second_seed_adds_nothing(place: Place) -> None:
    everywhere = tuple(replace(item, area="") for item in place.news)  # each commune has areas of its own
    places = [replace(place, slug=slug, news=everywhere) for slug in SLUGS]
    with drawing(places) as pictures:
        assert set(pictures) == set(SLUGS)
        assert len(list(seed(places, pictures, NOW))) == 6
    states = {space.commune.slug: space.state for space in Space.objects.filter(is_demo=True)}
    assert states == {
        **dict.fromkeys(SLUGS, "active"),
        WAITING: "pending",
        SUSPENDED: "suspended",
    }
    before = _everything()
    with drawing(places) as pictures:
        assert pictures == {}
        assert list(seed(places, pictures, NOW)) == []
    assert _everything() == before


def _everything() -> list[tuple[str, int, int]]:
    counts = []
    for space in Space.objects.filter(is_demo=True).order_by("schema_name"):
        with enter(space.schema_name):
            counts.append((space.schema_name, User.objects.count(), Entry.objects.count()))
    return counts
