"""Erasing a space leaves nothing of it, and its commune free."""

import hashlib
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from PIL import Image

from core.accounts.models import User
from core.audit.models import Entry
from core.media.actions import store
from core.media.receiving import receive_picture
from core.media.tests.test_serving import object_store
from core.tenancy.context import enter, entered
from core.tenancy.due import dispatch, due
from core.tenancy.errors import NoSuchSpace
from core.tenancy.here import OPERATOR
from core.tenancy.models import DueWork
from tenants.leaving import sweeping
from tenants.leaving.erasing import erase_space, erase_with_facts, last_erasure
from tenants.leaving.facts import ErasureFacts
from tenants.models import Commune, Entitlement, Erasure, Mandate, ModuleSwitch, Signup, Space
from tenants.opening import open_space
from tenants.sites import sites
from tests.cast import Cast, Place

__all__ = ["object_store"]


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def picture_in(place: Place) -> tuple[str, ...]:
    """A picture is kept; where its files are."""
    with enter(place.schema_name):
        author = User.objects.get(pk=place.editor.id)
        return store(receive_picture(drawn()), alt="La place", author=author).names


def swept() -> None:
    current_app.tasks["leaving.sweep"].apply(headers={"space": OPERATOR.schema_name}, throw=True)


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
    cast: Cast, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    for place in (cast.doux, cast.aubin):
        picture_in(place)
    with django_capture_on_commit_callbacks(execute=True):
        erase_space(cast.doux.space)
        assert list((media / "c" / cast.doux.insee).rglob("*.jpg")), "nothing goes before the transaction is committed"
    assert not [path for path in (media / "c" / cast.doux.insee).rglob("*") if path.is_file()]
    assert list((media / "c" / cast.aubin.insee).rglob("*.jpg"))


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


def test_what_was_killed_before_the_commit_has_erased_nothing(cast: Cast, media: Path) -> None:
    kept = picture_in(cast.doux)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        erase_with_facts(cast.doux.space)
        raise KeyboardInterrupt
    with enter(cast.doux.schema_name):
        assert User.objects.exists()
    assert all((media / name).exists() for name in kept)
    assert not Erasure.objects.exists()


def test_what_was_killed_before_the_files_went_is_finished_by_the_job(cast: Cast, media: Path) -> None:
    kept = picture_in(cast.doux)
    erase_with_facts(cast.doux.space)  # nothing that follows the commit was done
    assert all((media / name).exists() for name in kept)
    assert last_erasure(cast.doux.insee) is None, "some of it is left"
    owed = DueWork.objects.get(schema_name=OPERATOR.schema_name, job="leaving.sweep")
    assert owed.due_at > timezone.now()
    swept()
    assert not (media / "c" / cast.doux.insee).exists()
    assert last_erasure(cast.doux.insee)
    assert not DueWork.objects.filter(job="leaving.sweep").exists()
    assert Erasure.objects.get().left == []


def test_a_disk_that_fails_is_asked_again(cast: Cast, media: Path) -> None:
    (name, *_) = picture_in(cast.doux)
    erase_with_facts(cast.doux.space)
    (media / name).unlink()
    (media / name).mkdir()
    (media / name / "in the way").touch()
    swept()
    assert last_erasure(cast.doux.insee) is None
    assert DueWork.objects.filter(job="leaving.sweep").exists()
    (media / name / "in the way").unlink()
    swept()
    assert last_erasure(cast.doux.insee)


def test_a_commune_that_opened_again_meanwhile_keeps_what_is_new(cast: Cast, media: Path) -> None:
    before = picture_in(cast.doux)
    erase_with_facts(cast.doux.space)
    open_space(Commune.objects.get(pk=cast.doux.insee))
    with enter(cast.doux.schema_name):
        author = User.objects.create_person("nouvelle@doux.example")
        after = store(receive_picture(drawn()), alt="La place", author=author).names
    swept()
    assert not [name for name in before if (media / name).exists()]
    assert all((media / name).exists() for name in after)


def test_who_wants_to_know_is_told_once_when_nothing_is_left(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[ErasureFacts] = []

    def hear(facts: ErasureFacts) -> None:
        told.append(facts)
        if len(told) == 1:
            raise OSError("the printer is off")

    monkeypatch.setattr(sweeping, "_listeners", [hear])
    facts = erase_with_facts(cast.doux.space)
    assert not told
    swept()
    assert told == [facts] and last_erasure(cast.doux.insee) is None
    swept()
    swept()
    assert told == [facts, facts] and last_erasure(cast.doux.insee) == facts
    with entered(OPERATOR):
        assert Entry.objects.get(verb="leaving.erased").detail["sha256"] == facts.sha256


def test_a_refused_mandate_stays_with_the_operator_and_nothing_else_does(cast: Cast) -> None:
    signup = Signup.objects.create(commune=cast.doux.space.commune, space=cast.doux.space)
    mandate = Mandate.objects.create(signup=signup)
    erase_space(cast.doux.space)
    assert Mandate.objects.get() == mandate
    again = open_space(Commune.objects.get(pk=cast.doux.insee))
    Signup.objects.create(commune=again.commune, space=again)
    erase_with_facts(again)
    assert list(Signup.objects.all()) == [signup]


def test_the_print_is_over_what_the_certificate_says(cast: Cast) -> None:
    facts = erase_with_facts(cast.doux.space)
    assert facts.sha256 == hashlib.sha256(facts.listing.encode()).hexdigest()
    lines = facts.listing.splitlines()
    assert lines[0] == "08147 Doux"
    assert "Comptes des habitants et de l’équipe: 3" in lines
    assert lines[-2:] == ["Fichiers: 0", "Octets: 0"]
    assert replace(facts, files=1).sha256 != facts.sha256


def test_files_of_an_object_store_go_too(
    cast: Cast, object_store: str, django_capture_on_commit_callbacks: Any
) -> None:
    kept, others = picture_in(cast.doux), picture_in(cast.aubin)
    with django_capture_on_commit_callbacks(execute=True):
        facts = erase_with_facts(cast.doux.space)
    assert facts.files == len(kept) and facts.bytes > 1000
    assert not [name for name in kept if default_storage.exists(name)]
    assert all(default_storage.exists(name) for name in others)
