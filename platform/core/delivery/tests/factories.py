"""E-mails that wait."""

from datetime import timedelta

from django.utils import timezone

from core.delivery.models import OutgoingEmail
from tests.planting import Mark, Plot, factory


@factory(OutgoingEmail)
def email(plot: Plot, mark: Mark) -> OutgoingEmail:
    now = timezone.now()
    return OutgoingEmail.objects.create(
        recipient=mark.email,
        subject=mark.text,
        text=mark.text,
        html=f"<p>{mark.text}</p>",
        not_before=now,
        expires_at=now + timedelta(days=1),
    )
