"""Search finds what the person may see, in modules that are on, and says what it did."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from modules.news.models import ItemState, NewsItem
from space.tests.conftest import Inside
from space.views.search import PER_MINUTE
from tenants.switches import switch_off
from tests.cast import Cast

PAGE = "/recherche/"


@pytest.fixture
def fountain(inside: Inside) -> None:
    """An item that is public, and one that is not."""
    with inside():
        for title, state in (("La fontaine publique", ItemState.PUBLISHED), ("La fontaine secrète", ItemState.DRAFT)):
            shown = timezone.now() if state == ItemState.PUBLISHED else None
            NewsItem.objects.create(title=title, summary="Place", body="Texte.", state=state, published_at=shown)


@pytest.mark.usefixtures("fountain")
def test_strangers_residents_and_neighbours_find_what_is_public(
    cast: Cast, anyone: Client, resident: Client, client_of: Callable[..., Client]
) -> None:
    for browser in (anyone, resident, client_of(cast.belleville.administrator, cast.aubin.host)):
        page = browser.get(PAGE, {"q": "fontaine"}).content.decode()
        assert "La fontaine publique" in page
        assert "La fontaine secrète" not in page
        assert "1 résultat" in page


@pytest.mark.usefixtures("fountain")
def test_staff_find_their_drafts_too(editor: Client) -> None:
    page = editor.get(PAGE, {"q": "fontaine"}).content.decode()
    assert "La fontaine publique" in page
    assert "La fontaine secrète" in page


@pytest.mark.usefixtures("fountain")
def test_another_commune_finds_nothing(cast: Cast, client_on: Callable[[str], Client]) -> None:
    page = client_on(cast.belleville.host).get(PAGE, {"q": "fontaine"}).content.decode()
    assert "Rien pour « fontaine »" in page


@pytest.mark.usefixtures("fountain")
def test_a_module_that_is_off_is_not_searched(cast: Cast, anyone: Client) -> None:
    switch_off(cast.aubin.space, "news", author="test")
    assert "La fontaine publique" not in anyone.get(PAGE, {"q": "fontaine"}).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Que cherchez-vous dans l’espace de Saint-Aubin"),
        (" \0 ", "Que cherchez-vous dans l’espace de Saint-Aubin"),
        ("a", "Écrivez au moins deux lettres."),
        ("zzzz", "Rien pour « zzzz »"),
        ("<b>'\"%_\\", "Rien pour « &lt;b&gt;&#x27;&quot;%_\\ »"),
        ("x" * 500, "Seuls les 100 premiers caractères ont été cherchés."),
    ],
)
def test_whatever_is_typed_gets_a_sentence(typed: str, said: str, anyone: Client) -> None:
    answer = anyone.get(PAGE, {"q": typed})
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"


def test_too_many_searches_wait_and_one_commune_does_not_use_up_anothers(
    cast: Cast, anyone: Client, client_on: Callable[[str], Client]
) -> None:
    for _ in range(PER_MINUTE):
        assert anyone.get(PAGE, {"q": "fontaine"}).status_code == 200
    answer = anyone.get(PAGE, {"q": "fontaine"})
    assert answer.status_code == 429
    assert "Attendez une minute" in answer.content.decode()
    assert client_on(cast.belleville.host).get(PAGE, {"q": "fontaine"}).status_code == 200


def test_a_cache_that_is_down_stops_no_search(anyone: Client, settings: object) -> None:
    settings.CACHES = {  # type: ignore[attr-defined]
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    with pytest.raises(Exception, match="refused"):
        cache.get("anything")
    assert anyone.get(PAGE, {"q": "fontaine"}).status_code == 200


def test_results_are_paged_and_pages_keep_the_words(
    anyone: Client, monkeypatch: pytest.MonkeyPatch, inside: Inside
) -> None:
    monkeypatch.setattr("space.views.search.PAGE", 5)
    with inside():
        for number in range(12):
            NewsItem.objects.create(
                title=f"Fontaine et bassin {number}",
                summary="Place",
                body="Texte.",
                state=ItemState.PUBLISHED,
                published_at=timezone.now(),
            )
    page = anyone.get(PAGE, {"q": "fontaine & bassin"}).content.decode()
    assert "12 résultats" in page
    assert "Page 1 sur 3" in page
    assert 'href="?q=fontaine+%26+bassin&amp;page=2"' in page
    assert anyone.get(PAGE, {"q": "fontaine", "page": "99"}).status_code == 200
