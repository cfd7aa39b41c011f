"""Reading the page, and writing its first words from the directory."""

from typing import TYPE_CHECKING

from modules.presentation.models import CommunePage

if TYPE_CHECKING:
    from tenants.sites import CommuneFacts


def the_page() -> CommunePage | None:
    """The commune's page with its links; None before the commune made any."""
    return CommunePage.objects.prefetch_related("links").first()


def page_or_first(facts: "CommuneFacts") -> CommunePage:
    """The commune's page or, while there is none, what the directory makes of it, not saved."""
    return the_page() or first_page(facts)


def first_page(facts: "CommuneFacts") -> CommunePage:
    """A page made of facts only: what the directory does not say is left empty."""
    return CommunePage(
        title=facts.name,
        introduction=introduction(facts),
        phone=facts.official_phone,
        email=facts.official_email,
    )


def introduction(facts: "CommuneFacts") -> str:
    """One or two sentences: where the commune is, how many live there, whom it works with."""
    where = f"{facts.name} est une commune située {facts.locative}"
    if facts.region_name and facts.region_name != facts.departement_name:
        where += f", en région {facts.region_name}"
    belongs = f"fait partie de l’intercommunalité « {facts.epci_name} »" if facts.epci_name else ""
    counts = ""
    if facts.population:
        people = "habitant" if facts.population == 1 else "habitants"
        counts = f"compte {f'{facts.population:,}'.replace(',', chr(0x202F))} {people}"
    does = " et ".join(part for part in (counts, belongs) if part)
    return f"{where}. Elle {does}." if does else f"{where}."
