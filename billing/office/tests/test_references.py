"""What invoices say of a commune, and where they go: checked where it is typed, heard once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from billing.models import Account, Recipient
from billing.office.tests.conftest import HOME, SIREN, subscribed
from billing.papers import siret_of_siren
from core.audit.models import Entry
from core.tenancy.context import enter
from tests.cast import Cast

REFERENCES, RECIPIENTS = f"{HOME}references/", f"{HOME}destinataires/"


def sent(account: Account, **more: str) -> dict[str, str]:
    return {"siret": siret_of_siren(SIREN), "moment": "end", "city": "Saint-Aubin", **more}


WRONG = {
    "siret": ("12345", "14 chiffres"),
    "postal_code": ("8010", "cinq chiffres"),
    "moment": ("jamais", "Choisissez quand"),
    "service_code": ("x" * 101, "100 signes"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_reference_is_said_at_its_field_and_nothing_is_lost(
    name: str, account: Account, accountant: Client
) -> None:
    typed, sentence = WRONG[name]
    answer = accountant.post(REFERENCES, sent(account, engagement="E-77") | {name: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "E-77" in page
    account.refresh_from_db()
    assert account.engagement == ""


def test_a_siret_of_another_body_or_with_a_false_key_is_refused(account: Account, accountant: Client) -> None:
    ours = siret_of_siren(SIREN)
    false = ours[:-1] + str((int(ours[-1]) + 1) % 10)
    assert "clé de contrôle" in accountant.post(REFERENCES, sent(account, siret=false)).content.decode()
    other = siret_of_siren("200000008")
    assert "autre organisme" in accountant.post(REFERENCES, sent(account, siret=other)).content.decode()


def test_references_are_kept_written_in_the_journal_and_heard_once(
    cast: Cast, account: Account, accountant: Client
) -> None:
    for _ in range(2):
        answer = accountant.post(REFERENCES, sent(account, siret="  " + siret_of_siren(SIREN), engagement="E-78"))
        assert answer["Location"] == REFERENCES
    account.refresh_from_db()
    assert (account.siret, account.engagement) == (siret_of_siren(SIREN), "E-78")
    assert account.changed_by == cast.aubin.resident.email
    with enter(cast.aubin.schema_name):
        assert Entry.objects.filter(verb="billing.references_set").count() == 1


def test_two_people_who_write_references_are_told(account: Account, accountant: Client) -> None:
    read = accountant.get(REFERENCES).context["read"]
    assert accountant.post(REFERENCES, sent(account, engagement="A") | {"read": read}).status_code == 302
    late = accountant.post(REFERENCES, sent(account, engagement="B") | {"read": read})
    assert late.status_code == 409
    account.refresh_from_db()
    assert account.engagement == "A"


@pytest.mark.parametrize("email", ["", "pas une adresse", "x@" + "y" * 300 + ".fr"])
def test_a_wrong_address_is_refused_where_it_is_typed(email: str, account: Account, accountant: Client) -> None:
    answer = accountant.post(RECIPIENTS, {"email": email, "label": "Le comptable"})
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert "Le comptable" in answer.content.decode()
    assert not Recipient.objects.exists()


def test_recipients_are_ten_at_most_each_once_and_are_removed_once(account: Account, accountant: Client) -> None:
    for number in range(10):
        for _ in range(2):
            assert accountant.post(RECIPIENTS, {"email": f"Compta{number}@exemple.fr"}).status_code == 302
    assert Recipient.objects.count() == 10
    assert accountant.post(RECIPIENTS, {"email": "onze@exemple.fr"}).status_code == 422
    first = Recipient.objects.order_by("added_at")[0]
    assert first.email == "compta0@exemple.fr"
    for _ in range(2):
        assert accountant.post(f"{RECIPIENTS}{first.pk}/retirer/").status_code == 302
    assert Recipient.objects.count() == 9


def test_another_communes_recipient_is_not_removed(cast: Cast, account: Account, administrator: Client) -> None:
    theirs: Any = subscribed(cast.belleville).account
    kept = Recipient.objects.create(account=theirs, email="a@exemple.fr", added_by="test")
    administrator.post(f"{RECIPIENTS}{kept.pk}/retirer/")
    assert Recipient.objects.filter(pk=kept.pk).exists()


def test_a_commune_whose_intercommunality_pays_changes_none_of_its_references(
    account: Account, administrator: Client, client_of: Callable[..., Client]
) -> None:
    group = Account.objects.create(
        kind=Account.Kind.GROUP, name="CC du Beffroi", siren="200000000", departement="80", changed_by="test"
    )
    subscription = account.subscriptions.get()
    subscription.account = group
    subscription.save()
    for path in (REFERENCES, RECIPIENTS):
        assert administrator.get(path)["Location"] == HOME
        assert administrator.post(path, sent(account) | {"email": "a@exemple.fr"})["Location"] == HOME
    group.refresh_from_db()
    assert group.siret == ""
    assert not Recipient.objects.exists()
