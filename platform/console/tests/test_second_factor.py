"""The operator helps the last administrator of a commune who lost their device."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from core.audit.models import Entry
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR
from tests.cast import Cast

Of = Callable[..., Client]


def test_the_operator_resets_an_administrators_and_both_journals_say_so(cast: Cast, client_of: Of) -> None:
    page = f"/communes/{cast.aubin.insee}/verification/"
    browser, theirs = client_of(cast.operator), client_of(cast.aubin.administrator)
    assert cast.aubin.administrator.email in browser.get(page).content.decode()
    for wrong in ("", "x", str(cast.aubin.editor.id), str(cast.belleville.administrator.id)):
        assert "Rien n’a été fait" in browser.post(page, {"person": wrong}, follow=True).content.decode()
    answer = browser.post(page, {"person": str(cast.aubin.administrator.id)}, follow=True)
    assert "C’est remis à zéro." in answer.content.decode()
    assert theirs.get("/mairie/").status_code == 302
    with enter(cast.aubin.schema_name):
        assert not Authenticator.objects.exists()
        assert Entry.objects.get(verb="security.factors_reset").target == cast.aubin.administrator.email
    with enter(cast.belleville.schema_name):
        assert Authenticator.objects.exists()
    with entered(OPERATOR):
        assert Entry.objects.get(verb="security.factors_reset").author == cast.operator.email


def test_the_last_operator_is_helped_from_the_server(cast: Cast) -> None:
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody@exemple.fr")
    call_command("reset_second_factor", cast.operator.email)
    with entered(OPERATOR):
        assert not Authenticator.objects.exists()
