"""What a search of the space may find beside the page's own words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.organisation.models import Department
from modules.presentation.models import Collection, LocalNumber, Market, Member, UsefulLink


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to find by any of its `words`, on the page of `route`."""

    kind: str
    icon: str
    title: str
    excerpt: str
    words: str
    route: str


def entries() -> Iterator[Entry]:
    """Everything, in one statement for each kind: there are a few hundred rows at most."""
    for member in Member.objects.current():
        words = f"{member} {member.function} {member.group} {member.delegations} equipe municipale"
        yield Entry(_("Équipe municipale"), "people", str(member), member.function, words, "presentation:team")
    for each in Department.objects.filter(closed_at__isnull=True):
        words = f"{each.name} {each.mission} {each.place} horaires mairie telephone service"
        yield Entry(_("Service de la mairie"), "clock", each.name, each.mission, words, "presentation:services")
    for link in UsefulLink.objects.kept():
        yield Entry(_("Lien utile"), "arrow", link.label, link.theme, f"{link} {link.theme}", "presentation:page")
    for number in LocalNumber.objects.kept():
        words = f"{number} {number.note} urgence numero"
        yield Entry(_("Numéro d’urgence"), "alert", str(number), number.phone, words, "presentation:emergency")
    for collection in Collection.objects.kept().select_related("area"):
        words = f"{collection} {collection.days} collecte dechets poubelles"
        yield Entry(
            _("Jour de collecte"), "calendar", str(collection), collection.days, words, "presentation:practical"
        )
    for market in Market.objects.kept():
        words = f"{market} {market.days} {market.place} marche"
        yield Entry(_("Marché"), "calendar", str(market), market.days, words, "presentation:practical")
