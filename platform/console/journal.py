"""The operator's journal in words, and finding a line in it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from core.audit.models import Entry
from core.web.french import typographic

ACTS = {
    "tenants.opened": "a ouvert l’espace",
    "mandate.accepted": "a accepté le mandat",
    "mandate.refused": "a refusé le mandat",
    "mandate.asked": "a posé une question sur le mandat",
    "tenants.suspended": "a suspendu l’espace",
    "tenants.reactivated": "a réactivé l’espace",
    "tenants.read_only": "a mis l’espace en lecture seule",
    "tenants.reopened": "a rouvert l’espace à l’écriture",
    "leaving.export_asked": "a demandé l’export de l’espace",
    "leaving.export_ready": "a préparé l’export de l’espace",
    "leaving.export_taken": "a téléchargé l’export de l’espace",
    "leaving.exported": "a exporté l’espace",
    "leaving.erased": "a effacé tout l’espace",
    "delivery.sms_bought": "a ajouté des SMS payés",
    "order.accepted": "a accepté la commande",
    "order.refused": "a refusé la commande",
    "subscription.granted": "a offert un module",
    "subscription.withdrawn": "a retiré un module offert",
    "subscription.paid": "a enregistré un virement",
    "subscription.cancelled": "a annulé une facture par un avoir",
    "subscription.merged": "a changé qui paie",
    "subscription.ended": "a mis fin à l’abonnement",
    "tenants.room_set": "a changé la place des fichiers",
    "billing.book_drafted": "a préparé des prix",
    "billing.book_changed": "a changé des prix en préparation",
    "billing.book_discarded": "a jeté des prix en préparation",
    "billing.book_published": "a publié des prix",
    "billing.stripe_differs": "a trouvé une différence chez Stripe",
    "accounts.role_granted": "a donné un rôle",
    "accounts.role_ended": "a retiré un rôle",
    "accounts.blocked": "a fermé l’accès",
    "accounts.unblocked": "a rouvert l’accès",
    "security.factor_added": "a ajouté une double vérification à son compte",
    "security.factor_removed": "a retiré une double vérification de son compte",
    "security.codes_renewed": "a refait ses codes de secours",
    "security.factors_reset": "a remis à zéro une double vérification",
    "security.device_trusted": "fait confiance à un appareil",
    "security.device_distrusted": "ne fait plus confiance à un appareil",
    "security.address_changed": "a changé d’adresse e-mail",
    "security.address_taken_back": "a repris son ancienne adresse e-mail",
    "accounts.deleted": "un compte a été supprimé",
}


def act(verb: str) -> str:
    """What was done, as the end of a sentence that begins with the author."""
    return ACTS.get(verb, verb)


@dataclass(frozen=True, slots=True)
class Line:
    """An act as the page shows it. `quote` are the operator's own words; `insee` its commune, if it has one."""

    entry: Entry
    act: str
    insee: str
    quote: str
    lost: str

    @classmethod
    def of(cls, entry: Entry) -> "Line":
        detail = entry.detail
        quote = str(detail.get("reason") or detail.get("text") or "")
        return cls(entry, act(entry.verb), str(detail.get("insee", "")), quote, str(detail.get("lost", "")))


@dataclass(frozen=True, slots=True)
class Search:
    """Which lines are looked for; empty means any. `commune` is an INSEE code or a part of a name."""

    verb: str = ""
    author: str = ""
    commune: str = ""

    def rows(self) -> QuerySet[Entry]:
        rows = Entry.objects.all()
        if self.verb:
            rows = rows.filter(verb=self.verb)
        if self.author:
            rows = rows.filter(author=self.author)
        if self.commune:
            rows = rows.filter(Q(detail__insee=self.commune.upper()) | Q(target__icontains=typographic(self.commune)))
        return rows


def verbs() -> list[tuple[str, str]]:
    """Every kind of act that was done at least once, with its words."""
    found = Entry.objects.order_by("verb").values_list("verb", flat=True).distinct()
    return [(verb, act(verb)) for verb in found]


def authors() -> list[str]:
    return list(Entry.objects.exclude(author="").order_by("author").values_list("author", flat=True).distinct())
