"""Who is written to when a piece of news waits, and when it is given back."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError

from core.accounts.actions import set_role
from core.catalogue import Role
from core.delivery.models import OutgoingEmail
from core.tenancy.context import enter
from modules.news import actions
from modules.news.tests.writing import content, submitted, user
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _inside(cast: Cast) -> Iterator[None]:
    with enter(cast.aubin.schema_name):
        yield


def told(subject: str) -> list[str]:
    return sorted(OutgoingEmail.objects.filter(subject__startswith=subject).values_list("recipient", flat=True))


def test_where_nobody_validates_all_who_may_publish_are_asked_but_who_wrote(cast: Cast) -> None:
    submitted(cast.aubin)
    assert told("À valider :") == [cast.aubin.administrator.email]


def test_the_validators_alone_are_asked(cast: Cast) -> None:
    set_role(user(cast.aubin.resident), Role.VALIDATOR, author=user(cast.aubin.administrator))
    item = submitted(cast.aubin)
    assert told("À valider :") == [cast.aubin.resident.email]
    text = OutgoingEmail.objects.get(subject__startswith="À valider :").text
    assert item.title in text and f"{cast.aubin.host}/mairie/actualites/{item.pk}/apercu/" in text


def test_one_that_waits_already_is_asked_for_once(cast: Cast) -> None:
    item = submitted(cast.aubin)
    actions.ask_validation(key=item.pk, author=user(cast.aubin.editor))
    assert len(told("À valider :")) == 1


def test_who_wrote_it_is_told_why_it_comes_back(cast: Cast) -> None:
    item = submitted(cast.aubin)
    actions.send_back(key=item.pk, reason="La date manque", author=user(cast.aubin.administrator))
    assert told("À corriger :") == [cast.aubin.editor.email]
    assert "La date manque" in OutgoingEmail.objects.get(subject__startswith="À corriger :").text


def test_nobody_is_written_to_of_what_is_refused(cast: Cast) -> None:
    key = actions.write(content=content(), author=user(cast.aubin.editor)).pk
    with pytest.raises(ValidationError):
        actions.send_back(key=key, reason="La date manque", author=user(cast.aubin.administrator))
    assert not OutgoingEmail.objects.exists()
