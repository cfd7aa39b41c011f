"""A certificate carries the list that its print was taken of."""

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from uuid import UUID

from billing.papers import certificate_pdf, erasure_of
from billing.papers.tests.making import words
from core.documents import attachments
from tenants.leaving.facts import ErasureFacts

FACTS = ErasureFacts(
    UUID(int=1), "06059", "Èze", datetime(2027, 4, 1, 1, 12, tzinfo=UTC), (("Comptes", 4), ("Idées", 0)), 2, 2048
)


def certificate(facts: ErasureFacts) -> bytes:
    return certificate_pdf(
        erasure_of(
            facts, number="CER-2027-000001", issued_on=date(2027, 4, 1), ended_on=date(2026, 12, 31), reason="fin"
        )
    )


def test_it_says_what_was_counted_and_carries_the_whole_list() -> None:
    made = certificate(FACTS)
    listing = attachments(made)["effacement.txt"]
    said = words(made)
    assert listing.decode() == FACTS.listing
    assert sha256(listing).hexdigest() in said.replace(" ", "")
    for each in ("Comptes 4", "2 fichiers", "1er avril 2027 à 3 h 12", "dix ans", "effacement.txt"):
        assert each in said
    assert "Idées" not in said


def test_a_space_that_held_nothing_has_a_certificate_too() -> None:
    assert "aucun fichier" in words(certificate(replace(FACTS, tables=(), files=0, bytes=0)))
