"""Forgetting what the security of an account kept outside the person's own rows."""

from datetime import timedelta

from core.accounts.models import User
from core.delivery.models import OutgoingEmail, SuppressedAddress
from core.security.models import AddressChange
from core.security.sessions import end_sessions

JUST_AFTER = timedelta(minutes=5)


def forget(user: User) -> None:
    """End the sessions and delete the e-mails written to addresses that the person left.

    Whoever has such an address since keeps what was written to them later.
    """
    end_sessions(user)
    for change in AddressChange.objects.filter(user=user):
        written = OutgoingEmail.objects.filter(recipient__iexact=change.old, created_at__lte=change.at + JUST_AFTER)
        written.delete()
        SuppressedAddress.objects.filter(address=change.old.lower(), at__lte=change.at + JUST_AFTER).delete()
