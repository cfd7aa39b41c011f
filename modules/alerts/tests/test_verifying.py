"""A proof that somebody holds is compared with the log."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from core.documents import Attachment, pdf
from core.tenancy.context import enter
from modules.alerts.models import AlertMessage
from modules.alerts.queries.proof import TEMPLATE
from modules.alerts.tests.test_sealing import sealed
from modules.alerts.tests.warning import OFFICE, ask_for_alerts, sent, user
from tests.cast import Cast

Of = Callable[..., Client]
BARE = {"title": "x", "headline": "x", "footer": "x", "facts": [], "messages": [], "log": [], "lines": []}


@pytest.fixture
def held(cast: Cast, client_of: Of, tmp_path: Path) -> tuple[Path, Path]:
    """A final proof of Aubin, as PDF, and its list as CSV."""
    ask_for_alerts(cast.aubin)
    alert = sent(cast.aubin)
    sealed(cast.aubin)
    files = []
    for name in ("preuve.pdf", "destinataires-1.csv"):
        path = tmp_path / name
        path.write_bytes(client_of(cast.aubin.administrator).get(f"{OFFICE}{alert.pk}/{name}").content)
        files.append(path)
    return files[0], files[1]


def verified(path: Path, *schemas: str, **options: str) -> str:
    out = StringIO()
    call_command("verify_alerts", *schemas, proof=path, stdout=out, **options)
    return out.getvalue()


def test_a_proof_and_its_list_hold_whatever_the_commune(cast: Cast, held: tuple[Path, Path]) -> None:
    for path in held:
        assert f"against the log of {cast.aubin.schema_name}" in verified(path)
    said = verified(held[0], cast.aubin.schema_name)
    assert "registre.json: holds, 2 messages" in said
    assert "destinataires-1.csv: holds, sealed by message 2" in said


def test_a_proof_is_not_another_communes(cast: Cast, held: tuple[Path, Path]) -> None:
    for path in held:
        with pytest.raises(CommandError, match="does not hold"):
            verified(path, cast.belleville.schema_name)


def test_a_list_that_was_touched_does_not_hold(held: tuple[Path, Path]) -> None:
    held[1].write_bytes(held[1].read_bytes().replace(b"envoyer", b"envoyes"))
    with pytest.raises(CommandError, match="does not hold"):
        verified(held[1])


def test_a_proof_of_what_the_log_does_not_hold_is_refused(cast: Cast, held: tuple[Path, Path]) -> None:
    with enter(cast.aubin.schema_name):
        AlertMessage.objects.filter(serial=1).update(digest="0" * 64)
    with pytest.raises(CommandError, match="does not hold"):
        verified(held[0])


@pytest.mark.parametrize("forged", ['{"messages": [{"serial": 1, "digest": "x"}]}', '{"messages": []}'])
def test_a_forged_register_does_not_hold(held: tuple[Path, Path], forged: str) -> None:
    inside = [Attachment("registre.json", "application/json", "x", forged)]
    held[0].write_bytes(pdf(TEMPLATE, BARE, inside))
    with pytest.raises(CommandError, match="does not hold"):
        verified(held[0])


@pytest.mark.parametrize("inside", ["", "[]", '{"messages": 1}', '{"messages": [1]}', '{"messages": [{}]}'])
def test_what_is_no_proof_is_said_to_be_none(held: tuple[Path, Path], inside: str) -> None:
    carried = [Attachment("registre.json", "application/json", "x", inside)] if inside else []
    held[0].write_bytes(pdf(TEMPLATE, BARE, carried))
    with pytest.raises(CommandError):
        verified(held[0])


def test_a_file_that_is_not_there_is_said(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        verified(tmp_path / "nothing.pdf")


def test_whoever_has_the_whole_address_finds_its_line(cast: Cast, held: tuple[Path, Path]) -> None:
    email = user(cast.aubin.resident).email
    for path in held:
        assert "this recipient is in" in verified(path, recipient=email.upper())
        assert "this recipient is in" not in verified(path, recipient="quelqu.un@exemple.fr")
