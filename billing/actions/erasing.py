"""The last act: a space that nobody ordered again is erased, and a certificate says what was in it."""

from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from billing.actions.letters import erased, erasure_near, readers, write
from billing.actions.warning import ERASURE
from billing.models import Notice, Recipient, Subscription
from billing.models.paper import PaperKind, Series
from billing.papers import Counted, ErasurePaper, certificate_pdf, keep, number, supplier
from billing.queries.days import local_today, supplier_today, zone_of
from billing.queries.situation import READ_ONLY_TOLD, standing_of
from billing.queries.standing import DAY, State
from tenants.hosts import portal_url
from tenants.leaving.erasing import erase_with_facts
from tenants.leaving.facts import ErasureFacts
from tenants.leaving.sweeping import when_erased

# Nothing is erased before its mairie was told so many days ahead, however late the engine is.
LEAST: Final = timedelta(days=7)


def erase(subscription: Subscription) -> None:
    """Erase a space whose days to be read are over; its certificate follows once nothing is left of it."""
    today = local_today(subscription.commune)
    if subscription.space is None or standing_of(subscription, today).state is not State.ENDED:
        return
    if not _was_told(subscription, today):
        return
    facts = erase_with_facts(subscription.space)
    Subscription.objects.filter(pk=subscription.pk).update(erased_at=facts.at)


def _was_told(subscription: Subscription, today: date) -> bool:
    told = subscription.notices.filter(name__startswith=READ_ONLY_TOLD).order_by("sent_at").last()
    assert told is not None
    warned = subscription.notices.filter(name__startswith=ERASURE, sent_at__gt=told.sent_at).order_by("sent_at").first()
    if warned is None:
        until = today + LEAST - DAY
        Notice.objects.get_or_create(subscription=subscription, name=f"{ERASURE}{until}:{LEAST.days}")
        write(erasure_near(subscription, until, LEAST.days), readers(subscription))
        return False
    return today >= warned.sent_at.astimezone(zone_of(subscription.commune)).date() + LEAST


@when_erased
def certify(facts: ErasureFacts) -> None:
    """Number and send the certificate of what was erased; called once nothing is left, in that transaction.

    A space that was never accepted has none: its opening is said to be refused.
    """
    rows = Subscription.objects.select_for_update(of=("self",)).select_related("commune", "account")
    found = rows.filter(commune_id=facts.insee, space=None, erased_at=facts.at, certificate=None).first()
    if found is None:
        tried = Subscription.objects.filter(trial_until__gte=F("began_on"), terms__isnull=True)
        tried.filter(commune_id=facts.insee, space=None, erased_at=None).update(erased_at=facts.at)
        return
    _certified(found, facts)


@transaction.atomic
def _certified(subscription: Subscription, facts: ErasureFacts) -> None:
    today = supplier_today()
    name = number(Series.CERTIFICATE, today)
    pdf = certificate_pdf(_paper(subscription, facts, name, today))
    subscription.certificate = keep(PaperKind.CERTIFICATE, f"{name}.pdf", pdf)
    subscription.save(update_fields=["certificate"])
    letter = erased(facts.name, name, portal_url(f"/certificats/{subscription.certificate.pk}/"))
    write(letter, [subscription.commune.official_email, *readers(subscription)])
    Recipient.objects.filter(account__commune=subscription.commune_id).delete()


def _paper(subscription: Subscription, facts: ErasureFacts, name: str, today: date) -> ErasurePaper:
    at = facts.at.astimezone(zone_of(subscription.commune))
    return ErasurePaper(
        number=name,
        issued_on=today,
        seller=supplier(),
        commune=facts.name,
        insee=facts.insee,
        reason=Subscription.EndReason(subscription.end_reason).label if subscription.end_reason else "",
        ended_on=subscription.ended_on or at.date(),
        erased_at=at.isoformat(timespec="seconds"),
        counts=tuple(Counted(words, count) for words, count in facts.tables),
        files=facts.files,
        bytes=facts.bytes,
        digest=facts.sha256,
        kept=(
            _("Les devis, commandes, factures et avoirs, dix ans (Code de commerce, article L123-22)."),
            _("Ce certificat."),
        ),
        export=_("La mairie pouvait télécharger l’export de tout ce qui était dans l’espace jusqu’au dernier jour."),
        listing=facts.listing,
        demo=settings.DEMO,
    )
