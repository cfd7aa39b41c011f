"""What the outbox keeps about a person: the e-mails written to their address."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.catalogue import PersonalRecord
from core.delivery.models import OutgoingEmail
from core.privacy.registry import forgets, keeps
from core.privacy.retention import some

CODE = re.compile(r"\b\d{6}\b")


@keeps(gettext_lazy("Les e-mails que nous vous écrivons"), order=40)
def letters(user: User) -> Iterable[PersonalRecord]:
    """By their subjects, without codes: one may still open."""
    for email in OutgoingEmail.objects.filter(recipient__iexact=user.email).defer("text", "html"):
        yield PersonalRecord(
            _("E-mail"),
            email.created_at,
            {"objet": CODE.sub("••••••", email.subject), "état": email.get_state_display()},
        )


@forgets(gettext_lazy("Les e-mails envoyés"), months=3, why=gettext_lazy("Savoir s’ils sont bien partis."))
def old_letters(before: datetime) -> int:
    return some(OutgoingEmail.objects.filter(created_at__lte=before, expires_at__lte=timezone.now())).delete()[0]
