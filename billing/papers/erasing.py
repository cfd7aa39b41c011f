"""What a certificate says of an erasure, from what the erasure counted."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from billing.papers.content import Counted, ErasurePaper
from billing.papers.supplier import supplier
from tenants.leaving.facts import ErasureFacts


def erasure_of(
    facts: ErasureFacts, *, number: str, issued_on: date, ended_on: date, reason: str, export: str = ""
) -> ErasurePaper:
    """`reason` and `export` are sentences' ends and sentences: « abonnement terminé », « L’export a été remis. »."""
    return ErasurePaper(
        number=number,
        issued_on=issued_on,
        seller=supplier(),
        commune=facts.name,
        insee=facts.insee,
        reason=reason,
        ended_on=ended_on,
        erased_at=facts.at.isoformat(),
        counts=tuple(Counted(label, count) for label, count in facts.tables if count),
        files=facts.files,
        bytes=facts.bytes,
        digest=facts.sha256,
        listing=facts.listing,
        kept=(
            _("Devis, commandes, factures et avoirs : dix ans (art. L. 123-22 du code de commerce)."),
            _("Ce certificat, et les dates d’ouverture et de fin de l’abonnement."),
        ),
        export=export,
        demo=settings.DEMO,
    )
