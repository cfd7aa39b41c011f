"""The mairie's first page and its menus: what is due first, and only what the person may do."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import timezone

from core.accounts.models import User
from core.audit.actions import record
from modules.news.models import ItemState, NewsItem
from space.tests.conftest import Inside
from tenants.switches import switch_off
from tests.cast import Cast

PAGE = "/mairie/"


def test_what_is_due_comes_with_the_link_that_settles_it(editor: Client, inside: Inside) -> None:
    assert "Rien n’attend. Tout est à jour." in editor.get(PAGE).content.decode()
    with inside():
        item = NewsItem.objects.create(title="Un brouillon", summary="Résumé", body="Texte.")
    page = editor.get(PAGE).content.decode()
    assert "Un brouillon" in page
    assert f'href="/mairie/actualites/{item.pk}/"' in page
    assert "1 élément" in page
    assert "les plus urgents d’abord" not in page


def test_the_most_urgent_is_first(editor: Client, inside: Inside) -> None:
    with inside():
        NewsItem.objects.create(
            title="Programmée", summary="R", body="T", state=ItemState.SCHEDULED, publish_at=timezone.now()
        )
        NewsItem.objects.create(title="Brouillon à finir", summary="R", body="T")
    page = editor.get(PAGE).content.decode()
    assert page.index("Brouillon à finir") < page.index("<b>Programmée</b>")
    assert "2 éléments, les plus urgents d’abord" in page


def test_first_steps_are_those_the_person_may_take(editor: Client, administrator: Client, inside: Inside) -> None:
    for step in ("Choisir le blason et la couleur", "Inviter une ou un collègue"):
        assert step in administrator.get(PAGE).content.decode()
        assert step not in editor.get(PAGE).content.decode()
    with inside():
        record("space.appearance_set")
    assert "Choisir le blason et la couleur</a>" not in administrator.get(PAGE).content.decode()


def test_the_first_page_greets_by_the_first_name_or_not_at_all(editor: Client, cast: Cast, inside: Inside) -> None:
    assert "Bonjour Editor, voici votre" in editor.get(PAGE).content.decode()
    with inside():
        User.objects.filter(pk=cast.aubin.editor.id).update(name="")
    assert "Bonjour, voici votre" in editor.get(PAGE).content.decode()


def test_menus_hold_what_the_person_may_open(editor: Client, administrator: Client) -> None:
    for path in (PAGE, "/mairie/menu/"):
        page = editor.get(path).content.decode()
        assert "/mairie/actualites/" in page
        for closed in ("/mairie/habitants/", "/mairie/reglages/", "/mairie/modules/", "/mairie/journal/"):
            assert closed not in page
            assert closed in administrator.get(path).content.decode()


def test_a_module_that_is_off_leaves_menus_tasks_and_steps(cast: Cast, editor: Client, inside: Inside) -> None:
    with inside():
        NewsItem.objects.create(title="Un brouillon", summary="Résumé", body="Texte.")
    switch_off(cast.aubin.space, "news", author="test")
    page = editor.get(PAGE).content.decode()
    assert "actualit" not in page.lower()
    assert "Un brouillon" not in page


def test_the_first_page_costs_the_same_whatever_waits(
    editor: Client, inside: Inside, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with inside():
        NewsItem.objects.bulk_create(
            NewsItem(title=f"Brouillon {number}", summary="R", body="T") for number in range(30)
        )
    editor.get(PAGE)
    with django_assert_max_num_queries(16):
        editor.get(PAGE)
