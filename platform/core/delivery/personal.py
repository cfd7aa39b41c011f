"""What the outbox keeps about a person: the e-mails written to their address."""

import re
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.catalogue import PersonalRecord
from core.delivery.mail.suppressing import suppression_of
from core.delivery.models import Announcement, Consent, Device, FollowedArea, OutgoingEmail, SuppressedAddress
from core.delivery.push import personal as push
from core.delivery.sms import personal as sms
from core.delivery.topics import label_of
from core.privacy.registry import forgets, keeps
from core.privacy.retention import some

__all__ = ["push", "sms"]
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


@keeps(gettext_lazy("Votre adresse, si elle refuse nos e-mails"), order=40)
def suppressed(user: User) -> Iterable[PersonalRecord]:
    found = suppression_of(user.email)
    if found:
        said = {"pourquoi": found.get_kind_display(), "réponse du serveur": found.reason}
        yield PersonalRecord(_("Adresse à laquelle nous n’écrivons plus"), found.at, said)


@forgets(
    gettext_lazy("Les adresses qui refusent nos e-mails"),
    months=12,
    why=gettext_lazy("Ne plus écrire à une adresse où personne n’est, ou qui n’en veut pas."),
)
def old_suppressions(before: datetime) -> int:
    return some(SuppressedAddress.objects.filter(at__lte=before)).delete()[0]


@forgets(gettext_lazy("Les e-mails envoyés"), months=3, why=gettext_lazy("Savoir s’ils sont bien partis."))
def old_letters(before: datetime) -> int:
    return some(OutgoingEmail.objects.filter(created_at__lte=before, expires_at__lte=timezone.now())).delete()[0]


@keeps(gettext_lazy("Ce dont vous êtes prévenu"), order=41)
def asked(user: User) -> Iterable[PersonalRecord]:
    for consent in user.consents.all():
        kept = {"sujet": label_of(consent.topic), "moyen": consent.get_channel_display(), "texte": consent.version}
        ended = {"retiré le": consent.withdrawn_at} if consent.withdrawn_at else {}
        yield PersonalRecord(_("Demande d’être prévenu"), consent.given_at, kept | ended)
    for each in FollowedArea.objects.filter(user=user).select_related("area"):
        yield PersonalRecord(_("Partie de la commune suivie"), each.since, {"nom": each.area.name})
    for device in user.devices.all():
        service = urlsplit(device.endpoint).hostname
        known = {"service": service, "vu le": device.seen_at, "a montré vers le": device.shown_at}
        yield PersonalRecord(_("Appareil prévenu"), device.created_at, known)


@forgets(
    gettext_lazy("Les demandes d’être prévenu qui ont été retirées"),
    months=36,
    why=gettext_lazy("Pouvoir montrer que vous aviez demandé à être prévenu."),
)
def old_consents(before: datetime) -> int:
    return some(Consent.objects.filter(withdrawn_at__lte=before)).delete()[0]


@forgets(
    gettext_lazy("Les appareils prévenus"),
    months=12,
    why=gettext_lazy("Vous prévenir sur un appareil, jusqu’à un an après sa dernière réponse."),
)
def old_devices(before: datetime) -> int:
    return some(Device.objects.filter(seen_at__lte=before)).delete()[0]


@forgets(
    gettext_lazy("Les avertissements envoyés"),
    months=12,
    why=gettext_lazy("Dire au conseil combien de fois les habitants ont été prévenus, et par qui."),
)
def old_announcements(before: datetime) -> int:
    return some(Announcement.objects.filter(created_at__lte=before)).delete()[0]
