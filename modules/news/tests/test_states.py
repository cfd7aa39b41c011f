"""From a state to another: what may follow what, who may, and what is said."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from core.accounts.actions import set_role
from core.audit.models import Entry
from core.catalogue import Role
from core.drafts.actions import keep
from core.drafts.models import Draft
from core.tenancy.context import enter
from core.tenancy.models import DueWork
from modules.news import actions, hooks
from modules.news.actions import Showing
from modules.news.jobs import expire_due_items
from modules.news.models import NEXT, ItemState, NewsItem, Transition
from modules.news.tests.writing import (
    EVERY_STATE,
    TYPED,
    all_items,
    archived,
    content,
    expired,
    fresh,
    published,
    submitted,
    user,
    withdrawn,
    written,
)
from tests.cast import Cast, Place

On = Callable[[str], Client]
Of = Callable[..., Client]
OFFICE = "/mairie/actualites/"
DAY = timedelta(days=1)


@pytest.fixture
def agent(cast: Cast, client_of: Of) -> Client:
    """Writes the news and does not publish them."""
    with enter(cast.aubin.schema_name):
        set_role(user(cast.aubin.resident), Role.AGENT, author=user(cast.aubin.administrator))
    return client_of(cast.aubin.resident)


def step(place: Place, item: NewsItem, to: ItemState) -> NewsItem:
    author, key = user(place.editor), item.pk
    acts: dict[ItemState, Callable[[], Any]] = {
        ItemState.DRAFT: lambda: actions.send_back(key=key, reason="Une date manque", author=author),
        ItemState.TO_VALIDATE: lambda: actions.ask_validation(key=key, author=author),
        ItemState.SCHEDULED: lambda: actions.schedule(key=key, when=timezone.now() + DAY, author=author),
        ItemState.PUBLISHED: lambda: actions.publish(key=key, author=author),
        ItemState.ARCHIVED: lambda: actions.archive(key=key, author=author),
        ItemState.UNPUBLISHED: lambda: actions.unpublish(key=key, author=author),
        ItemState.DELETED: lambda: actions.delete_draft(key=key, author=author),
    }
    with enter(place.schema_name):
        acts[to]()
    return fresh(place, item)


@pytest.mark.parametrize("make", EVERY_STATE)
@pytest.mark.parametrize("to", [state for state in ItemState if state not in {ItemState.EXPIRED, ItemState.DRAFT}])
def test_a_step_is_taken_with_its_author_and_date_or_refused_with_a_sentence(
    cast: Cast, make: Any, to: ItemState
) -> None:
    item = make(cast.aubin)
    before = item.state
    if to not in NEXT[before] and to != before:
        with pytest.raises(ValidationError) as refusal:
            step(cast.aubin, item, to)
        assert refusal.value.messages[0].endswith(".")
        assert fresh(cast.aubin, item).state == before
        return
    assert step(cast.aubin, item, to).state in {to, ItemState.DRAFT}
    with enter(cast.aubin.schema_name):
        last = Transition.objects.filter(item=item).first()
        assert Entry.objects.filter(detail__item=str(item.pk), author_id=cast.aubin.editor.id).exists()
    if to != before:
        assert last is not None
        assert (last.before, last.author_id) == (before, cast.aubin.editor.id)


def test_who_may_not_publish_sends_to_who_may(cast: Cast, agent: Client, client_of: Of) -> None:
    assert agent.post(f"{OFFICE}nouvelle/valider/", TYPED).status_code == 302
    [item] = all_items(cast.aubin)
    assert item.is_to_validate
    assert agent.post(f"{OFFICE}{item.pk}/rendre/", {"reason": "Non"}).status_code == 403
    assert agent.post(f"{OFFICE}{item.pk}/mettre-en-ligne/").status_code == 403
    assert "À valider" in client_of(cast.aubin.editor).get("/mairie/").content.decode()
    assert "À valider" not in agent.get("/mairie/").content.decode()


def test_an_item_is_given_back_with_a_word_that_its_author_reads(cast: Cast, agent: Client, client_of: Of) -> None:
    agent.post(f"{OFFICE}nouvelle/valider/", TYPED)
    [item] = all_items(cast.aubin)
    editor = client_of(cast.aubin.editor)
    for reason in ("", "  ", "x" * 301):
        assert editor.post(f"{OFFICE}{item.pk}/rendre/", {"reason": reason}).status_code == 422
    assert editor.post(f"{OFFICE}{item.pk}/rendre/", {"reason": "La date manque"}).status_code == 302
    assert fresh(cast.aubin, item).is_draft
    for page in ("/mairie/", f"{OFFICE}{item.pk}/", f"{OFFICE}{item.pk}/apercu/"):
        assert "La date manque" in agent.get(page).content.decode(), page
    assert editor.post(f"{OFFICE}{item.pk}/rendre/", {"reason": "Autre"}).status_code == 422


def test_what_waits_is_published_by_who_may(cast: Cast, client_of: Of) -> None:
    item = submitted(cast.aubin)
    assert client_of(cast.aubin.editor).post(f"{OFFICE}{item.pk}/mettre-en-ligne/").status_code == 302
    assert fresh(cast.aubin, item).is_published


def test_a_step_that_cannot_be_is_said_on_the_items_page(cast: Cast, client_of: Of) -> None:
    item = written(cast.aubin)
    page = client_of(cast.aubin.editor).post(f"{OFFICE}{item.pk}/archiver/", follow=True)
    assert "Cette actualité est un brouillon : elle ne peut pas être archivée." in page.content.decode()


def public_pages(item: NewsItem) -> dict[str, str]:
    return {"/": "home", "/actualites/": "list", "/actualites/fil.atom": "feed", "/recherche/?q=mairie": "search"}


def test_an_item_disappears_at_its_date_and_its_address_says_so(cast: Cast, client_on: On) -> None:
    item = published(cast.aubin, showing=Showing(expire_at=timezone.now() + DAY))
    client = client_on(cast.aubin.host)
    assert all(item.title in client.get(page).content.decode() for page in public_pages(item))
    with time_machine.travel(timezone.now() + DAY, tick=False):
        expire_due_items.apply(headers={"space": cast.aubin.schema_name}, throw=True)
        assert not [page for page in public_pages(item) if item.title in client.get(page).content.decode()]
        gone = client.get(f"/actualites/{item.pk}/")
    assert gone.status_code == 410
    assert "n’est plus d’actualité" in gone.content.decode()
    assert not DueWork.objects.filter(schema_name=cast.aubin.schema_name, job=actions.EXPIRE_DUE).exists()


def test_who_published_what_expired_is_nobodys_act(cast: Cast) -> None:
    item = expired(cast.aubin)
    with enter(cast.aubin.schema_name):
        last = Transition.objects.filter(item=item).first()
        assert last is not None
        assert (last.state, last.author_id) == (ItemState.EXPIRED, None)


def test_what_expired_is_public_again_without_the_date_that_is_over(cast: Cast) -> None:
    again = step(cast.aubin, expired(cast.aubin), ItemState.PUBLISHED)
    assert again.expire_at is None


def test_an_archived_item_is_read_at_its_address_and_in_the_archives_alone(cast: Cast, client_on: On) -> None:
    item, client = archived(cast.aubin), client_on(cast.aubin.host)
    assert "archivée" in client.get(f"/actualites/{item.pk}/").content.decode()
    assert item.title in client.get("/actualites/archives/").content.decode()
    pages = ("/", "/actualites/", "/actualites/fil.atom")
    assert not [page for page in pages if item.title in client.get(page).content.decode()]


def test_an_end_before_the_beginning_is_refused(cast: Cast) -> None:
    item = written(cast.aubin, showing=Showing(expire_at=timezone.now() + DAY))
    with enter(cast.aubin.schema_name), pytest.raises(ValidationError) as refusal:
        actions.schedule(key=item.pk, when=timezone.now() + 2 * DAY, author=user(cast.aubin.editor))
    assert "expire_at" in refusal.value.error_dict


def test_a_withdrawal_is_undone_at_the_former_date(cast: Cast, client_of: Of) -> None:
    item = withdrawn(cast.aubin)
    editor, version = client_of(cast.aubin.editor), fresh(cast.aubin, item).version
    assert editor.post(f"{OFFICE}{item.pk}/remettre/", {"version": str(version)}).status_code == 302
    now = fresh(cast.aubin, item)
    assert (now.is_published, now.published_at) == (True, item.published_at)


def test_a_withdrawal_offers_to_be_undone(cast: Cast, client_of: Of) -> None:
    item, editor = published(cast.aubin), client_of(cast.aubin.editor)
    page = editor.post(f"{OFFICE}{item.pk}/retirer/", follow=True).content.decode()
    assert f'action="{OFFICE}{item.pk}/remettre/"' in page
    version = str(fresh(cast.aubin, item).version)
    assert f'name="version" value="{version}"' in page
    editor.post(f"{OFFICE}{item.pk}/remettre/", {"version": version})
    assert fresh(cast.aubin, item).is_published


def test_what_is_typed_is_kept_until_the_form_is_saved(cast: Cast, client_of: Of) -> None:
    item, editor = written(cast.aubin), client_of(cast.aubin.editor)
    for address, key in ((f"{OFFICE}nouvelle/", cast.aubin.editor.id), (f"{OFFICE}{item.pk}/", item.pk)):
        with enter(cast.aubin.schema_name):
            keep(owner=user(cast.aubin.editor), kind="news", key=key, fields=[("title", ["Début"])], read=None)
        assert f'data-draft="/mairie/brouillons/news/{key}/"' in editor.get(address).content.decode()
        assert editor.post(address, {**TYPED, "version": item.version}).status_code == 302
        with enter(cast.aubin.schema_name):
            assert not Draft.objects.exists()


@pytest.mark.parametrize("version", ["", "0", "x", "\x00", "9" * 40])
def test_a_withdrawal_is_not_undone_once_the_item_changed(cast: Cast, client_of: Of, version: str) -> None:
    item = withdrawn(cast.aubin)
    page = client_of(cast.aubin.editor).post(f"{OFFICE}{item.pk}/remettre/", {"version": version}, follow=True)
    assert "a changé depuis" in page.content.decode()
    assert not fresh(cast.aubin, item).is_published


def test_a_deleted_draft_is_nowhere_and_comes_back_when_it_is_asked_for(cast: Cast, client_of: Of) -> None:
    item, editor = written(cast.aubin), client_of(cast.aubin.editor)
    page = editor.post(f"{OFFICE}{item.pk}/supprimer/", follow=True).content.decode()
    assert f'action="{OFFICE}{item.pk}/reprendre/"' in page
    assert all_items(cast.aubin) == []
    assert item.title not in editor.get("/recherche/?q=ferme").content.decode().partition("<ul")[2]
    assert editor.get(f"{OFFICE}{item.pk}/apercu/").status_code == 404
    assert editor.post(f"{OFFICE}{item.pk}/reprendre/").status_code == 302
    assert [(each.pk, each.state) for each in all_items(cast.aubin)] == [(item.pk, ItemState.DRAFT)]


def test_a_draft_that_is_erased_does_not_come_back(cast: Cast, client_of: Of) -> None:
    item, editor = written(cast.aubin), client_of(cast.aubin.editor)
    editor.post(f"{OFFICE}{item.pk}/supprimer/")
    with enter(cast.aubin.schema_name):
        NewsItem.everything.all().delete()
    page = editor.post(f"{OFFICE}{item.pk}/reprendre/", follow=True)
    assert "n’est plus dans la corbeille" in page.content.decode()


def test_a_few_items_are_first_while_they_are_pinned(cast: Cast, client_on: On) -> None:
    pinned = Showing(pin_until=timezone.now() + DAY)
    for number in range(4):
        published(cast.aubin, title=f"Épinglée {number}", showing=pinned)
    published(cast.aubin, title="Ordinaire")
    client = client_on(cast.aubin.host)

    def titles() -> list[str]:
        return [item.title for item in client.get("/actualites/").context["page"]]

    assert titles() == ["Épinglée 3", "Épinglée 2", "Épinglée 1", "Ordinaire", "Épinglée 0"]
    with enter(cast.aubin.schema_name):
        [section] = hooks.home(user(cast.aubin.resident))
        assert section.context["lead"].title == "Épinglée 3"
    with time_machine.travel(timezone.now() + DAY, tick=False):
        assert titles()[0] == "Ordinaire"


def test_a_correction_says_that_nobody_is_told_again(cast: Cast, client_of: Of) -> None:
    item = published(cast.aubin)
    page = client_of(cast.aubin.editor).get(f"{OFFICE}{item.pk}/").content.decode()
    assert "Personne n’est prévenu une deuxième fois" in page
    assert "Corriger</button>" in page


def test_a_setting_that_changes_is_no_correction(cast: Cast) -> None:
    item = published(cast.aubin)
    with enter(cast.aubin.schema_name):
        now = actions.revise(
            key=item.pk,
            version=item.version,
            content=content(),
            showing=Showing(pin_until=timezone.now() + DAY),
            author=user(cast.aubin.editor),
        )
    assert (now.corrected_at, now.version) == (None, item.version + 1)
