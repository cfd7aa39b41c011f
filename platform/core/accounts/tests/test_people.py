"""People come, hold roles, are kept out and leave: what the actions promise."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from core.accounts.actions import (
    PURGE,
    UNVERIFIED_KEPT,
    LastAdministrator,
    add_person,
    block,
    delete_account,
    end_role,
    grant_role,
    lift_block,
    purge_unverified,
    set_role,
    verify,
)
from core.accounts.models import RoleGrant, User
from core.audit.models import Entry
from core.catalogue import Role
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR
from core.tenancy.models import DueWork
from tests.cast import Cast


@pytest.fixture
def in_aubin(cast: Cast) -> Iterator[None]:
    with enter(cast.aubin.schema_name):
        yield


@pytest.fixture
def administrator(in_aubin: None, cast: Cast) -> User:
    return User.objects.get(pk=cast.aubin.administrator.id)


@pytest.fixture
def editor(in_aubin: None, cast: Cast) -> User:
    return User.objects.get(pk=cast.aubin.editor.id)


def test_the_last_administrator_cannot_be_taken_in_any_way(administrator: User, editor: User) -> None:
    for act in (
        lambda: end_role(administrator, Role.ADMINISTRATOR, author=editor),
        lambda: set_role(administrator, None, author=editor),
        lambda: set_role(administrator, Role.EDITOR, author=editor),
        lambda: block(administrator, reason="x", author=editor),
        lambda: delete_account(administrator),
    ):
        with pytest.raises(LastAdministrator):
            act()
    assert User.objects.get(pk=administrator.pk).is_administrator
    assert not Entry.objects.exists()


def test_an_administrator_who_is_kept_out_does_not_count(administrator: User, editor: User) -> None:
    grant_role(editor, Role.ADMINISTRATOR, author=administrator)
    block(editor, reason="x", author=administrator)
    with pytest.raises(LastAdministrator):
        end_role(administrator, Role.ADMINISTRATOR, author=editor)
    lift_block(editor, author=administrator)
    assert end_role(administrator, Role.ADMINISTRATOR, author=editor)


def test_the_last_operator_cannot_leave(cast: Cast) -> None:
    with entered(OPERATOR), pytest.raises(LastAdministrator):
        delete_account(User.objects.get(pk=cast.operator.id))


def test_a_role_is_held_once_and_its_end_is_kept(administrator: User, editor: User) -> None:
    assert not grant_role(editor, Role.EDITOR, author=administrator)
    assert end_role(editor, Role.EDITOR, author=administrator)
    assert not end_role(editor, Role.EDITOR, author=administrator)
    assert grant_role(editor, Role.EDITOR, author=administrator)
    assert RoleGrant.objects.filter(user=editor, role=Role.EDITOR).count() == 2
    assert [entry.verb for entry in Entry.objects.order_by("at")] == ["accounts.role_ended", "accounts.role_granted"]


def test_one_person_has_one_role_of_the_staff(administrator: User, editor: User) -> None:
    set_role(editor, Role.ADMINISTRATOR, author=administrator)
    assert editor.roles == {Role.ADMINISTRATOR}
    set_role(editor, None, author=administrator)
    assert editor.roles == set()


def test_somebody_kept_out_holds_no_right_and_finds_their_role_again(administrator: User, editor: User) -> None:
    block(editor, reason="x", author=administrator)
    block(editor, reason="y", author=administrator)
    assert not User.objects.get(pk=editor.pk).is_staff_member
    assert editor.blocks.get().reason == "x"
    lift_block(editor, author=administrator)
    assert User.objects.get(pk=editor.pk).roles == {Role.EDITOR}


def test_an_address_is_one_person_however_it_is_written(in_aubin: None) -> None:
    first = add_person(email=" Camille@Exemple.FR ", name="Camille")
    assert add_person(email="camille@exemple.fr", name="Autre") == first
    assert first.email == "camille@exemple.fr"
    assert first.verified_at is None
    verify(first)
    seen = first.verified_at
    verify(first)
    assert first.verified_at == seen


def test_who_never_typed_a_code_is_forgotten_and_nobody_else(in_aubin: None, cast: Cast, editor: User) -> None:
    stranger = add_person(email="stranger@exemple.fr")
    recent = add_person(email="recent@exemple.fr")
    invited = add_person(email="invited@exemple.fr")
    grant_role(invited, Role.EDITOR, author=editor)
    old = timezone.now() - UNVERIFIED_KEPT - timedelta(minutes=1)
    User.objects.exclude(pk=recent.pk).update(joined_at=old)
    assert DueWork.objects.filter(job=PURGE).count() == 1
    following = purge_unverified()
    left = set(User.objects.values_list("email", flat=True))
    assert stranger.email not in left
    assert {recent.email, invited.email, cast.aubin.resident.email} <= left
    assert following == recent.joined_at + UNVERIFIED_KEPT


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Camille Durand", "CD"),
        ("Ombeline (personne fictive)", "O"),
        ("élodie", "É"),
        ("", "NE"),
        ("Jean Pierre Marie", "JP"),
    ],
)
def test_initials_are_those_of_the_name_or_of_the_address(name: str, letters: str) -> None:
    assert User(email="nouvelle.exemple@exemple.fr", name=name).initials == letters
