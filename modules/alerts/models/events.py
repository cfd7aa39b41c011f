"""The events that alerts tell of, each with the alert as it is usually written: what to do first, in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import models

from modules.alerts.models.cap import Certainty, Severity, Urgency


class Event(models.TextChoices):
    STORM = "storm", "Orages et vent"
    FLOOD = "flood", "Inondation"
    FIRE = "fire", "Incendie"
    HEATWAVE = "heatwave", "Canicule"
    SNOW = "snow", "Neige et verglas"
    WATER_CUT = "water_cut", "Eau coupée"
    WATER_UNSAFE = "water_unsafe", "Eau non potable"
    POWER_CUT = "power_cut", "Panne de courant"
    ROAD = "road", "Route coupée"
    POLLUTION = "pollution", "Pollution"
    MISSING = "missing", "Personne disparue"
    OTHER = "other", "Autre danger"


@dataclass(frozen=True, slots=True)
class Template:
    """An alert before anybody touched it. `category` and `response` are of the standard; it holds for `hours`."""

    icon: str
    category: str
    response: str
    severity: Severity
    headline: str
    instruction: str
    description: str = ""
    urgency: Urgency = Urgency.IMMEDIATE
    certainty: Certainty = Certainty.OBSERVED
    hours: int = 6


TEMPLATES: Final[Mapping[str, Template]] = {
    Event.STORM: Template(
        "storm", "Met", "Shelter", Severity.SEVERE,
        "Orages violents et fortes rafales",
        "Restez à l’abri, loin des arbres. N’utilisez pas votre voiture. Rentrez ce que le vent peut emporter et "
        "éloignez-vous des fils électriques tombés au sol.",
        "Débranchez les appareils sensibles. Ne montez pas sur un toit pour réparer avant la fin de l’alerte.",
        Urgency.EXPECTED, Certainty.LIKELY,
    ),
    Event.FLOOD: Template(
        "water", "Met", "Evacuate", Severity.SEVERE,
        "L’eau monte rapidement",
        "Montez à l’étage. Ne descendez ni à la cave ni au parking souterrain. Ne traversez pas une route inondée, à "
        "pied ou en voiture.",
        "Coupez le gaz et l’électricité si vous le pouvez sans danger. Laissez les enfants à l’école : ils y sont "
        "protégés. Téléphonez seulement en cas d’urgence : 18 ou 112, 114 par SMS.",
        Urgency.IMMEDIATE, Certainty.LIKELY,
    ),
    Event.FIRE: Template(
        "fire", "Fire", "Evacuate", Severity.EXTREME,
        "Incendie en cours",
        "Éloignez-vous du feu et des fumées. Laissez les routes libres pour les pompiers. Si vous ne pouvez pas "
        "partir, enfermez-vous dans un bâtiment en dur, volets et fenêtres fermés.",
        "Fermez le gaz. Bouchez les aérations avec des linges mouillés. Suivez les consignes des pompiers : 18 ou 112.",
    ),
    Event.HEATWAVE: Template(
        "sun", "Met", "Execute", Severity.MODERATE,
        "Fortes chaleurs, de jour comme de nuit",
        "Buvez souvent de l’eau. Restez au frais et fermez les volets le jour. Prenez des nouvelles des personnes "
        "âgées ou isolées autour de vous.",
        "Ne faites pas d’effort aux heures chaudes. Maux de tête, fièvre, propos confus : appelez le 15.",
        Urgency.EXPECTED, Certainty.LIKELY, 48,
    ),
    Event.SNOW: Template(
        "snow", "Met", "Avoid", Severity.MODERATE,
        "Neige et verglas sur les routes",
        "Évitez de vous déplacer. S’il le faut, roulez lentement et prenez couverture, eau et téléphone chargé. "
        "Laissez passer les engins de déneigement.",
        "N’utilisez jamais un barbecue ou un groupe électrogène à l’intérieur : le gaz qu’ils produisent tue.",
        Urgency.EXPECTED, Certainty.LIKELY, 12,
    ),
    Event.WATER_CUT: Template(
        "water", "Infra", "Prepare", Severity.MODERATE,
        "L’eau est coupée",
        "Gardez de l’eau de côté et fermez vos robinets. Au retour de l’eau, laissez-la couler jusqu’à ce qu’elle soit "
        "claire avant de la boire.",
    ),
    Event.WATER_UNSAFE: Template(
        "water", "Health", "Avoid", Severity.SEVERE,
        "L’eau du robinet n’est pas potable",
        "Ne buvez pas l’eau du robinet, et ne vous en servez ni pour préparer les repas ou les biberons, ni pour vous "
        "laver les dents. Utilisez de l’eau en bouteille.",
        "La mairie dira quand l’eau pourra être bue. La faire bouillir ne suffit pas toujours.",
        hours=48,
    ),
    Event.POWER_CUT: Template(
        "bolt", "Infra", "Prepare", Severity.MODERATE,
        "Panne de courant",
        "Éteignez plaques, four et fers. Ne touchez jamais un fil tombé au sol. N’ouvrez pas le congélateur. "
        "Prenez des nouvelles de vos voisins qui dépendent d’un appareil médical.",
    ),
    Event.ROAD: Template(
        "road", "Transport", "Avoid", Severity.MINOR,
        "Route coupée",
        "Prenez un autre chemin et suivez la déviation. Laissez passer les secours.",
        hours=12,
    ),
    Event.POLLUTION: Template(
        "cloud", "CBRNE", "Shelter", Severity.EXTREME,
        "Nuage ou produit dangereux",
        "Entrez dans un bâtiment en dur. Fermez portes et fenêtres, arrêtez la ventilation, bouchez les ouvertures. "
        "N’allez pas chercher vos enfants à l’école : ils y sont protégés.",
        "Ne fumez pas, évitez toute flamme. Écoutez la radio publique. Attendez la fin de l’alerte pour sortir, puis "
        "aérez.",
    ),
    Event.MISSING: Template(
        "user", "Rescue", "Monitor", Severity.MODERATE,
        "Une personne est recherchée",
        "Si vous pensez l’avoir vue, n’intervenez pas : appelez tout de suite le 17 et dites où et quand. "
        "Regardez dans vos dépendances.",
        "Dites comment la personne est habillée et où elle a été vue la dernière fois. N’écrivez rien sur sa santé.",
        hours=24,
    ),
    Event.OTHER: Template(
        "alert", "Safety", "Monitor", Severity.MODERATE,
        "Un danger dans la commune",
        "Restez chez vous et tenez-vous informé sur cette page.",
        certainty=Certainty.LIKELY,
    ),
}  # fmt: skip


def template_of(event: str) -> Template:
    return TEMPLATES[event]
