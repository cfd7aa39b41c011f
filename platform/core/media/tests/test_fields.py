"""The field that takes files, without a script: what was sent is not lost, what is named is one's own."""

from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.utils.datastructures import MultiValueDict

from core.accounts.models import User
from core.media.actions import describe, keep
from core.media.fields import AssetField
from core.media.models import Asset
from core.media.tests import documents, films
from core.media.tests.pictures import drawn, upload
from core.tenancy.context import enter
from tests.cast import Cast


class Page(forms.Form):
    title = forms.CharField()
    files = AssetField(several=True, most=3, required=False)
    picture = AssetField(kinds=["picture"], required=False)


@pytest.fixture
def author(cast: Cast, settings: Any) -> Any:
    settings.ROOT_URLCONF = settings.SITE_URLCONFS["space"]
    with enter(cast.aubin.schema_name):
        yield User.objects.get(pk=cast.aubin.editor.id)


def page(author: Any, data: dict[str, Any], files: dict[str, list[Any]] | None = None, present: Any = ()) -> Page:
    listed = {name: value if isinstance(value, list) else [value] for name, value in data.items()}
    form = Page(MultiValueDict(listed), MultiValueDict(files or {}))
    for name in ("files", "picture"):
        form.fields[name].for_person(author, present)  # type: ignore[attr-defined]
    return form


def kept(author: Any, size: tuple[int, int] = (100, 100)) -> Asset:
    return keep(upload(drawn(size), "plage.jpg"), author=author)


def test_a_file_sent_with_a_form_that_is_wrong_is_kept_and_comes_back_as_chosen(author: Any) -> None:
    form = page(author, {"title": "", "picture-new-alt": "Une colline"}, {"picture": [upload(drawn(), "colline.jpg")]})
    assert set(form.errors) == {"title"}
    asset = Asset.objects.get()
    html = str(form["picture"])
    assert f'name="picture-assets" value="{asset.pk}"' in html
    assert 'value="Une colline"' in html
    again = page(author, {"title": "Oui", "picture-assets": str(asset.pk), f"picture-{asset.pk}-alt": "Une colline"})
    assert again.is_valid(), again.errors
    assert again.cleaned_data["picture"] == asset
    describe(again.cleaned_data["picture"])
    assert Asset.objects.get().alt == "Une colline"


@pytest.mark.parametrize(
    ("said", "field"), [({}, "alt"), ({"alt": "  "}, "alt"), ({"alt": "Une colline", "decorative": "on"}, "decorative")]
)
def test_a_picture_is_described_or_decorative_and_the_error_is_at_its_own_field(
    author: Any, said: dict[str, str], field: str
) -> None:
    asset = kept(author)
    typed = {f"picture-{asset.pk}-{name}": value for name, value in said.items()}
    form = page(author, {"title": "Oui", "picture-assets": str(asset.pk), **typed})
    assert not form.is_valid()
    html = str(form["picture"])
    assert f'id="id_picture-{asset.pk}-{field}-error"' in html


def test_files_come_in_the_places_that_were_typed_but_those_taken_away(author: Any) -> None:
    first, second, third = (kept(author, (100 + number, 100)) for number in range(3))
    data: dict[str, Any] = {"title": "Oui", "files-assets": [str(each.pk) for each in (first, second, third)]}
    data |= {f"files-{each.pk}-decorative": "on" for each in (first, second, third)}
    data |= {f"files-{first.pk}-place": "2", f"files-{third.pk}-place": "1", f"files-{second.pk}-remove": "on"}
    form = page(author, data)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["files"] == [third, first]


def test_a_new_file_takes_the_place_of_the_only_one(author: Any) -> None:
    former = kept(author)
    data = {"title": "Oui", "picture-assets": str(former.pk), "picture-new-decorative": "on"}
    form = page(author, data, {"picture": [upload(drawn())]}, present=[former])
    assert form.is_valid(), form.errors
    assert form.cleaned_data["picture"] not in (None, former)


def test_too_many_files_are_said(author: Any) -> None:
    form = page(author, {"title": "Oui"}, {"files": [upload(documents.pdf(), f"{n}.pdf") for n in range(4)]})
    assert "3 fichiers au plus : retirez-en." in form.errors["files"]


def test_a_refused_file_says_why_and_the_others_stay(author: Any) -> None:
    sent = [upload(documents.pdf(), "a.pdf"), upload(b"MZ\x90\0", "b.pdf")]
    form = page(author, {"title": "Oui"}, {"files": sent})
    assert "Nous acceptons les images" in form.errors["files"][0]
    assert str(form["files"]).count('name="files-assets"') == 1


@pytest.mark.parametrize("name", ["nobody", "somebody", "malformed"])
def test_a_file_of_somebody_else_cannot_be_named(cast: Cast, author: Any, name: str) -> None:
    other = kept(User.objects.get(pk=cast.aubin.administrator.id))
    key = {"nobody": "01a20e5f-0000-7000-8000-000000000000", "somebody": str(other.pk), "malformed": "x"}[name]
    form = page(author, {"title": "Oui", "picture-assets": key, f"picture-{key}-alt": "Une colline"})
    if name == "malformed":
        assert form.is_valid() and form.cleaned_data["picture"] is None
    else:
        assert "n’est plus là" in form.errors["picture"][0]


def test_what_is_attached_already_may_be_named_by_whoever_edits(cast: Cast, author: Any) -> None:
    other = kept(User.objects.get(pk=cast.aubin.administrator.id))
    data = {"title": "Oui", "picture-assets": str(other.pk), f"picture-{other.pk}-alt": "Une colline"}
    form = page(author, data, present=[other])
    assert form.is_valid(), form.errors


def test_a_video_takes_its_captions(author: Any, no_ffmpeg: None) -> None:
    video = keep(upload(films.mp4(), "fete.mp4"), author=author)
    data = {"title": "Oui", "files-assets": str(video.pk)}
    for text, right in (
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nBonjour\n", True),
        (b"<script>", False),
        (b"\xff\xfe", False),
    ):
        form = page(author, data, {f"files-{video.pk}-captions_file": [upload(text, "a.vtt")]})
        assert form.is_valid() is right
        if right:
            describe(form.cleaned_data["files"][0])
    assert Asset.objects.get().captions_url.endswith(".vtt")


def test_nothing_stays_of_what_was_refused(author: Any, media_root: Path) -> None:
    page(author, {"title": "Oui"}, {"files": [upload(b"<svg/>"), upload(b""), upload(documents.SCRIPTED)]}).is_valid()
    assert not [path for path in media_root.rglob("*") if path.is_file()]
    assert not Asset.objects.exists()


def test_what_was_typed_of_a_file_that_did_not_come_is_asked_about_and_comes_back(author: Any) -> None:
    form = page(author, {"title": "Oui", "picture-new-alt": "Une <colline>"})
    assert "Choisissez aussi" in str(form.errors["picture"])
    assert 'value="Une &lt;colline&gt;"' in str(form["picture"])
