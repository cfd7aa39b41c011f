"""What is said to who comes back from a page of Stripe's: it knows first, and its word may be on its way."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from billing.collecting import under_way
from billing.models import Invoice
from billing.office.here import Ours
from billing.queries.money import outstanding

PAID, GIVEN, LEFT = "paye", "donne", "laisse"


@dataclass(frozen=True, slots=True)
class Said:
    """`paid` is the invoice whose payment was sent from here."""

    tone: str
    sentence: str
    paid: UUID | None = None


def said_of_payment(ours: Ours, query: Mapping[str, str]) -> Said | None:
    """Of the invoice that the address names, when it is theirs."""
    paid, left = (_invoice(ours, query.get(name, "")) for name in (PAID, LEFT))
    if left is not None and outstanding(left) > 0:
        return Said("warn", _("La facture %s n’est pas payée, et rien n’est débité. Elle se règle aussi par mandat "
                              "administratif.") % left.number)  # fmt: skip
    if paid is None:
        return None
    if outstanding(paid) <= 0:
        return Said("", _("La facture %s est payée. Merci.") % paid.number)
    if under_way([paid]):
        return Said("info", _("Le paiement de la facture %s est en cours à la banque. Rien d’autre à faire.")
                    % paid.number)  # fmt: skip
    return Said("info", _("Le paiement de la facture %s est transmis. Il sera noté ici dès sa confirmation : "
                          "rechargez la page dans un instant.") % paid.number, paid.pk)  # fmt: skip


def said_of_means(ours: Ours, query: Mapping[str, str]) -> Said | None:
    """Of a mandate or a card; once it is kept, the page says so by itself."""
    if LEFT in query:
        return Said("warn", _("Aucun nouveau moyen de paiement n’est enregistré, et rien n’est débité."))
    if GIVEN in query and not ours.payer.stripe_payment_method:
        return Said("info", _("Votre moyen de paiement est transmis. Il sera noté ici dès sa confirmation : "
                              "rechargez la page dans un instant."))  # fmt: skip
    return None


def _invoice(ours: Ours, typed: str) -> Invoice | None:
    try:
        return Invoice.objects.filter(pk=UUID(typed), account=ours.account).first()
    except ValueError:
        return None
