"""What the mairie does with its news, and who may."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.test import Client

from modules.news.models import NewsItem
from modules.news.tests.writing import (
    EVERY_STATE,
    TYPED,
    all_items,
    fresh,
    picture,
    published,
    scheduled,
    withdrawn,
    written,
)
from tenants.appearance import set_custom_name
from tests.cast import Cast, Place

On = Callable[[str], Client]
Of = Callable[..., Client]
OFFICE = "/mairie/actualites/"
HOSTILE = '<script>alert("é")</script> & «\'»'


def text(response: Any) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def addresses(item: NewsItem) -> list[str]:
    names = ("", "valider/", "publier/", "programmer/", "apercu/", "comme-un-habitant/", "versions/", "a-valider/",
             "rendre/", "mettre-en-ligne/", "archiver/", "retirer/", "supprimer/", "en-ligne/")  # fmt: skip
    new = (OFFICE, *(f"{OFFICE}nouvelle/{name}" for name in ("", "valider/", "publier/", "programmer/")))
    return [*new, *(f"{OFFICE}{item.pk}/{name}" for name in names)]


def test_who_is_not_of_the_mairie_enters_nowhere_and_changes_nothing(cast: Cast, client_on: On, client_of: Of) -> None:
    item = written(cast.aubin)
    strangers = {
        client_on(cast.aubin.host): 302,
        client_of(cast.belleville.editor, cast.aubin.host): 302,
        client_of(cast.aubin.resident): 403,
    }
    for address in addresses(item):
        for stranger, status in strangers.items():
            assert stranger.get(address).status_code == status, address
            assert stranger.post(address, TYPED).status_code == status, address
    assert all_items(cast.aubin) == [item]
    assert fresh(cast.aubin, item).version == item.version


def test_an_item_of_the_neighbour_is_not_found(cast: Cast, client_of: Of) -> None:
    item = written(cast.belleville)
    editor = client_of(cast.aubin.editor)
    for address in addresses(item)[5:]:
        assert editor.get(address).status_code == 404, address
        assert editor.post(address, TYPED).status_code == 404, address
    assert fresh(cast.belleville, item).version == item.version


@pytest.mark.parametrize("who", ["editor", "administrator"])
def test_the_mairie_opens_every_page_in_every_state(cast: Cast, client_of: Of, who: str) -> None:
    client = client_of(getattr(cast.aubin, who))
    for make in EVERY_STATE:
        for address in addresses(make(cast.aubin, attachments=(picture(cast.aubin),))):
            assert client.get(address).status_code in {200, 302}, address


def test_a_draft_is_kept_and_shown(cast: Cast, client_of: Of) -> None:
    response = client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/", TYPED, follow=True)
    [item] = all_items(cast.aubin)
    assert item.is_draft
    assert item.author_id == cast.aubin.editor.id
    assert "C’est enregistré." in text(response)
    assert item.title in text(response)


def test_what_is_published_is_read_at_the_address_that_the_phone_is_shown(
    cast: Cast, client_of: Of, client_on: On
) -> None:
    response = client_of(cast.aubin.editor).post(f"{OFFICE}nouvelle/publier/", TYPED, follow=True)
    [item] = all_items(cast.aubin)
    address = f"https://{cast.aubin.host}/actualites/{item.pk}/"
    assert response.context["address"] == address
    assert f'href="{address}"' in response.content.decode()
    assert 'class="code"' in response.content.decode()
    assert TYPED["title"] in text(client_on(cast.aubin.host).get(f"/actualites/{item.pk}/"))


def test_a_commune_that_chose_its_name_is_shown_to_the_phone_under_it(cast: Cast, client_of: Of) -> None:
    item = published(cast.aubin)
    set_custom_name(cast.aubin.space, "bourg-aubin")
    host = f"bourg-aubin.{settings.BASE_DOMAIN}"
    response = client_of(cast.aubin.editor, host).get(f"{OFFICE}{item.pk}/en-ligne/")
    assert response.context["address"] == f"https://{host}/actualites/{item.pk}/"


def test_the_code_for_the_phone_says_the_address_in_black_on_white() -> None:
    from modules.news.views.office import qr_code

    code = qr_code("https://aubin.beffroi.test/actualites/0/")
    assert 'fill="#fff"' in code
    assert 'stroke="#000"' in code
    assert qr_code("https://aubin.beffroi.test/actualites/1/") != code


@pytest.mark.parametrize("make", [written, scheduled, withdrawn])
def test_there_is_no_code_for_what_is_not_public(cast: Cast, client_of: Of, make: Any) -> None:
    item = make(cast.aubin)
    response = client_of(cast.aubin.editor).get(f"{OFFICE}{item.pk}/en-ligne/")
    assert response.headers["Location"] == f"{OFFICE}{item.pk}/apercu/"


def test_html_is_shown_as_it_was_typed_on_every_page(cast: Cast, client_of: Of, client_on: On) -> None:
    item = published(
        cast.aubin, title=HOSTILE, summary=HOSTILE, body=HOSTILE, attachments=(picture(cast.aubin, HOSTILE),)
    )
    editor, anyone = client_of(cast.aubin.editor), client_on(cast.aubin.host)
    pages = [(editor, address) for address in addresses(item) if not address.endswith("nouvelle/programmer/")]
    pages += [(anyone, address) for address in ("/", "/actualites/", f"/actualites/{item.pk}/")]
    shown = 0
    for client, address in pages:
        response = client.get(address)
        html = response.content.decode()
        assert "<script>alert" not in html, address
        shown += HOSTILE in text(response)
    assert shown >= 7


def test_correcting_what_is_public_keeps_it_public_and_dates_the_correction(cast: Cast, client_of: Of) -> None:
    item = published(cast.aubin)
    response = client_of(cast.aubin.editor).post(f"{OFFICE}{item.pk}/", {**TYPED, "version": item.version})
    assert "les habitants lisent la nouvelle version" in said(response)[0]
    now = fresh(cast.aubin, item)
    assert (now.title, now.is_published, now.published_at) == (TYPED["title"], True, item.published_at)


@pytest.mark.parametrize(
    ("make", "act", "then"),
    [
        (written, "mettre-en-ligne/", "is_published"),
        (withdrawn, "mettre-en-ligne/", "is_published"),
        (scheduled, "retirer/", "is_draft"),
    ],
)
def test_an_act_is_confirmed_before_it_is_done(cast: Cast, client_of: Of, make: Any, act: str, then: str) -> None:
    item, editor = make(cast.aubin), client_of(cast.aubin.editor)
    assert editor.get(f"{OFFICE}{item.pk}/{act}").status_code == 200
    assert fresh(cast.aubin, item).state == item.state
    assert editor.post(f"{OFFICE}{item.pk}/{act}").status_code == 302
    assert getattr(fresh(cast.aubin, item), then)


def test_withdrawing_hides_at_once(cast: Cast, client_of: Of, client_on: On) -> None:
    item = published(cast.aubin)
    response = client_of(cast.aubin.editor).post(f"{OFFICE}{item.pk}/retirer/")
    assert said(response) == ["L’actualité n’est plus en ligne."]
    assert client_on(cast.aubin.host).get(f"/actualites/{item.pk}/").status_code == 410


def test_what_was_public_is_not_deleted(cast: Cast, client_of: Of) -> None:
    item = withdrawn(cast.aubin)
    response = client_of(cast.aubin.editor).post(f"{OFFICE}{item.pk}/supprimer/")
    assert "se retire" in said(response)[0]
    assert fresh(cast.aubin, item)


def test_who_and_when_is_read_beside_the_item(cast: Cast, client_of: Of) -> None:
    item = withdrawn(cast.aubin)
    shown = text(client_of(cast.aubin.administrator).get(f"{OFFICE}{item.pk}/apercu/"))
    assert all(line in shown for line in ("Commencée le", "Publiée le", "Retirée le"))
    assert shown.count("Editor") == 3


def narrowed(client: Client, place: Place, **query: str) -> set[str]:
    response = client.get(OFFICE, query)
    assert response.status_code == 200
    return {item.title for item in response.context["page"]}


def test_the_list_is_narrowed_by_state_and_by_words(cast: Cast, client_of: Of) -> None:
    editor = client_of(cast.aubin.editor)
    assert "Votre première actualité" in text(editor.get(OFFICE))
    written(cast.aubin, title="Brouillon de l’école")
    scheduled(cast.aubin, title="Programmée pour l’été")
    published(cast.aubin, title="École publiée")
    withdrawn(cast.aubin, title="Retirée")
    assert len(narrowed(editor, cast.aubin)) == 4
    assert narrowed(editor, cast.aubin, etat="draft") == {"Brouillon de l’école"}
    assert narrowed(editor, cast.aubin, q="ECOLE") == {"Brouillon de l’école", "École publiée"}
    assert narrowed(editor, cast.aubin, q="ecol", etat="published") == {"École publiée"}
    assert "Rien ne contient « zzz »" in text(editor.get(OFFICE, {"q": "zzz"}))


@pytest.mark.parametrize(
    "query",
    [{"q": "\x00"}, {"q": "x" * 5000}, {"q": "' | & ! :* <"}, {"q": "🏔"}, {"q": "a' or 1=1 --"}, {"etat": "gone"},
     {"page": "x"}, {"page": "9"}, {"page": "-1"}, {"page": "\x00"}],
)  # fmt: skip
def test_a_list_asked_anything_answers(cast: Cast, client_of: Of, query: dict[str, str]) -> None:
    written(cast.aubin)
    assert client_of(cast.aubin.editor).get(OFFICE, query).status_code == 200


@pytest.mark.parametrize("name", ["apercu/", "en-ligne/", "retirer/", "supprimer/", "mettre-en-ligne/", ""])
def test_an_item_that_does_not_exist_is_not_found(cast: Cast, client_of: Of, name: str) -> None:
    assert client_of(cast.aubin.editor).get(f"{OFFICE}{uuid4()}/{name}").status_code == 404
