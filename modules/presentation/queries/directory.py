"""Writing the first words about the commune from the directory."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.web.french import inhabitants, typographic

if TYPE_CHECKING:
    from tenants.sites import CommuneFacts


_EPCI = {"CC": "communauté de communes", "CA": "communauté d’agglomération", "CU": "communauté urbaine"}
_FEMININE = ("communauté ", "Métropole ")


@dataclass(frozen=True, slots=True)
class Unwritten:
    """The summary page of a commune whose mairie has none: facts only."""

    title: str
    summary: str
    published_at: None = None


def unwritten(facts: "CommuneFacts") -> Unwritten:
    return Unwritten(typographic(facts.name), introduction(facts))


def introduction(facts: "CommuneFacts") -> str:
    """One or two sentences: where the commune is, how many live there, whom it works with."""
    name = typographic(facts.name)
    people = inhabitants(facts.population)
    does = [f"compte {people}"] if people else []
    if facts.epci_name:
        does.append(f"fait partie {_of_epci(facts.epci_name)}")
    sentences = [f"{name} {_situation(facts)}."]
    if does:
        sentences.append(f"Elle {' et '.join(does)}.")
    return " ".join(sentences)


def epci(name: str) -> str:
    """An intercommunality in words: the directory shortens what it is."""
    words = " ".join(typographic(name).split())
    short, _, rest = words.partition(" ")
    return f"{_EPCI[short]} {rest}" if short in _EPCI else words


def _of_epci(name: str) -> str:
    words = epci(name)
    return f"de la {words}" if words.startswith(_FEMININE) else f"de l’intercommunalité « {words} »"


def _situation(facts: "CommuneFacts") -> str:
    """What the commune is and where; one that bears the name of its département or collectivity is not « in » it."""
    alone = facts.name == facts.departement_name
    if alone and not facts.region_name:
        return "est une collectivité d’outre-mer"
    places = [] if alone else [facts.locative]
    if facts.region_name and facts.region_name != facts.departement_name:
        places.append(f"en région {facts.region_name}")
    return f"est une commune située {', '.join(places)}"
