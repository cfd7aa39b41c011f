"""What the operator reads of Stripe."""

from django.test import Client
from django.utils import timezone

from billing.models import StripeDifference, StripeEvent


def test_differences_and_events_without_effect_are_read(console: Client) -> None:
    StripeDifference.objects.create(subject="FAC-7", text="Stripe ne l’a pas.")
    StripeDifference.objects.create(subject="FAC-6", text="Stripe en a deux copies.", gone_at=timezone.now())
    for name, outcome in (("evt_effective", "done"), ("evt_stranger", "stranger"), ("evt_ignored", "ignored")):
        StripeEvent.objects.create(
            id=name, type="invoice.paid", object_id="in_1", outcome=outcome, created_at=timezone.now()
        )
    text = console.get("/stripe/").content.decode()
    for words in ("FAC-7", "Stripe ne l’a pas.", "Rentré dans l’ordre", "FAC-6", "evt_stranger", "evt_ignored"):
        assert words in text
    assert "evt_effective" not in text
    assert "Ne concerne aucun payeur connu" in text


def test_without_keys_and_events_it_says_so(console: Client) -> None:
    text = console.get("/stripe/").content.decode()
    assert "Les clés de Stripe ne sont pas réglées" in text
    assert "Aucun événement n’est encore arrivé." in text
