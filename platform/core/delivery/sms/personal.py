"""What SMS keep about a person: their number, what they asked, what was written to them."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.catalogue import PersonalRecord
from core.delivery.models import OutgoingSms, PhoneCode, SmsConsent, SmsRoute
from core.delivery.sms.numbers import shown
from core.delivery.topics import label_of
from core.privacy.registry import forgets, keeps
from core.privacy.retention import some

CODE = re.compile(r"^\d{6}\b")


@keeps(gettext_lazy("Les SMS que nous vous envoyons"), order=42)
def texts(user: User) -> Iterable[PersonalRecord]:
    for asked in SmsConsent.objects.filter(user=user):
        kept = {"numéro": shown(asked.number), "sujet": label_of(asked.topic), "texte": asked.version}
        ended = {"retiré le": asked.withdrawn_at} if asked.withdrawn_at else {}
        yield PersonalRecord(_("Demande d’être prévenu par SMS"), asked.given_at, kept | ended)
    for code in PhoneCode.objects.filter(user=user):
        yield PersonalRecord(_("Code demandé par SMS"), code.asked_at, {"numéro": shown(code.number)})
    for sms in OutgoingSms.objects.filter(user=user):
        said = {"numéro": shown(sms.recipient), "texte": CODE.sub("••••••", sms.text), "état": sms.get_state_display()}
        yield PersonalRecord(_("SMS"), sms.created_at, said)


@forgets(gettext_lazy("Les SMS envoyés"), months=3, why=gettext_lazy("Savoir s’ils sont bien arrivés."))
def old_texts(before: datetime) -> int:
    gone = some(OutgoingSms.objects.filter(created_at__lte=before, expires_at__lte=timezone.now())).delete()[0]
    gone += some(PhoneCode.objects.filter(asked_at__lte=before)).delete()[0]
    return gone + some(SmsRoute.objects.filter(at__lte=before)).delete()[0]


@forgets(
    gettext_lazy("Les demandes d’être prévenu par SMS qui ont été retirées"),
    months=36,
    why=gettext_lazy("Pouvoir montrer que vous aviez demandé à recevoir des SMS."),
)
def old_wishes(before: datetime) -> int:
    return some(SmsConsent.objects.filter(withdrawn_at__lte=before)).delete()[0]
