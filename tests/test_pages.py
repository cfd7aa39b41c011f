"""Every host answers what it should, to whom it should."""

from collections.abc import Callable

from django.test import Client

from core.tenancy.context import enter
from modules.news.models import NewsItem
from tests.cast import Cast
from tests.conftest import Neighbours
from tests.probing import ask, undone
from tests.walks import routes

On = Callable[[str], Client]


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


def test_every_page_of_a_commune_wears_its_colours(one_way: Neighbours, client_of: Callable[..., Client]) -> None:
    """A page whose context took a name of the shell's would lose its style, its icon and its script."""
    browser = client_of(one_way.victim.administrator)
    bare, dressed = [], 0
    for route in routes("space"):
        with undone():
            response = ask(browser, "get", route, one_way.victims.url(route))
        text = b"" if response.streaming else response.content
        if response.status_code == 200 and (b'<body class="space' in text or b'<body class="office' in text):
            dressed += b"/theme.css?v=" in text
            bare += [] if b"/theme.css?v=" in text else [str(route)]
    assert dressed > 40
    assert not bare
