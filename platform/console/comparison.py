"""What a person claims beside what the State's directory says, and what may be concluded: often, nothing."""

from dataclasses import dataclass, replace
from enum import StrEnum

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from core.web.templatetags.web import plural
from tenants.models import Commune, Mandate, Signup
from tenants.official import official_mailbox

SHOWN = 10


class Weight(StrEnum):
    """What a line is worth: it proves, it proves nothing, or it only informs."""

    PROOF = "ok"
    DOUBT = "warn"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: claimed, official, and the sentence to conclude with. `phone` is a number to dial."""

    label: str
    claimed: str
    official: str
    verdict: str
    weight: Weight = Weight.NOTHING
    phone: str = ""


def compare(mandate: Mandate) -> list[Line]:
    """The lines of a mandate's page, the strongest proof first."""
    signup, commune = mandate.signup, mandate.signup.commune
    mailbox = official_mailbox(commune)
    shown = official_address(commune)
    return [
        replace(_code(mandate, mailbox), official=shown),
        replace(_email(signup.email, mailbox), official=shown),
        Line(_("Nom"), signup.name, "", _("L’annuaire ne nomme personne. Rien à comparer.")),
        Line(
            _("Qualité"),
            signup.get_capacity_display(),
            "",
            _("L’annuaire ne dit pas qui travaille à la mairie. Rien à comparer."),
        ),
        _phone(commune),
    ]


def official_address(commune: Commune) -> str:
    """The mairie's mailbox in words: the demonstration says that its own is simulated."""
    mailbox = official_mailbox(commune)
    if not mailbox or commune.official_email:
        return mailbox
    return _("%(address)s (simulée, démonstration)") % {"address": mailbox}


def _code(mandate: Mandate, mailbox: str) -> Line:
    label = _("Boîte où le code a été lu")
    if mandate.used_official_mailbox:
        verdict = _("Le code est parti à l’adresse officielle. La personne lit donc le courrier de la mairie.")
        return Line(label, mailbox, mailbox, verdict, Weight.PROOF)
    verdict = _("Le code est parti à l’adresse déclarée. Il prouve qu’elle est à la personne, rien de plus.")
    return Line(label, mandate.signup.email, mailbox, verdict, Weight.DOUBT)


def _email(claimed: str, mailbox: str) -> Line:
    label = _("Adresse e-mail")
    if not mailbox:
        return Line(label, claimed, "", _("L’annuaire ne donne pas d’adresse pour cette mairie."), Weight.DOUBT)
    if claimed.lower() == mailbox:
        return Line(label, claimed, mailbox, _("L’adresse est exactement celle de la mairie."), Weight.PROOF)
    verdict = _("Ce n’est pas l’adresse officielle de la mairie.")
    domain = domain_of(claimed)
    if domain == domain_of(mailbox):
        verdict += " " + _("Le même domaine (%(domain)s) ne prouve rien : %(count)s l’utilisent.") % {
            "domain": domain,
            "count": plural(mairies_at(domain), "mairie", "mairies"),
        }
    return Line(label, claimed, mailbox, verdict, Weight.DOUBT)


def _phone(commune: Commune) -> Line:
    number = commune.official_phone
    if not number:
        return Line(_("Téléphone"), "", "", _("L’annuaire ne donne pas de numéro pour cette mairie."))
    verdict = _("Le numéro à appeler pour vérifier de vive voix.")
    return Line(_("Téléphone"), "", number, verdict, phone="".join(each for each in number if each in "+0123456789"))


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def mairies_at(domain: str) -> int:
    """How many mairies of the directory have their official address there."""
    return Commune.objects.filter(official_email__iendswith=f"@{domain}").count()


@dataclass(frozen=True, slots=True)
class Others:
    """Other openings to look at before deciding: the last ten, and how many there are."""

    rows: list[Signup]
    count: int

    @classmethod
    def of(cls, found: QuerySet[Signup]) -> "Others":
        recent = found.select_related("commune", "mandate").order_by(F("completed_at").desc(nulls_last=True), "pk")
        return cls(list(recent[:SHOWN]), found.count())


def of_the_commune(signup: Signup) -> Others:
    """What others, or the same person before, began for this commune."""
    return Others.of(Signup.objects.filter(commune=signup.commune).exclude(pk=signup.pk))


def of_the_address(signup: Signup) -> Others:
    """What this address opened elsewhere. One secretary may serve several communes."""
    return Others.of(Signup.objects.filter(email__iexact=signup.email).exclude(commune=signup.commune))


def elsewhere_at(signup: Signup) -> int:
    """How many other communes were opened from this domain; the many of an open provider say nothing."""
    rows = Signup.objects.filter(email__iendswith=f"@{domain_of(signup.email)}", completed_at__isnull=False)
    return rows.exclude(commune=signup.commune).values("commune").distinct().count()
