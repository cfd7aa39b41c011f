"""Erasing a space leaves nothing of it, and its commune free."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from core.accounts.models import User
from core.media.actions import store
from core.media.receiving import receive_picture
from core.tenancy.context import enter
from core.tenancy.due import dispatch, due
from core.tenancy.errors import NoSuchSpace
from tenants.leaving.erasing import erase_space
from tenants.models import Commune, Entitlement, ModuleSwitch, Space
from tenants.opening import open_space
from tenants.sites import sites
from tests.cast import Cast


def drawn() -> io.BytesIO:
    data = io.BytesIO()
    Image.new("RGB", (1200, 800), "green").save(data, "JPEG")
    data.seek(0)
    return data


def test_an_erased_space_has_no_schema_no_row_and_no_rights(cast: Cast) -> None:
    space = cast.doux.space
    erase_space(space)
    with pytest.raises(NoSuchSpace), enter(cast.doux.schema_name):
        pass
    for model in (Entitlement, ModuleSwitch):
        assert not model.objects.filter(space_id=space.pk).exists()
    assert Space.objects.filter(commune_id=cast.aubin.insee).exists()


def test_the_due_work_of_an_erased_space_is_never_queued(cast: Cast) -> None:
    with enter(cast.doux.schema_name):
        due("delivery.send_outbox")
    erase_space(cast.doux.space)
    assert dispatch() == 0


def test_the_pictures_of_an_erased_space_go_with_it(
    cast: Cast, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    for place in (cast.doux, cast.aubin):
        with enter(place.schema_name):
            author = User.objects.get(pk=place.editor.id)
            store(receive_picture(drawn()), alt="La place", author=author)
    with django_capture_on_commit_callbacks(execute=True):
        erase_space(cast.doux.space)
        assert list((tmp_path / "c" / cast.doux.insee).rglob("*.jpg")), (
            "nothing goes before the transaction is committed"
        )
    assert not [path for path in (tmp_path / "c" / cast.doux.insee).rglob("*") if path.is_file()]
    assert list((tmp_path / "c" / cast.aubin.insee).rglob("*.jpg"))


def test_a_commune_opened_again_is_not_taken_for_the_space_it_had(cast: Cast) -> None:
    """A process that knew the first space may meet the second at the very same version."""
    before = sites.find(cast.doux.host)
    assert before and before.space
    erase_space(cast.doux.space)
    again = open_space(Commune.objects.get(pk=cast.doux.insee))
    Space.objects.filter(pk=again.pk).update(version=before.space.version)
    after = sites.find(cast.doux.host)
    assert after and after.space
    assert after.space.id == str(again.pk)
