"""Lines of the journal in words."""

from core.audit.models import Entry
from space.contributions import catalogue

_SERVICES = {"accounts": "Habitants", "space": "Réglages", "tenants": "Espace", "mandate": "Espace"}
_ACTS = {
    "accounts.role_granted": "a donné un rôle",
    "accounts.role_ended": "a retiré un rôle",
    "accounts.blocked": "a fermé l’accès",
    "accounts.unblocked": "a rouvert l’accès",
    "accounts.deleted": "un compte a été supprimé",
    "space.appearance_set": "a choisi le blason et la couleur",
    "space.host_named": "a choisi l’adresse de l’espace",
    "space.options_set": "a changé des options",
    "space.module_on": "a activé un module",
    "space.module_off": "a désactivé un module",
    "space.mandate_answered": "a répondu à une question sur le mandat",
}
_PARTICIPLES = {
    "created": "a créé",
    "written": "a écrit",
    "changed": "a modifié",
    "updated": "a modifié",
    "edited": "a modifié",
    "published": "a publié",
    "unpublished": "a retiré de la publication",
    "withdrawn": "a retiré de la publication",
    "scheduled": "a programmé",
    "archived": "a archivé",
    "pinned": "a épinglé",
    "unpinned": "a désépinglé",
    "deleted": "a supprimé",
    "opened": "a ouvert",
    "suspended": "a suspendu",
    "reactivated": "a rouvert",
    "confirmed": "a confirmé",
    "accepted": "a accepté",
    "refused": "a refusé",
}


def service(entry: Entry) -> str:
    name = entry.verb.partition(".")[0]
    return catalogue()[name].label if name in catalogue() else _SERVICES.get(name, name.capitalize())


def act(entry: Entry) -> str:
    """What was done, as the end of a sentence that begins with the author."""
    participle = entry.verb.rpartition(".")[2].rpartition("_")[2]
    return _ACTS.get(entry.verb) or _PARTICIPLES.get(participle, entry.verb)


def target(entry: Entry) -> str:
    """What it was done to; a module's slug is shown as its label."""
    return catalogue()[entry.target].label if entry.target in catalogue() else entry.target
