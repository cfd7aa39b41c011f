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
    Page("/connexion/", ANYONE),
    Page("/arrivee/", ANYONE),
    Page("/arrivee/?jeton=abc", ANYONE),
    Page("/compte/", RESIDENT),
    Page("/compte/supprimer/", RESIDENT),
    Page("/mairie/", STAFF),
    Page("/mairie/menu/", STAFF),
    Page("/mairie/reglages/", ADMINISTRATOR),
    Page("/mairie/modules/", ADMINISTRATOR),
    Page("/mairie/habitants/", ADMINISTRATOR),
    Page("/mairie/habitants/?q=editor&equipe=1", ADMINISTRATOR),
    Page("/mairie/habitants/?q=personne-de-ce-nom", ADMINISTRATOR),
    Page("/mairie/habitants/inviter/", ADMINISTRATOR),
    Page("/mairie/habitants/{resident}/", ADMINISTRATOR),
    Page("/mairie/journal/", ADMINISTRATOR),
]
RANKS = (ANYONE, RESIDENT, STAFF, ADMINISTRATOR)


def below(least: str) -> tuple[str, ...]:
    """Those who may not enter, anonymous people left out."""
    return RANKS[1 : RANKS.index(least)] if least != ANYONE else ()
