"""Every page of the shell, and whom it is for: what the tests below walk."""

from dataclasses import dataclass

ANYONE, RESIDENT, STAFF, ADMINISTRATOR = "anyone", "resident", "editor", "administrator"


@dataclass(frozen=True, slots=True)
class Page:
    """An address; `resident` in it stands for the id of the cast's resident. `least` is the least who may open it."""

    path: str
    least: str


PAGES = [
    Page("/", ANYONE),
    Page("/recherche/", ANYONE),
    Page("/recherche/?q=a", ANYONE),
    Page("/recherche/?q=introuvable", ANYONE),
    Page("/recherche/?q=commune", ANYONE),
    Page("/rubriques/", ANYONE),
    Page("/connexion/", ANYONE),
    Page("/arrivee/", ANYONE),
    Page("/hors-ligne/", ANYONE),
    Page("/arrivee/?jeton=abc", ANYONE),
    Page("/compte/", RESIDENT),
    Page("/compte/supprimer/", RESIDENT),
    Page("/compte/niveau/", RESIDENT),
    Page("/mairie/", STAFF),
    Page("/mairie/menu/", STAFF),
    Page("/mairie/style/", STAFF),
    Page("/mairie/style/signature/", STAFF),
    Page("/mairie/style/fichiers/", STAFF),
    Page("/mairie/style/accueil/", STAFF),
    Page("/mairie/reglages/", ADMINISTRATOR),
    Page("/mairie/reglages/fichiers/", ADMINISTRATOR),
    Page("/mairie/modules/", ADMINISTRATOR),
    Page("/mairie/export/", ADMINISTRATOR),
    Page("/mairie/export/suite/", ADMINISTRATOR),
    Page("/mairie/habitants/", ADMINISTRATOR),
    Page("/mairie/habitants/?q=editor&equipe=1", ADMINISTRATOR),
    Page("/mairie/habitants/?q=personne-de-ce-nom", ADMINISTRATOR),
    Page("/mairie/habitants/inviter/", ADMINISTRATOR),
    Page("/mairie/habitants/{resident}/", ADMINISTRATOR),
    Page("/mairie/courriers/", ADMINISTRATOR),
    Page("/mairie/habitants/{resident}/securite/", ADMINISTRATOR),
    Page("/mairie/journal/", ADMINISTRATOR),
]
RANKS = (ANYONE, RESIDENT, STAFF, ADMINISTRATOR)


def below(least: str) -> tuple[str, ...]:
    """Those who may not enter, anonymous people left out."""
    return RANKS[1 : RANKS.index(least)] if least != ANYONE else ()


@dataclass(frozen=True, slots=True)
class Form:
    """An address that only takes a form, who may send it, and what."""

    path: str
    least: str
    sent: dict[str, str]


FORMS = [
    Form("/compte/", RESIDENT, {"name": "Camille"}),
    Form("/compte/supprimer/", RESIDENT, {}),
    Form("/compte/niveau/", RESIDENT, {"code": "ABCD-3467"}),
    Form("/compte/niveau/courrier/", RESIDENT, {"name": "Camille", "address": "1 rue du Four"}),
    Form("/compte/niveau/courrier/annuler/", RESIDENT, {}),
    Form(
        "/mairie/reglages/apparence/",
        ADMINISTRATOR,
        {
            "arms_pattern": "bend",
            "arms_figure": "tower",
            "tint": "#1f5fa8",
            "accent": "#0f6b5c",
            "landscape": "coast",
        },
    ),
    Form("/mairie/reglages/adresse/", ADMINISTRATOR, {"name": "saint-aubin-ville"}),
    Form("/mairie/reglages/options/news/", ADMINISTRATOR, {"news-home_items": "5"}),
    Form("/mairie/modules/news/", ADMINISTRATOR, {"etat": "off"}),
    Form("/mairie/export/", ADMINISTRATOR, {}),
    Form("/mairie/habitants/inviter/", ADMINISTRATOR, {"email": "nouveau@exemple.fr", "role": "editor"}),
    Form("/mairie/habitants/{resident}/role/", ADMINISTRATOR, {"role": "editor"}),
    Form("/mairie/habitants/{resident}/depart/", ADMINISTRATOR, {}),
    Form("/mairie/habitants/{resident}/transmettre/", ADMINISTRATOR, {"then": "editor"}),
    Form("/mairie/habitants/{resident}/niveau/", ADMINISTRATOR, {"proof": "on"}),
    Form("/mairie/habitants/{resident}/niveau/retirer/", ADMINISTRATOR, {"why": "Déménagement"}),
    Form("/mairie/habitants/{resident}/fermer/", ADMINISTRATOR, {"reason": "Propos insultants"}),
    Form("/mairie/habitants/{resident}/rouvrir/", ADMINISTRATOR, {}),
]
