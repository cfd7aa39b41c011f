"""Every host answers what it should, to whom it should."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from core.accounts.access import Access, access_of
from core.tenancy.context import enter
from core.tenancy.models import DueWork
from modules.news.models import NewsItem
from tenants.switches import switch_off, switch_on
from tests.cast import Cast, Person

On = Callable[[str], Client]
Of = Callable[..., Client]


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from routes(each, prefix + str(each.pattern))
        else:
            yield prefix + str(each.pattern), each


@pytest.mark.parametrize("kind", sorted(settings.SITE_URLCONFS))
def test_every_route_declares_who_may_enter(kind: str) -> None:
    found = list(routes(get_resolver(settings.SITE_URLCONFS[kind])))
    print(f"{kind}: {len(found)} routes")  # noqa: T201
    assert found
    assert not [path for path, pattern in found if not isinstance(access_of(pattern.callback), Access)]


def test_an_unknown_host_is_not_found(cast: Cast, client_on: On) -> None:
    for host in ("nobody.beffroi.test", "a.aubin.beffroi.test", "www.beffroi.test"):
        assert client_on(host).get("/").status_code == 404


def test_the_portal_finds_a_commune_by_name_and_by_postal_code(cast: Cast, client_on: On) -> None:
    portal = client_on(cast.portal_host)
    assert portal.get("/").status_code == 200
    assert portal.get("/modules/").status_code == 200
    for query in ("bellevil", "69100", "Belleville 69"):
        assert "belleville.beffroi.test" in portal.get("/communes/", {"q": query}).content.decode()
    assert "Aucune commune" in portal.get("/communes/", {"q": "zzzz\0'\"<script>"}).content.decode()


def test_a_commune_without_a_space_says_that_the_page_is_not_the_mairies(cast: Cast, client_on: On) -> None:
    response = client_on(cast.calme_host).get("/")
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert "Cette page n’est pas celle de la mairie" in response.content.decode()


def test_a_space_whose_mandate_waits_is_closed_to_the_public(cast: Cast, client_on: On) -> None:
    assert client_on(cast.doux.host).get("/").status_code == 404


def test_anyone_reads_a_published_item_and_nobody_a_draft(cast: Cast, client_on: On) -> None:
    from modules.news.actions import publish

    with enter(cast.aubin.schema_name):
        from core.accounts.models import User

        author = User.objects.get(pk=cast.aubin.editor.id)
        item = NewsItem.objects.create(title="La fontaine est hors gel", summary="Jusqu’en mars", body="Texte.")
        url = f"/actualites/{item.pk}/"
        assert client_on(cast.aubin.host).get(url).status_code == 404
    with enter(cast.aubin.schema_name):
        publish(key=item.pk, author=author)
    response = client_on(cast.aubin.host).get(url)
    assert response.status_code == 200
    assert "La fontaine est hors gel" in response.content.decode()
    assert client_on(cast.belleville.host).get(url).status_code == 404
    assert "La fontaine est hors gel" in client_on(cast.aubin.host).get("/").content.decode()


@pytest.mark.parametrize("path", ["/actualites/", "/mairie/actualites/", "/api/v1/actualites/", "/actualites/fil.atom"])
def test_a_module_that_is_off_answers_nowhere(cast: Cast, client_of: Of, path: str) -> None:
    administrator = client_of(cast.aubin.administrator)
    assert administrator.get(path).status_code == 200
    switch_off(cast.aubin.space, "news", author="test")
    assert administrator.get(path).status_code == 404
    switch_on(cast.aubin.space, "news", author="test")
    assert administrator.get(path).status_code == 200


def test_due_work_of_a_module_that_is_off_waits(cast: Cast) -> None:
    from django.utils import timezone

    from core.tenancy.due import dispatch, due

    with enter(cast.aubin.schema_name):
        due("news.publish_due", timezone.now())
    switch_off(cast.aubin.space, "news", author="test")
    assert dispatch() == 0
    assert DueWork.objects.get(job="news.publish_due").parked_at
    switch_on(cast.aubin.space, "news", author="test")
    assert dispatch() == 1


@pytest.mark.parametrize("path", ["/mairie/", "/mairie/habitants/", "/mairie/reglages/", "/mairie/modules/"])
def test_the_back_office_is_closed_to_residents_and_to_the_neighbours_staff(
    cast: Cast, client_on: On, client_of: Of, path: str
) -> None:
    assert client_on(cast.aubin.host).get(path).status_code == 302
    assert client_of(cast.aubin.resident).get(path).status_code == 403
    neighbour = client_of(cast.belleville.administrator, cast.aubin.host)
    assert neighbour.get(path).status_code == 302
    assert client_of(cast.aubin.administrator).get(path).status_code == 200


@pytest.mark.parametrize("who", ["administrator", "editor", "resident"])
def test_the_console_is_closed_to_everybody_of_a_commune(cast: Cast, client_of: Of, who: str) -> None:
    person: Person = getattr(cast.aubin, who)
    assert client_of(person, cast.console_host).get("/").status_code == 302
    assert client_of(cast.operator).get("/").status_code == 200
