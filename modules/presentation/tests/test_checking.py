"""The nightly work: what it finds of a link, when it tells the mairie, what it forgets."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import set_urlconf
from django.utils import timezone

from core.accounts.models import User
from core.catalogue import Visibility
from core.media.actions import keep
from core.media.tests.pictures import drawn, upload
from core.tenancy.context import enter
from core.tenancy.models import DueWork
from core.web.reaching import Answer, Reached
from modules.presentation import hooks
from modules.presentation.actions import listed
from modules.presentation.actions.checking import JOB, check_links, judged, next_night, sweep
from modules.presentation.models import Member, Outcome, Term, UsefulLink
from tests.cast import Cast

URL = "https://exemple.fr/page"
SILENT = Answer(Reached.SILENT, URL)


@pytest.fixture(autouse=True)
def _inside(cast: Cast) -> Iterator[None]:
    set_urlconf(settings.SITE_URLCONFS["space"])
    with enter(cast.aubin.schema_name):
        yield
    set_urlconf(None)


@pytest.fixture
def editor(cast: Cast) -> User:
    return User.objects.get(pk=cast.aubin.editor.id)


def link(url: str = URL, **values: Any) -> UsefulLink:
    return UsefulLink.objects.create(label="Lien", url=url, **values)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(Reached.ANSWERED, URL, 200), Outcome.FINE),
        (Answer(Reached.ANSWERED, URL + "/", 200), Outcome.FINE),
        (Answer(Reached.ANSWERED, "https://www.exemple.fr/page", 200), Outcome.FINE),
        (Answer(Reached.ANSWERED, "https://ailleurs.fr/", 200), Outcome.MOVED),
        (Answer(Reached.ANSWERED, URL, 403), Outcome.FINE),
        (Answer(Reached.ANSWERED, URL, 404), Outcome.GONE),
        (Answer(Reached.ANSWERED, URL, 410), Outcome.GONE),
        (Answer(Reached.ANSWERED, URL, 503), Outcome.FAILING),
        (SILENT, Outcome.SILENT),
        (Answer(Reached.REFUSED, "http://10.0.0.1/"), Outcome.REFUSED),
    ],
)
def test_an_answer_is_judged(answer: Answer, outcome: Outcome) -> None:
    assert judged(answer, URL) == outcome


def test_the_mairie_is_told_after_two_bad_nights_and_no_more_once_it_answers(editor: User) -> None:
    link()
    for answer, told in ((404, 0), (404, 1), (500, 1), (200, 0), (404, 0)):
        check_links(lambda url, status=answer: Answer(Reached.ANSWERED, url, status))
        assert len(list(hooks.tasks(editor))) == told
    kept = UsefulLink.objects.get()
    assert (kept.failures, kept.outcome) == (1, Outcome.GONE) and kept.checked_at


def test_only_who_may_mend_a_link_is_told_of_it(cast: Cast, editor: User) -> None:
    link(failures=2, outcome=Outcome.GONE)
    resident = User.objects.get(pk=cast.aubin.resident.id)
    assert list(hooks.tasks(resident)) == []
    [task] = hooks.tasks(editor)
    assert task.url.startswith("/mairie/commune/liens/utiles/")


def test_where_a_link_leads_now_is_told() -> None:
    link()
    check_links(lambda url: Answer(Reached.ANSWERED, "https://ailleurs.fr/page", 200))
    kept = UsefulLink.objects.get()
    assert (kept.outcome, kept.final_url, kept.failures) == (Outcome.MOVED, "https://ailleurs.fr/page", 0)


def test_a_page_of_the_space_itself_is_not_asked_for() -> None:
    link("/actualites/")
    link("https://exemple.fr", removed_at=timezone.now())
    asked: list[str] = []
    check_links(lambda url: asked.append(url) or Answer(Reached.SILENT, url))  # type: ignore[func-returns-value]
    assert asked == []


def test_a_night_without_network_accuses_no_site() -> None:
    link()
    link("https://exemple.fr/autre")
    check_links(lambda url: Answer(Reached.SILENT, url))
    assert set(UsefulLink.objects.values_list("failures", "checked_at")) == {(0, None)}
    check_links(lambda url: Answer(Reached.SILENT, url) if url == URL else Answer(Reached.ANSWERED, url, 200))
    assert sorted(UsefulLink.objects.values_list("failures", flat=True)) == [0, 1]


def test_a_link_that_was_mended_during_the_check_is_not_accused() -> None:
    kept = link()

    def meanwhile(url: str) -> Answer:
        return Answer(Reached.ANSWERED, url, 404)

    links = [kept]
    UsefulLink.objects.update(url="https://exemple.fr/nouvelle")
    from modules.presentation.actions import checking

    checking._keep(links, {URL: meanwhile(URL)})
    assert UsefulLink.objects.get().failures == 0


def test_the_work_is_owed_once_and_falls_in_the_communes_night(editor: User) -> None:
    for _ in range(2):
        values = {"label": "a", "url": URL, "theme": ""}
        listed.keep(UsefulLink, key=link().pk, values=values, author=editor)
    assert DueWork.objects.filter(job=JOB).count() == 1
    night = next_night(datetime(2026, 11, 24, 12, tzinfo=UTC))
    assert 2 <= night.hour < 5
    assert next_night(night) == night + timedelta(days=1)


def test_what_was_removed_goes_after_a_month_with_its_portrait(editor: User) -> None:
    asset = keep(upload(drawn()), author=editor)
    now = timezone.now()
    member = Member.objects.create(
        term=Term.objects.create(), first_name="Ada", surname="Lac", function="Maire", portrait=asset
    )
    assert hooks.owns_media(asset.pk) is Visibility.PUBLIC
    listed.remove(member, author=editor)
    assert hooks.owns_media(asset.pk) is Visibility.STAFF
    assert sweep(now - timedelta(days=30)) == 0
    assert sweep(timezone.now()) == 1
    assert hooks.owns_media(asset.pk) is Visibility.UNKNOWN


def test_a_former_members_face_goes_when_its_time_is_over_and_the_name_stays(editor: User) -> None:
    asset = keep(upload(drawn()), author=editor)
    term = Term.objects.create(current=None, ended_at=timezone.now())
    Member.objects.create(
        term=term, first_name="Ada", surname="Lac", function="Maire", portrait=asset, permanence="Samedi"
    )
    assert sum(each.count for each in hooks.retention(timezone.now() - timedelta(days=1))) == 0
    assert sum(each.count for each in hooks.retention(timezone.now())) == 1
    member = Member.objects.get()
    assert (str(member), member.portrait, member.permanence) == ("Ada Lac", None, "")


def test_an_elected_person_with_an_account_reads_what_the_page_says_of_them(editor: User) -> None:
    editor.name = "Zoé de La Forêt"
    editor.save()
    Member.objects.create(
        term=Term.objects.create(), first_name="Zoe", surname="De la Foret", function="Maire", delegations="Écoles"
    )
    [record] = hooks.personal_data(editor)
    assert record.content["fonction"] == "Maire" and record.content["délégations"] == "Écoles"
