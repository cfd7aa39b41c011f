"""What an export does not hold, each with its reason: what lets somebody in, and what is of no use anywhere else.

A module says the same on its model: `not_exported = {"token": "…"}`, or `{"*": "…"}` for all of it.
"""

from collections.abc import Mapping
from typing import Final

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Field, Model

_OPENS: Final = "secret qui fait entrer, sans usage ailleurs"
_CODE: Final = "code secret"
_LINKS: Final = "copie d’un texte qui contient des liens personnels ; ce qui est dit est dans les articles"
_OPERATOR: Final = "ne sert qu’à l’opérateur, toujours vide dans une commune"
_DERIVED: Final = "index de recherche, recalculé"

TABLES: Final[Mapping[str, str]] = {
    "sessions.Session": _OPENS,
    "account.EmailConfirmation": _OPENS,
    "mfa.Authenticator": _OPENS,
    "security.SignedIn": _OPENS,
    "security.TrustedDevice": _OPENS,
    "delivery.PhoneCode": _CODE,
    "delivery.SmsRoute": _OPERATOR,
    "delivery.SmsTally": _OPERATOR,
    "media.Upload": "morceaux de fichiers qui ne sont pas arrivés en entier",
    "drafts.Draft": "saisies que leur auteur n’a pas enregistrées et que personne d’autre ne lit",
    "tenants.Ticket": _OPENS,
    "tenants.OpeningWatch": "demandes faites à Beffroi par des personnes, sans lien avec l’espace",
    "tenants.Export": "cet export et les précédents",
    "tenants.Erasure": "effacements d’espaces passés",
    "tenants.DirectoryVersion": "de toute la France",
    "tenancy.DueWork": "tâches techniques de la plateforme",
    "contenttypes.ContentType": "de la plateforme",
}
APPS: Final[Mapping[str, str]] = {
    "billing": "devis, commandes, factures et avoirs sont des documents : la page « Abonnement » les donne un par un",
}
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "accounts.User": {"password": _OPENS},
    "accounts.Invitation": {"id": "adresse secrète de l’invitation"},
    "accounts.ResidencyLetter": {"code_hash": _CODE},
    "security.AddressChange": {"token": _OPENS},
    "delivery.Device": {"endpoint": _OPENS, "p256dh": _OPENS, "auth": _OPENS},
    "delivery.OutgoingEmail": {"text": _LINKS, "html": _LINKS, "unsubscribe": "lien personnel"},
    "delivery.OutgoingSms": {"text": "peut contenir un code ; ce qui est dit est dans les alertes"},
    "delivery.OutgoingPush": {"receipt": _OPENS},
    "tenants.Signup": {"code_hash": _CODE, "code_expires_at": _CODE, "code_attempts": _CODE, "codes_sent": _CODE},
}
ALL: Final = "*"


def why_left_out(model: type[Model]) -> str:
    """Why nothing of this table is exported, empty when it is."""
    own: Mapping[str, str] = getattr(model, "not_exported", {})
    return TABLES.get(model._meta.label) or APPS.get(model._meta.app_label) or own.get(ALL, "")


def hidden_columns(model: type[Model]) -> dict[str, str]:
    """The columns of an exported table that stay, with the reason of each."""
    own: Mapping[str, str] = getattr(model, "not_exported", {})
    hidden = {**COLUMNS.get(model._meta.label, {}), **own}
    derived = {field.attname: _DERIVED for field in model._meta.concrete_fields if _is_derived(field)}
    return derived | hidden


def _is_derived(field: "Field[object, object]") -> bool:
    return isinstance(field, SearchVectorField) or bool(getattr(field, "generated", False))
