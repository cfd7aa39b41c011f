"""A mandate as a line of work: how long it has waited, who, and what one look at it says."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from console.queries import age, is_late
from core.web.french import typographic
from tenants.models import Mandate, MandateMessage
from tenants.official import official_mailbox


@dataclass(frozen=True, slots=True)
class MandateRow:
    mandate: Mandate
    chip: str
    tone: str
    title: str
    detail: str
    answered: bool
    asked: bool

    @classmethod
    def of(cls, mandate: Mandate) -> "MandateRow":
        signup = mandate.signup
        last_side: Any = getattr(mandate, "last_side", None)
        return cls(
            mandate=mandate,
            chip=mandate.get_decision_display() or _("Mandat · %(age)s") % {"age": age(mandate.asked_at)},
            tone=_tone(mandate),
            title=f"{typographic(str(signup.commune))}\u00a0: {signup.name}, {signup.get_capacity_display().lower()}",
            detail=_detail(mandate),
            answered=not mandate.decision and last_side == MandateMessage.Side.MAIRIE,
            asked=not mandate.decision and last_side == MandateMessage.Side.OPERATOR,
        )


def _tone(mandate: Mandate) -> str:
    match mandate.decision:
        case Mandate.Decision.ACCEPTED:
            return "ok"
        case Mandate.Decision.REFUSED:
            return "danger"
        case _:
            return "danger" if is_late(mandate.asked_at) else "warn"


def _detail(mandate: Mandate) -> str:
    if mandate.used_official_mailbox:
        return _("Code lu dans la boîte officielle de la mairie")
    mailbox = official_mailbox(mandate.signup.commune)
    if not mailbox:
        return _("L’annuaire ne donne pas d’adresse pour cette mairie")
    if mandate.signup.email.lower() == mailbox:
        return _("Adresse de la mairie")
    return _("Adresse donnée différente de l’adresse officielle")
