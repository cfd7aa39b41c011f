"""The proof of an alert: who decided, what, for whom, and what became of it for each recipient."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone

from core.accounts.actions import delete_account
from core.accounts.models import User
from core.delivery.calling_off import CALLED_OFF
from core.delivery.models import Announcement, Device, OutgoingEmail, OutgoingPush, OutgoingSms
from core.delivery.push.receipts import SHOWN
from core.documents import attachments
from core.tenancy.context import enter
from modules.alerts import actions
from modules.alerts.models import Alert, digest_of, seal_of
from modules.alerts.personal import old_outcomes
from modules.alerts.tests.test_sealing import sealed
from modules.alerts.tests.warning import OFFICE, ask_for_alerts, content, lifted, messages, sent, user, written
from tests.cast import Cast
from tests.quality.budgets import SIGNED_IN

On = Callable[[str], Client]
Of = Callable[..., Client]


def words(document: bytes) -> str:
    read = pypdfium2.PdfDocument(document)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in read).split())


def table(text: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(text.decode("utf-8-sig")), delimiter=";"))


def proof(client: Client, alert: Alert) -> bytes:
    response = client.get(f"{OFFICE}{alert.pk}/preuve.pdf")
    assert response.status_code == 200 and response["Content-Type"] == "application/pdf"
    return response.content


def test_a_proof_is_for_those_who_may_send(cast: Cast, client_on: On, client_of: Of) -> None:
    alert, draft = sent(cast.aubin), written(cast.aubin)
    for file in ("preuve.pdf", "destinataires-1.csv"):
        address = f"{OFFICE}{alert.pk}/{file}"
        assert client_on(cast.aubin.host).get(address).status_code == 302
        assert client_of(cast.aubin.resident).get(address).status_code == 403
        assert client_of(cast.aubin.editor).get(address).status_code == 403
        assert client_of(cast.aubin.administrator).get(address).status_code == 200
        assert client_of(cast.aubin.administrator).get(f"{OFFICE}{draft.pk}/{file}").status_code == 404
    assert client_of(cast.aubin.administrator).get(f"{OFFICE}{alert.pk}/destinataires-2.csv").status_code == 404


def test_a_proof_says_who_decided_what_for_whom_and_what_came_of_it(cast: Cast, client_of: Of) -> None:
    ask_for_alerts(cast.aubin)
    alert = lifted(cast.aubin, words="L’eau est redescendue.", headline="#panic(1) *la rivière*")
    said = words(proof(client_of(cast.aubin.administrator), alert))
    for word in ("Administrator", "#panic(1) *la rivière*", "Montez à l’étage.", "Toute la commune",
                 "L’eau est redescendue.", "E-mails 1 à envoyer : 1", "Bilan provisoire"):  # fmt: skip
        assert word in said, word
    for message in messages(cast.aubin):
        assert message.digest[:20] in said


def test_a_proof_names_no_recipient_and_each_knows_their_own_line(cast: Cast, client_of: Of) -> None:
    ask_for_alerts(cast.aubin)
    alert = sent(cast.aubin)
    email = user(cast.aubin.resident).email
    made = proof(client_of(cast.aubin.administrator), alert)
    files = attachments(made)
    decision, line = table(files["destinataires-1.csv"])[1:]
    assert email not in words(made) and email not in files["destinataires-1.csv"].decode()
    assert decision[0] == "décision" and decision[2] == "Toute la commune"
    with enter(cast.aubin.schema_name):
        row = OutgoingEmail.objects.get()
    assert line[:3] == ["e-mail", str(row.pk), f"{email[0]}•••@{email.partition('@')[2]}"]
    assert line[3] == seal_of(row.pk, email)


def test_the_files_inside_are_those_of_the_log(cast: Cast, client_of: Of) -> None:
    alert = sent(cast.aubin)
    sealed(cast.aubin)
    client = client_of(cast.aubin.administrator)
    files = attachments(proof(client, alert))
    register: Any = json.loads(files["registre.json"])
    for said in register["messages"]:
        digest = said.pop("digest")
        assert digest_of(said) == digest
    assert len(register["messages"]) == 2
    given = client.get(f"{OFFICE}{alert.pk}/destinataires-1.csv").content
    assert given == files["destinataires-1.csv"]
    assert "Bilan définitif" in words(proof(client, alert))


def test_reasons_of_failure_hold_no_address(cast: Cast, client_of: Of) -> None:
    ask_for_alerts(cast.aubin)
    alert = sent(cast.aubin)
    with enter(cast.aubin.schema_name):
        email = user(cast.aubin.resident).email
        OutgoingEmail.objects.update(last_error=f"550 <{email}>: unknown, call +33 6 39 98 00 00")
    text = client_of(cast.aubin.administrator).get(f"{OFFICE}{alert.pk}/destinataires-1.csv").content.decode()
    assert "550 <•••>: unknown, call •••" in text


def test_lists_are_forgotten_in_their_time_and_the_sums_stay(cast: Cast, client_of: Of) -> None:
    ask_for_alerts(cast.aubin)
    alert = sent(cast.aubin)
    [report] = sealed(cast.aubin)
    with enter(cast.aubin.schema_name):
        assert old_outcomes(report.at) == 1
    client = client_of(cast.aubin.administrator)
    assert client.get(f"{OFFICE}{alert.pk}/destinataires-1.csv").status_code == 404
    assert list(attachments(proof(client, alert))) == ["registre.json"]
    page = client.get(f"{OFFICE}{alert.pk}/").content.decode()
    assert "définitif depuis le" in page and "destinataires-1.csv" not in page


def test_who_is_erased_before_the_report_is_a_sum(cast: Cast, client_of: Of) -> None:
    ask_for_alerts(cast.aubin)
    alert = sent(cast.aubin)
    with enter(cast.aubin.schema_name):
        delete_account(user(cast.aubin.resident))
    sealed(cast.aubin)
    assert "effacés à leur demande : 1" in words(proof(client_of(cast.aubin.administrator), alert))


def test_the_whole_register_is_one_file(cast: Cast, client_of: Of) -> None:
    lifted(cast.aubin), sent(cast.aubin, headline="=SOMME(A1)"), sent(cast.belleville)
    sealed(cast.aubin)
    assert client_of(cast.aubin.resident).get(f"{OFFICE}registre.csv").status_code == 403
    head, *rows = table(client_of(cast.aubin.editor).get(f"{OFFICE}registre.csv").content)
    assert [row[0] for row in rows] == [str(serial) for serial in range(1, 7)]
    assert [row[-1] for row in rows] == [each.digest for each in messages(cast.aubin)]
    assert {row[head.index("Message")] for row in rows} == {"alerte", "fin d’alerte", "bilan"}
    assert "'=SOMME(A1)" in [row[1] for row in rows]


@pytest.mark.parametrize("drill", [True, False])
def test_a_drill_says_so_in_its_proof(cast: Cast, client_of: Of, drill: bool) -> None:
    said = words(proof(client_of(cast.aubin.administrator), sent(cast.aubin, drill=drill)))
    assert ("EXERCICE" in said) is drill


def test_each_channel_has_its_lines(cast: Cast, client_of: Of) -> None:
    alert = sent(cast.aubin)
    number, email = "+33639980078", user(cast.aubin.resident).email
    with enter(cast.aubin.schema_name):
        told, soon = Announcement.objects.get(topic="alerts"), timezone.now()
        when = {"announcement": told, "not_before": soon, "expires_at": soon, "done_at": soon}
        known = device("a", user=user(cast.aubin.resident))
        for each, state in ((known, "displayed"), (device("b"), "accepted"), (None, "permanent")):
            OutgoingPush.objects.create(device=each, state=state, **when)
        OutgoingSms.objects.create(
            key=told.key, recipient=number, text="x", segments=1, state="expired", last_error=CALLED_OFF, **when
        )
        text = OutgoingSms.objects.get()
        later = OutgoingSms(key=told.key, recipient="+33639980079", text="x", segments=1, state="expired", **when)
        later.last_error = SHOWN
        later.save()
    rows = table(client_of(cast.aubin.administrator).get(f"{OFFICE}{alert.pk}/destinataires-1.csv").content)[2:]
    assert {(row[0], row[2], row[4], row[7]) for row in rows} == {
        ("notification", f"{email[0]}•••@{email.partition('@')[2]}", "affiché", ""),
        ("notification", "sans compte", "accepté", ""),
        ("notification", "appareil oublié", "échec définitif", ""),
        ("SMS", "•• 78", "périmé", "rappelé avant de partir"),
        ("SMS", "•• 79", "périmé", "inutile : déjà affiché sur un appareil"),
    }
    assert next(row[3] for row in rows if row[2] == "•• 78") == seal_of(text.pk, number)
    assert number not in str(rows) and email not in str(rows)


def device(name: str, user: User | None = None) -> Device:
    endpoint = f"https://fcm.googleapis.com/fcm/send/{name}"
    return Device.objects.create(user=user, endpoint=endpoint, p256dh="x", auth="x", seen_at=timezone.now())


def test_a_report_costs_the_same_however_much_was_told(
    cast: Cast, client_of: Of, django_assert_max_num_queries: Any
) -> None:
    alert = sent(cast.aubin)
    mayor = client_of(cast.aubin.administrator)
    with enter(cast.aubin.schema_name):
        for version in range(2, 8):
            more = content(headline=f"Mise à jour {version}")
            actions.update(key=alert.pk, version=version, content=more, author=user(cast.aubin.administrator))
    mayor.get(f"{OFFICE}{alert.pk}/")
    with django_assert_max_num_queries(SIGNED_IN.statements):
        page = mayor.get(f"{OFFICE}{alert.pk}/").content.decode()
    assert page.count("hx-get") <= 1
    assert 'role="group"' in mayor.get(f"{OFFICE}{alert.pk}/avancement-7/").content.decode()
    assert mayor.get(f"{OFFICE}{alert.pk}/avancement-8/").status_code == 404
