"""Lines of the journal in words: who, what they did, in which service and when."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.accounts.levels import Method
from core.accounts.models import User
from core.audit.models import Entry
from space.contributions import catalogue
from space.roles import LABELS

PLATFORM = "Beffroi"
_SERVICES = {
    "accounts": "Habitants",
    "security": "Sécurité",
    "space": "Réglages",
    "tenants": "Espace",
    "leaving": "Export",
    "billing": "Abonnement",
    "mandate": "Espace",
    "organisation": "Services",
    "territory": "Territoire",
    "delivery": "Avertissements",
    "media": "Fichiers",
    "privacy": "Données personnelles",
}
# Acts that say by themselves who did them.
_ALONE = {
    "accounts.deleted": "Une personne a supprimé son compte",
    "delivery.sms_joined": "Une personne a demandé à être prévenue par SMS, sans compte",
}
_SENTENCES: dict[str, Callable[[Entry], str]] = {
    "accounts.role_granted": lambda entry: f"a donné à {entry.target} {_role(entry)}",
    "accounts.role_ended": lambda entry: f"a retiré à {entry.target} {_role(entry)}",
    "accounts.invited": lambda entry: f"a invité {entry.target} avec {_role(entry)}",
    "accounts.invited_again": lambda entry: f"a renvoyé son invitation à {entry.target}",
    "accounts.invitation_cancelled": lambda entry: f"a annulé l’invitation de {entry.target}",
    "accounts.invitation_accepted": lambda entry: "a accepté l’invitation de la mairie",
    "accounts.left": lambda entry: f"a noté le départ de {entry.target}",
    "accounts.blocked": lambda entry: f"a fermé l’accès de {entry.target}{_because(entry)}",
    "accounts.unblocked": lambda entry: f"a rouvert l’accès de {entry.target}",
    "accounts.letter_asked": lambda entry: "a demandé un courrier pour prouver son adresse",
    "accounts.letter_printed": lambda entry: f"a imprimé le courrier de {entry.target}",
    "accounts.letter_posted": lambda entry: f"a posté le courrier de {entry.target}",
    "accounts.level_proved": lambda entry: (
        f"a vérifié le domicile de {entry.target}{_how(entry)}"
        if entry.target
        else f"a prouvé son domicile{_how(entry)}"
    ),
    "accounts.level_withdrawn": lambda entry: f"a retiré la vérification de {entry.target}{_because(entry)}",
    "security.factor_added": lambda entry: "a ajouté une double vérification à son compte",
    "security.factor_removed": lambda entry: "a retiré une double vérification de son compte",
    "security.codes_renewed": lambda entry: "a refait ses codes de secours",
    "security.factors_reset": lambda entry: f"a remis à zéro la double vérification de {entry.target}",
    "security.device_trusted": lambda entry: f"fait confiance à un appareil pour les alertes ({entry.target})",
    "security.device_distrusted": lambda entry: f"ne fait plus confiance à un appareil ({entry.target})",
    "security.address_changed": lambda entry: "a changé d’adresse e-mail",
    "security.address_taken_back": lambda entry: "a repris son ancienne adresse e-mail",
    "space.appearance_set": lambda entry: "a choisi le blason, la couleur et le paysage",
    "space.host_named": lambda entry: (
        f"a choisi l’adresse {_quoted(entry.target)}" if entry.target else "a repris l’adresse d’origine"
    ),
    "space.options_set": lambda entry: f"a changé les options de {_module(entry)}{_options(entry)}",
    "space.module_on": lambda entry: f"a activé {_module(entry)}",
    "space.module_off": lambda entry: f"a désactivé {_module(entry)}",
    "space.mandate_answered": lambda entry: "nous a écrit au sujet du mandat",
    "mandate.asked": lambda entry: "a posé une question sur le mandat",
    "mandate.accepted": lambda entry: "a confirmé le mandat : l’espace est public",
    "mandate.refused": lambda entry: f"a refusé le mandat{_because(entry)}",
    "privacy.forgotten": lambda entry: f"a oublié ce dont le temps était passé{_counted(entry)}",
    "tenants.opened": lambda entry: "a ouvert l’espace",
    "organisation.department_created": lambda entry: f"a créé le service {_quoted(entry.target)}",
    "organisation.department_changed": lambda entry: f"a modifié le service {_quoted(entry.target)}",
    "organisation.department_closed": lambda entry: f"ne propose plus le service {_quoted(entry.target)}",
    "organisation.notice_signed": lambda entry: "a complété les mentions légales",
    "organisation.period_announced": lambda entry: f"a annoncé des jours différents : {entry.target}",
    "organisation.period_withdrawn": lambda entry: f"a retiré des jours différents : {entry.target}",
    "organisation.delegated": lambda entry: f"a donné une délégation, {entry.target}",
    "organisation.delegation_ended": lambda entry: f"a fini une délégation, {entry.target}",
    "territory.area_drawn": lambda entry: f"a dessiné la zone {_quoted(entry.target)}",
    "territory.area_changed": lambda entry: f"a modifié la zone {_quoted(entry.target)}",
    "territory.area_closed": lambda entry: f"n’utilise plus la zone {_quoted(entry.target)}",
    "territory.addresses_imported": lambda entry: f"a importé les adresses du fichier {_quoted(entry.target)}",
    "delivery.announced": lambda entry: f"a prévenu les habitants : {_quoted(entry.target)}{_reached(entry)}",
    "media.erased": lambda entry: f"a effacé partout le fichier {_quoted(entry.target)}",
    "delivery.address_restored": lambda entry: "a demandé que ses e-mails repartent",
    "delivery.sms_asked": lambda entry: "a demandé à être prévenu par SMS",
    "delivery.sms_entered": lambda entry: "a inscrit au guichet un numéro à prévenir par SMS",
    "delivery.sms_removed": lambda entry: "a retiré un numéro des SMS, à la demande de qui s’en sert",
    "delivery.sms_bought": lambda entry: f"a acheté {entry.detail.get('segments', '?')} SMS",
    "delivery.called_off": lambda entry: (
        f"a retenu ce qui n’était pas encore parti : {_quoted(entry.target)} ({entry.detail.get('rows', '?')})"
    ),
    "delivery.silent": lambda entry: (
        f"a remarqué des appareils qui ne montrent plus rien ({entry.detail.get('devices', '?')})"
    ),
    "delivery.ruled": lambda entry: f"a réglé les avertissements à {entry.detail.get('daily_cap', '?')} par jour",
    "alerts.expired": lambda entry: f"a clos à l’heure prévue l’alerte {_quoted(entry.target)}",
    "alerts.ruled": lambda entry: (
        "demande que deux personnes relisent une alerte"
        if entry.detail.get("two_people")
        else "ne demande plus de relire à deux une alerte"
    ),
    "leaving.export_asked": lambda entry: "a demandé l’export de l’espace",
    "leaving.export_ready": lambda entry: "a préparé l’export de l’espace",
    "leaving.export_taken": lambda entry: "a téléchargé l’export de l’espace",
    "leaving.exported": lambda entry: "a exporté l’espace, à la demande de la mairie",
    "leaving.erased": lambda entry: "a effacé l’espace",
    "billing.references_set": lambda entry: "a changé les références de facturation",
    "billing.quote_asked": lambda entry: f"a demandé le devis {entry.target}",
    "billing.ordered": lambda entry: f"a reçu la commande {entry.target} de la mairie",
    "billing.modules_changed": lambda entry: f"a changé les modules de l’abonnement{_modules(entry)}",
    "billing.renewal_stopped": lambda entry: "a dit que la commune ne renouvellera pas l’abonnement",
    "billing.renewal_kept": lambda entry: "a dit que la commune pense continuer l’abonnement",
    "billing.ended": lambda entry: f"a mis fin à l’abonnement{_because(entry)}",
    "billing.stripe_differs": lambda entry: "a trouvé une différence chez Stripe",
    "billing.recipient_added": lambda entry: f"envoie aussi les factures à {entry.target}",
    "billing.recipient_removed": lambda entry: f"n’envoie plus les factures à {entry.target}",
    "tenants.suspended": lambda entry: f"a suspendu l’espace{_because(entry)}",
    "tenants.reactivated": lambda entry: "a rouvert l’espace",
    "tenants.read_only": lambda entry: "a mis l’espace en lecture seule, l’abonnement étant terminé",
    "tenants.reopened": lambda entry: "a rouvert l’espace à l’écriture",
}
_PARTICIPLES = {
    "created": "a créé",
    "written": "a écrit",
    "changed": "a modifié",
    "revised": "a modifié",
    "published": "a publié",
    "unpublished": "a retiré",
    "corrected": "a corrigé",
    "submitted": "a envoyé à valider",
    "returned": "a rendu à son auteur",
    "archived": "a archivé",
    "expired": "a retiré à la date prévue",
    "put_back": "a remis en ligne",
    "sent": "a envoyé l’alerte",
    "updated": "a mis à jour l’alerte",
    "lifted": "a levé l’alerte",
    "cancelled": "a annulé l’alerte",
    "reported": "a clos le bilan de l’alerte",
    "not_told": "n’a pas prévenu les habitants de",
    "undeleted": "a repris après l’avoir supprimé",
    "scheduled": "a programmé",
    "unscheduled": "a déprogrammé",
    "deleted": "a supprimé",
    "opened": "a ouvert",
    "suspended": "a suspendu",
    "reactivated": "a rouvert",
    "confirmed": "a confirmé",
    "accepted": "a accepté",
    "refused": "a refusé",
    "restored": "a remis",
    "renewed": "a renouvelé",
    "page_started": "a commencé la page",
    "page_named": "a nommé la page",
    "pages_arranged": "a rangé les pages",
    "page_published": "a mis en ligne la page",
    "page_unpublished": "a retiré du site la page",
    "page_put_back_online": "a remis en ligne la page",
    "page_deleted": "a supprimé la page",
    "page_restored": "a remis la page",
    "page_brought_back": "a repris une version de la page",
    "block_added": "a ajouté un bloc à la page",
    "block_changed": "a modifié un bloc de la page",
    "block_removed": "a retiré un bloc de la page",
    "block_put_back": "a remis un bloc dans la page",
    "blocks_arranged": "a rangé les blocs de la page",
}


@dataclass(frozen=True, slots=True)
class Line:
    """`who` is empty when the act says it."""

    who: str
    act: str
    service: str
    at: datetime


def lines(entries: Iterable[Entry]) -> list[Line]:
    """The entries in words, in one statement for the names of all their authors."""
    kept = list(entries)
    people = User.objects.in_bulk({entry.author_id for entry in kept if entry.author_id})
    return [Line(_who(entry, people), sentence(entry), service(entry), entry.at) for entry in kept]


def sentence(entry: Entry) -> str:
    """What was done, as the end of a sentence that begins with who did it."""
    if entry.verb in _ALONE:
        return _ALONE[entry.verb]
    if entry.verb in _SENTENCES:
        return _SENTENCES[entry.verb](entry)
    done = _PARTICIPLES[entry.verb.rpartition(".")[2]] if has_words(entry.verb) else entry.verb
    return f"{done} {_quoted(entry.target)}{_because(entry)}" if entry.target else done


def has_words(verb: str) -> bool:
    """Whether the journal knows how to say it."""
    return verb in _ALONE or verb in _SENTENCES or verb.rpartition(".")[2] in _PARTICIPLES


def service(entry: Entry) -> str:
    name = entry.verb.partition(".")[0]
    return catalogue()[name].label if name in catalogue() else _SERVICES.get(name, name.capitalize())


def _who(entry: Entry, people: dict[Any, User]) -> str:
    if entry.verb in _ALONE:
        return ""
    known = people.get(entry.author_id)
    return known.display_name if known else entry.author or PLATFORM


def _role(entry: Entry) -> str:
    """A journal that forgot a person forgot their role with them."""
    held = next((label for role, label in LABELS.items() if str(role) == entry.detail.get("role")), None)
    return f"le rôle {_quoted(str(held))}" if held else "un rôle"


def _how(entry: Entry) -> str:
    method = entry.detail.get("method")
    return f" : {Method(method).label}" if method in Method.values else ""


def _because(entry: Entry) -> str:
    reason = entry.detail.get("reason")
    return f" : {reason}" if reason else ""


def _module(entry: Entry) -> str:
    return _quoted(catalogue()[entry.target].label if entry.target in catalogue() else entry.target)


def _modules(entry: Entry) -> str:
    """Those that were added, then those that were taken away."""
    told = []
    for name, words in (("added", "ajouté"), ("removed", "retiré")):
        labels = [manifest.label for manifest in catalogue().among(entry.detail.get(name, ()))]
        if labels:
            told.append(f"{words} : {', '.join(labels)}")
    return f" ({' ; '.join(told)})" if told else ""


def _options(entry: Entry) -> str:
    """Each option by its label, with the value it was given."""
    if entry.target not in catalogue():
        return ""
    told = []
    for option in catalogue()[entry.target].options:
        if option.name in entry.detail:
            value = entry.detail[option.name]
            shown = ("oui" if value else "non") if isinstance(value, bool) else dict(option.choices).get(value, value)
            told.append(f"{option.label} : {shown}")
    return f" ({' ; '.join(told)})" if told else ""


def _counted(entry: Entry) -> str:
    """What was erased, with how many of each."""
    told = " ; ".join(f"{what} : {count}" for what, count in entry.detail.get("erased", {}).items())
    return f" ({told})" if told else ""


def _reached(entry: Entry) -> str:
    push, email, sms = (entry.detail.get(channel) for channel in ("push", "email", "sms"))
    texts = f", {sms} par SMS" if sms else ""
    return f" ({push} par notification, {email} par e-mail{texts})" if push is not None else ""


def _quoted(text: str) -> str:
    return f"« {text} »"
