"""Whom an alert reaches, and what its SMS cost."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from core.delivery.audience import Audience, audience
from core.delivery.sms.wording import Sms
from core.territory.models import Area
from core.territory.shapes import Shape, areas_under
from modules.alerts.models import AlertMessage
from modules.alerts.queries.told import TOPIC


@dataclass(frozen=True, slots=True)
class Reach:
    """Who is told now. `zones` are the areas that narrow it, none for the whole commune, where `everybody` would be."""

    audience: Audience
    zones: tuple[str, ...]
    everybody: int
    by_sms: bool

    @property
    def total(self) -> int:
        return self.audience.total

    @property
    def sentence(self) -> str:
        if not self.total:
            return _("Personne n’a encore demandé à recevoir les alertes : elle se lira sur le site.")
        return _("%(told)s, tout de suite, même la nuit.") % {"told": self.audience.recipients}

    @property
    def each(self) -> int:
        """How many SMS the text takes for one person."""
        return self.audience.segments // self.audience.sms if self.audience.sms else 0

    @property
    def refusal(self) -> str:
        """Why no SMS would leave."""
        return self.audience.sms_refusal if self.by_sms else ""


def concerned(areas: Collection[Area], shape: Shape | None) -> frozenset[UUID] | None:
    """The areas that it holds in, None for the whole commune. What is drawn where no area is named concerns everybody:
    better to tell too many."""
    named = {area.pk for area in areas} | {area.pk for area in (areas_under(shape) if shape else ())}
    return frozenset(named) or None


def scope(areas: Collection[Area], shape: Shape | None, before: Iterable[AlertMessage] = ()) -> frozenset[UUID] | None:
    """Where it is told: where it holds, and wherever it was told `before`, for they must know what changed."""
    found = concerned(areas, shape)
    for message in before:
        told = message.content.get("within")
        if found is None or told is None:
            return None
        found |= {UUID(key) for key in told}
    return found


def reach(within: frozenset[UUID] | None, sms: Sms | None) -> Reach:
    told = audience(TOPIC, urgent=True, within=within, sms=sms)
    if within is None:
        return Reach(told, (), told.total, sms is not None)
    names = Area.objects.filter(pk__in=within).values_list("name", flat=True)
    everybody = audience(TOPIC, urgent=True, sms=sms).total
    return Reach(told, tuple(names), everybody, sms is not None)
