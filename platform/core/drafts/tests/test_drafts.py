"""What is kept of a form while it is filled: its author's alone, until it is saved, dropped or a month old."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from core.accounts.models import User
from core.drafts import actions
from core.drafts.models import Draft
from core.drafts.personal import drafts as told
from core.media.actions import keep as keep_file
from core.media.models import Asset
from core.media.sweeping import sweep
from core.media.tests.pictures import drawn, upload
from core.privacy.retention import retain
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from tests.cast import Cast

Of = Callable[..., Client]
KEY = uuid7()
PAGE = f"/mairie/brouillons/news/{KEY}/"


@pytest.fixture
def editor(cast: Cast, client_of: Of) -> Client:
    return client_of(cast.aubin.editor)


@pytest.fixture
def media_root(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def post(client: Client, version: str = "0", **fields: Any) -> Any:
    return client.post(PAGE, fields, headers={"x-draft-version": version})


def test_a_form_that_is_filled_is_kept_for_its_author_alone(cast: Cast, editor: Client, client_of: Of) -> None:
    answer = post(editor, title="Le sentier", csrfmiddlewaretoken="x", read="y").json()
    assert answer["version"] == 1
    assert re.fullmatch(r"Brouillon gardé à \d{1,2} h \d\d", answer["said"])
    assert editor.get(PAGE).json() == {"version": 1, "fields": [["title", ["Le sentier"]]], "assets": {}}
    for other in (client_of(cast.aubin.administrator), client_of(cast.belleville.editor)):
        assert other.get(PAGE).status_code == 404
        assert other.delete(PAGE).status_code == 204
    assert client_of(cast.aubin.resident).get(PAGE).status_code in {403, 404}
    assert editor.get(PAGE).status_code == 200


def test_a_second_tab_does_not_replace_what_the_first_kept(editor: Client) -> None:
    assert post(editor, title="Un").json()["version"] == 1
    assert post(editor, title="Deux").status_code == 409
    assert post(editor, "1", title="Trois").json()["version"] == 2
    assert editor.get(PAGE).json()["fields"] == [["title", ["Trois"]]]


def test_more_than_anybody_types_is_refused_with_a_sentence(editor: Client) -> None:
    answer = post(editor, title="x" * 700_000)
    assert (answer.status_code, "trop long" in answer.content.decode()) == (413, True)
    assert editor.get("/mairie/brouillons/" + "x" * 41 + f"/{KEY}/").status_code == 404


def test_what_is_saved_or_erased_is_offered_no_more(cast: Cast, editor: Client) -> None:
    post(editor, title="Un")
    with enter(cast.aubin.schema_name):
        actions.drop(User.objects.get(pk=cast.aubin.editor.id), "news", KEY)
    assert editor.get(PAGE).status_code == 404
    post(editor, title="Un")
    assert editor.delete(PAGE).status_code == 204
    assert editor.get(PAGE).status_code == 404


def test_a_person_has_so_many_drafts_and_loses_the_oldest(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 2)
    with enter(cast.aubin.schema_name):
        owner = User.objects.get(pk=cast.aubin.editor.id)
        keys = [uuid7() for _ in range(3)]
        for key in keys:
            actions.keep(owner=owner, kind="news", key=key, fields=[("title", ["x"])], read=None)
        assert set(Draft.objects.values_list("key", flat=True)) == set(keys[1:])


def test_a_file_chosen_in_a_draft_stays_as_long_as_it(
    cast: Cast, editor: Client, media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with enter(cast.aubin.schema_name):
        asset = keep_file(upload(drawn(), "a.jpg"), author=User.objects.get(pk=cast.aubin.editor.id))
    sent = {"pictures-assets": str(asset.pk), f"pictures-{asset.pk}-alt": "Le lac"}
    post(editor, **sent)
    assert f'value="{asset.pk}"' in editor.get(PAGE).json()["assets"][str(asset.pk)]
    with enter(cast.aubin.schema_name):
        with time_machine.travel(timezone.now() + timedelta(days=3)):
            assert sweep()
        assert Asset.objects.filter(pk=asset.pk).exists()
        Draft.objects.all().delete()
        with time_machine.travel(timezone.now() + timedelta(days=40)), django_capture_on_commit_callbacks(execute=True):
            sweep()
        assert not Asset.objects.filter(pk=asset.pk).exists()


def test_anothers_file_is_not_given_back(cast: Cast, editor: Client, media_root: Path) -> None:
    with enter(cast.aubin.schema_name):
        asset = keep_file(upload(drawn(), "a.jpg"), author=User.objects.get(pk=cast.aubin.administrator.id))
    post(editor, **{"pictures-assets": [str(asset.pk), "nothing"]})
    assert editor.get(PAGE).json()["assets"] == {}


def test_a_draft_is_told_to_its_author_and_forgotten_after_a_month(cast: Cast, editor: Client) -> None:
    post(editor, title="Le sentier")
    with enter(cast.aubin.schema_name):
        owner = User.objects.get(pk=cast.aubin.editor.id)
        assert [record.content for record in told(owner)] == [{"title": "Le sentier"}]
        retain()
        assert Draft.objects.exists()
        with time_machine.travel(timezone.now() + timedelta(days=32)):
            retain()
        assert not Draft.objects.exists()


def test_a_form_says_what_it_keeps_and_when(cast: Cast, editor: Client) -> None:
    key = UUID(int=0)
    assert 'data-version="0"' in editor.get("/mairie/style/fichiers/").content.decode()
    editor.post(f"/mairie/brouillons/style/{key}/", {"story-html": "<p>Un</p>"}, headers={"x-draft-version": "0"})
    page = editor.get("/mairie/style/fichiers/").content.decode()
    assert 'data-version="1"' in page
    assert "Reprendre" in page
    editor.post("/mairie/style/fichiers/", {"story-html": "<p>Un</p>"})
    assert 'data-version="0"' in editor.get("/mairie/style/fichiers/").content.decode()


def test_an_answer_is_kept_by_nobody(editor: Client) -> None:
    answer = post(editor, title="Un")
    assert "no-store" in answer["Cache-Control"]
    assert json.loads(answer.content)["version"] == 1
