"""Numbers that the mairie writes down for somebody who asked it on paper, and takes out when they ask so."""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now_in_french

from core.accounts.models import User
from core.audit.actions import record
from core.delivery.following import follow
from core.delivery.models import SmsConsent
from core.delivery.sms.actions import NOT_OFFERED, send_sms
from core.delivery.sms.codes import offered
from core.delivery.sms.consenting import consent, topics_of_number, withdraw
from core.delivery.sms.credit import take_turn
from core.tenancy.here import current
from core.tenancy.keys import uuid7
from core.tenancy.registry import registry
from core.territory.models import Area

NOTE = "premier SMS d’un numéro inscrit au guichet"
WORTH = timedelta(days=2)


def entered_here() -> QuerySet[SmsConsent]:
    """What was written down at the counter and still stands, the last first."""
    return SmsConsent.objects.live().exclude(paper="").order_by("-given_at", "-pk")


def answers() -> bool:
    """Whether an SMS of ours can be answered: a sender in letters has no number."""
    return bool(settings.SMS_SENDER.isdecimal())


@transaction.atomic
def enter_number(
    *, number: str, topics: Collection[str], paper: str, author: User, places: Collection[Area] = ()
) -> list[SmsConsent]:
    """Write down what a signed paper asks for a number (E.164), and tell the number so, with how to stop it. Returns
    what is new: a number that asked already is told nothing.

    Raises ValidationError (`not_offered`, `no_credit`), changing nothing: nobody is written down who is not told.
    """
    if not offered():
        raise ValidationError(NOT_OFFERED, code="not_offered")
    take_turn()
    new = [topic for topic in sorted(topics) if topic not in topics_of_number(number)]
    if not new:
        return []
    rows = [consent(number=number, topic=topic, author=author, paper=paper) for topic in new]
    for row in rows:
        follow(row, places)
    expires_at = timezone.now() + WORTH
    send_sms(to={number: None}, text=welcome(), key=uuid7(), expires_at=expires_at, author=author, note=NOTE)
    return rows


@transaction.atomic
def remove_number(*, number: str, author: User) -> int:
    """End what a number asked for, because whoever has it asked the mairie so. Returns how many wishes ended."""
    take_turn()
    ended = withdraw(number=number, by=author.email)
    if ended:
        record("delivery.sms_removed", author=author)
    return ended


def welcome() -> str:
    """Who writes, why, and how to change or to stop it: with a code, and by an answer where it can be heard."""
    sender = registry().sender(current().schema_name)
    page = sender.home + reverse("delivery:telephone", settings.SITE_URLCONFS["space"]).lstrip("/")
    said = now_in_french(
        "%(name)s : ce numéro recevra nos SMS, comme demandé au guichet. Choisir ou arrêter, avec un code : %(page)s"
    ) % {"name": sender.name, "page": page}
    return f"{said} {now_in_french('Ou répondez STOP.')}" if answers() else said
