"""What the console's pages read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from tenants.directory.search import matching
from tenants.models import Commune, Mandate, MandateMessage, ModuleSwitch, Space

UNOPENED = "unopened"
LATE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Search:
    """Which communes are looked for; empty means any. `state` is one of Space.State, or UNOPENED."""

    words: str = ""
    departement: str = ""
    state: str = ""

    def rows(self) -> QuerySet[Commune]:
        """The spaces opened last come first, unless words rank the answers."""
        rows = self._any_state()
        if self.state:
            rows = rows.filter(**_of_state(self.state))
        if not self.words:
            rows = rows.order_by(F("space__opened_at").desc(nulls_last=True), "sort_key", "insee")
        switched = ModuleSwitch.objects.filter(space=OuterRef("space"), off_at__isnull=True).order_by()
        counted = Subquery(
            switched.values("space").annotate(count=Count("pk")).values("count"), output_field=IntegerField()
        )
        return rows.select_related("space").annotate(modules=Coalesce(counted, 0))

    def counts(self) -> dict[str, int]:
        """How many answers in each state, and in all under the empty key."""
        each = {state: Count("pk", filter=Q(**_of_state(state))) for state in (UNOPENED, *Space.State.values)}
        found = self._any_state().aggregate(all=Count("pk"), **each)
        return {"": found.pop("all"), **found}

    def _any_state(self) -> QuerySet[Commune]:
        rows = matching(self.words) if self.words else Commune.objects.order_by()
        return rows.filter(departement=self.departement) if self.departement else rows


def _of_state(state: str) -> dict[str, object]:
    return {"space__isnull": True} if state == UNOPENED else {"space__state": state}


def waiting() -> QuerySet[Mandate]:
    """Mandates that nobody decided."""
    return Mandate.objects.filter(decision="")


def mandates(decision: str = "") -> QuerySet[Mandate]:
    """The oldest first while they wait, the last decided first afterwards. `last_side` wrote the last message."""
    last = MandateMessage.objects.filter(mandate=OuterRef("pk")).order_by("-sent_at").values("side")[:1]
    rows = Mandate.objects.filter(decision=decision).annotate(last_side=Subquery(last))
    order = "-decided_at" if decision else "asked_at"
    return rows.select_related("signup__commune").order_by(order, "pk")


def mandate_counts() -> dict[str, int]:
    """How many in each decision; those that wait are under the empty key."""
    found = dict(Mandate.objects.order_by().values_list("decision").annotate(Count("pk")))
    return {decision: found.get(decision, 0) for decision in ("", *Mandate.Decision.values)}


def age(since: datetime) -> str:
    """How long something has waited, short: « 12 min », « 26 h », « 3 j »."""
    waited = timezone.now() - since
    hours = int(waited.total_seconds() // 3600)
    if hours < 1:
        return f"{max(int(waited.total_seconds() // 60), 1)}\u00a0min"
    return f"{hours}\u00a0h" if hours < 48 else f"{hours // 24}\u00a0j"


def is_late(since: datetime) -> bool:
    return timezone.now() - since >= LATE
