"""What the tables of `core` hold, in words that a mairie reads; a module's say it in their `verbose_name_plural`."""

from collections.abc import Mapping
from typing import Final

from django.db.models import Model

_WORDS: Final[Mapping[str, str]] = {
    "accounts.User": "Comptes des habitants et de l’équipe",
    "accounts.RoleGrant": "Rôles donnés dans l’équipe",
    "accounts.Block": "Accès fermés, et pourquoi",
    "accounts.Invitation": "Invitations dans l’équipe",
    "accounts.ResidencyProof": "Domiciles vérifiés",
    "accounts.ResidencyLetter": "Courriers de vérification du domicile",
    "sessions.Session": "Connexions ouvertes",
    "account.EmailAddress": "Adresses e-mail des comptes",
    "account.EmailConfirmation": "Confirmations d’adresse en attente",
    "mfa.Authenticator": "Doubles vérifications des comptes",
    "security.SignedIn": "Appareils connectés",
    "security.TrustedDevice": "Appareils de confiance",
    "security.AddressChange": "Changements d’adresse e-mail",
    "audit.Entry": "Journal de la mairie",
    "organisation.Department": "Services de la mairie",
    "organisation.OpeningSlot": "Horaires des services",
    "organisation.SpecialPeriod": "Fermetures et horaires exceptionnels",
    "organisation.LegalNotice": "Mentions légales",
    "organisation.Delegation": "Qui répond de chaque service",
    "territory.Area": "Zones du territoire",
    "territory.Address": "Adresses de la commune (Base Adresse Nationale)",
    "territory.AddressImport": "Imports d’adresses",
    "delivery.Announcement": "Avertissements envoyés",
    "delivery.Rules": "Réglages des avertissements",
    "delivery.LetterIssue": "Lettres d’information parties",
    "delivery.Device": "Appareils à prévenir",
    "delivery.Consent": "Qui a demandé à être prévenu de quoi",
    "delivery.OutgoingEmail": "E-mails envoyés",
    "delivery.SuppressedAddress": "Adresses auxquelles on n’écrit plus",
    "delivery.OutgoingSms": "SMS envoyés",
    "delivery.SmsConsent": "Numéros à prévenir par SMS",
    "delivery.SmsCredit": "Réserve de SMS : achats et dépenses",
    "delivery.SmsRoute": "Accusés de réception des SMS",
    "delivery.SmsTally": "Décomptes des fournisseurs de SMS",
    "delivery.FollowedArea": "Zones suivies",
    "delivery.PhoneCode": "Codes envoyés par SMS",
    "delivery.OutgoingPush": "Notifications envoyées",
    "readership.Reading": "Nombre de lectures",
    "media.Asset": "Images, documents et vidéos",
    "media.Upload": "Fichiers en cours d’envoi",
    "media.ExternalVideo": "Vidéos d’autres sites",
    "drafts.Draft": "Saisies en cours",
    "tenancy.DueWork": "Tâches prévues",
    "tenants.Commune": "La commune dans l’annuaire de l’État",
    "tenants.CommuneContour": "Contour de la commune",
    "tenants.Space": "Espace de la commune",
    "tenants.Suspension": "Suspensions de l’espace",
    "tenants.Signup": "Ouverture de l’espace",
    "tenants.Mandate": "Vérification du mandat",
    "tenants.MandateMessage": "Échanges au sujet du mandat",
    "tenants.Ticket": "Passages d’une adresse à l’autre",
    "tenants.Entitlement": "Droits aux modules",
    "tenants.ModuleSwitch": "Modules activés, et quand",
    "tenants.ModuleOptions": "Options des modules",
    "tenants.Export": "Exports de l’espace",
    "tenants.OpeningWatch": "Personnes prévenues de l’ouverture",
}


def words_of(model: type[Model]) -> str:
    """The French name of what a table holds, empty when nobody gave one."""
    named = model._meta.original_attrs.get("verbose_name_plural", "")
    return _WORDS.get(model._meta.label, "") or str(named)
