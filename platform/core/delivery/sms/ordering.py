"""Crediting what a commune paid: one order of a supplier is credited once, whoever types it again."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.delivery.models import SmsCredit
from core.delivery.sms.credit import buy, take_turn

KNOWN = _("Cette commande est déjà enregistrée, pour %(segments)s SMS : vérifiez sa référence.")


@transaction.atomic
def credit_order(*, segments: int, reference: str) -> bool:
    """Credit the current commune with an order; False when it was credited before. In the commune's own journal it is
    the platform's act.

    Raises ValidationError (`known`), changing nothing, when the same reference was credited with another number.
    """
    take_turn()
    known = SmsCredit.objects.filter(kind=SmsCredit.Kind.BOUGHT, note=reference).first()
    if known is None:
        buy(segments=segments, note=reference, author=None)
        return True
    if known.segments != segments:
        raise ValidationError(KNOWN, code="known", params={"segments": known.segments})
    return False
