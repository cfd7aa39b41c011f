from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from core.media.actions import describe, forget_author
from core.media.actions import store as store_received
from core.media.files import files_in_transaction, write
from core.media.models import Asset
from core.media.personal import files, old_authors
from core.media.receiving import receive_picture
from core.media.tests.pictures import drawn, upload
from core.tenancy.context import enter
from tests.cast import Cast


def kept(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def store(size: tuple[int, int] = (800, 600), **changes: Any) -> Asset:
    values: dict[str, Any] = {"alt": "Une colline", "decorative": False, "author": None, **changes}
    return store_received(receive_picture(upload(drawn(size))), **values)


@pytest.mark.parametrize("alt", ["", "   ", "\n\t"])
def test_a_picture_that_says_something_is_described(cast: Cast, alt: str) -> None:
    with enter(cast.aubin.schema_name), pytest.raises(ValidationError) as refusal:
        describe(store(), alt=alt)
    assert "alt" in refusal.value.error_dict


def test_a_description_too_long_keeps_nothing(cast: Cast, media_root: Path) -> None:
    with enter(cast.aubin.schema_name), pytest.raises(ValidationError):
        store(alt="a" * 201)
    assert kept(media_root) == []


def test_a_decorative_picture_is_silent(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        assert describe(store(), alt="Oubliée", decorative=True).alt == ""


def test_files_lie_under_their_commune_and_under_the_key_of_their_picture(cast: Cast, media_root: Path) -> None:
    with enter(cast.aubin.schema_name):
        picture = store()
    assert kept(media_root) == sorted(picture.names)
    assert picture.prefix == f"c/{cast.aubin.insee}/{picture.pk}"


def test_the_renditions_that_exist_are_those_that_are_named(cast: Cast, media_root: Path) -> None:
    with enter(cast.aubin.schema_name):
        for size in ((64, 64), (480, 960), (481, 300), (480, 961), (2000, 1500), (100, 3000)):
            picture = store(size)
            assert all((media_root / name).is_file() for name in picture.names), size
    assert len(kept(media_root)) == sum(len(each.names) for each in pictures(cast))


def pictures(cast: Cast) -> list[Asset]:
    with enter(cast.aubin.schema_name):
        return list(Asset.objects.all())


def test_files_go_when_the_transaction_that_wrote_them_fails(cast: Cast, media_root: Path) -> None:
    with enter(cast.aubin.schema_name), pytest.raises(ZeroDivisionError), files_in_transaction():
        store()
        assert len(kept(media_root)) == 4
        raise ZeroDivisionError
    assert kept(media_root) == []
    assert pictures(cast) == []


def test_files_stay_when_only_an_inner_step_fails(cast: Cast, media_root: Path) -> None:
    with enter(cast.aubin.schema_name), files_in_transaction():
        first = store()
        with pytest.raises(ZeroDivisionError), files_in_transaction():
            store()
            raise ZeroDivisionError
    assert kept(media_root) == sorted(first.names)


def test_a_file_is_written_nowhere_else(media_root: Path) -> None:
    with pytest.raises(RuntimeError):
        write("c/1/a.jpg", b"")
    assert kept(media_root) == []


def test_a_name_is_never_written_twice(cast: Cast, media_root: Path) -> None:
    with files_in_transaction():
        write("c/1/a.jpg", b"first")
    with pytest.raises(FileExistsError), files_in_transaction():
        write("c/1/a.jpg", b"second")
    assert kept(media_root) == []


def test_the_files_of_an_erased_picture_go_once_it_is_certain(
    cast: Cast, media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with enter(cast.aubin.schema_name):
        picture = store()
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            picture.delete()
            raise ZeroDivisionError
        assert len(kept(media_root)) == 4
        with django_capture_on_commit_callbacks(execute=True):
            Asset.objects.get().delete()
            assert len(kept(media_root)) == 4
    assert kept(media_root) == []


def test_who_sent_a_picture_is_forgotten_and_the_picture_stays(cast: Cast) -> None:
    from core.accounts.models import User

    with enter(cast.aubin.schema_name):
        author = User.objects.get(pk=cast.aubin.editor.id)
        other = User.objects.get(pk=cast.aubin.administrator.id)
        store(author=author), store(author=other)
        forget_author(author)
        assert sorted(str(each.author_id) for each in Asset.objects.all()) == sorted(["None", str(other.pk)])


def test_what_a_person_sent_is_told_them_and_that_they_did_is_forgotten_in_time(cast: Cast) -> None:
    from core.accounts.models import User

    with enter(cast.aubin.schema_name):
        author = User.objects.get(pk=cast.aubin.editor.id)
        store(author=author)
        [told] = files(author)
        assert told.kind == "Fichier envoyé"
        assert old_authors(timezone.now() - timedelta(minutes=1)) == 0
        assert old_authors(timezone.now()) == 1
        assert list(files(author)) == []


def test_a_picture_of_one_commune_is_unknown_in_another(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        picture = store()
    with enter(cast.belleville.schema_name):
        assert not Asset.objects.filter(pk=picture.pk).exists()
    assert connection.schema_name == "public"
