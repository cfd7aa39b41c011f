"""From a host to what answers there: read once, kept in the process, and checked by one statement a request."""

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from core.tenancy.context import entered
from core.tenancy.here import OPERATOR, PUBLIC, Here
from core.web.contour import fitted_path
from tenants.directory.departements import departement_named, timezone_of
from tenants.hosts import CONSOLE
from tenants.models import OPEN, Commune, Entitlement, ModuleOptions, Space
from tenants.switches import filled, live_switches

KEPT = 4000
NEGATIVE_SECONDS = 10.0
CONTOUR_BOX = (320, 220)
_NAMED = """
select coalesce((select insee from public.tenants_commune where slug = %s),
                (select commune_id from public.tenants_space where custom_name = %s))
"""


class SiteKind(StrEnum):
    PORTAL = "portal"
    CONSOLE = "console"
    SPACE = "space"
    UNOPENED = "unopened"


@dataclass(frozen=True, slots=True)
class CommuneFacts:
    """What the directory says of a commune; `contour` is an SVG path in a box of CONTOUR_BOX."""

    insee: str
    name: str
    slug: str
    departement: str
    departement_name: str
    region_name: str
    locative: str
    population: int | None
    postal_codes: tuple[str, ...]
    siren: str
    epci_name: str
    kind: str
    latitude: float | None
    longitude: float | None
    timezone: str
    contour: str
    official_email: str
    official_phone: str


@dataclass(frozen=True, slots=True)
class SpaceFacts:
    """What a commune made of its space, as of `version`; `stale_at` is when an entitlement ends. `kept` is what modules
    remember of it as of this version, under names of theirs."""

    id: str
    schema_name: str
    name: str
    state: str
    version: int
    modules: frozenset[str]
    options: Mapping[str, Mapping[str, Any]]
    accent: str
    arms_pattern: str
    arms_figure: str
    letter: str
    landscape: str
    stale_at: datetime | None
    read_only_until: date | None = None
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_open(self) -> bool:
        """Whether the public comes in."""
        return self.state in OPEN

    @property
    def is_read_only(self) -> bool:
        return self.state == Space.State.READ_ONLY


@dataclass(frozen=True, slots=True)
class Site:
    """What answers on a host; `moved_to` is the host to go to when the commune chose another name."""

    kind: SiteKind
    host: str
    here: Here
    commune: CommuneFacts | None = None
    space: SpaceFacts | None = None
    moved_to: str = ""
    demo: bool = field(default=False)

    @property
    def version(self) -> tuple[str, int] | None:
        """Which space, and as of which change: one that was erased and opened again counts from 1 anew."""
        return (self.space.id, self.space.version) if self.space else None


class SiteCache:
    """A bounded memory of hosts, known and unknown; one per process."""

    def __init__(self) -> None:
        self._sites: OrderedDict[str, tuple[Site | None, float]] = OrderedDict()
        self._lock = threading.Lock()

    def clear(self) -> None:
        with self._lock:
            self._sites.clear()

    def find(self, host: str) -> Site | None:
        """The site of a host, None when nothing answers there."""
        with self._lock:
            known = self._sites.get(host)
        if known is not None:
            site, read_at = known
            if site is None and time.monotonic() - read_at < NEGATIVE_SECONDS:
                return None
            if site is not None and self._stands(site):
                return site
        return self._read(host)

    def _stands(self, site: Site) -> bool:
        if site.commune is None:
            return True
        if site.space and site.space.stale_at and site.space.stale_at <= timezone.now():
            return False
        with entered(site.here), connection.cursor() as cursor:
            cursor.execute("select id, version from public.tenants_space where commune_id = %s", [site.commune.insee])
            row = cursor.fetchone()
        return (row and (str(row[0]), row[1])) == site.version

    def _read(self, host: str) -> Site | None:
        with entered(PUBLIC):
            site = read_site(host)
        with self._lock:
            self._sites[host] = (site, time.monotonic())
            self._sites.move_to_end(host)
            while len(self._sites) > KEPT:
                self._sites.popitem(last=False)
        return site


sites = SiteCache()


def read_site(host: str) -> Site | None:
    """Look a host up in the registry. The caller is in public."""
    if host == settings.BASE_DOMAIN:
        return Site(SiteKind.PORTAL, host, PUBLIC, demo=settings.DEMO)
    label, dot, rest = host.partition(".")
    if not dot or rest != settings.BASE_DOMAIN or len(label) > 63:
        return None
    if label == CONSOLE:
        return Site(SiteKind.CONSOLE, host, OPERATOR, demo=settings.DEMO)
    insee = _named(label)
    if insee is None:
        return None
    commune = _with_switches().get(pk=insee)
    facts = commune_facts(commune)
    space: Space | None = getattr(commune, "space", None)
    if space is None:
        return Site(SiteKind.UNOPENED, host, PUBLIC, facts, demo=settings.DEMO)
    name = space.custom_name or commune.slug
    moved_to = f"{name}.{settings.BASE_DOMAIN}" if label != name else ""
    made = space_facts(
        space, frozenset(commune.on), {each["module"]: each["values"] for each in commune.tuned}, commune.ends
    )
    return Site(SiteKind.SPACE, host, space.here, facts, made, moved_to, demo=settings.DEMO or space.is_demo)


def _named(label: str) -> str | None:
    """The commune of this name, its own before one that a mairie chose: by two indexes and no scan of the directory,
    since anybody may ask for any name."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [label, label])
        (insee,) = cursor.fetchone()
    found: str | None = insee
    return found


def _with_switches() -> Any:
    """Communes with all that a site is made of, read in one statement: `on`, `tuned` and when an entitlement `ends`."""
    of_space = {"space": OuterRef("space__pk")}
    tuned = ModuleOptions.objects.filter(**of_space).values(json=JSONObject(module="module", values="values"))
    ends = Entitlement.objects.filter(**of_space, until__gt=timezone.now()).order_by("until").values("until")[:1]
    return Commune.objects.select_related("contour", "space").annotate(
        on=ArraySubquery(live_switches().filter(**of_space).values("module")),
        tuned=ArraySubquery(tuned),
        ends=Subquery(ends),
    )


def commune_facts(commune: Commune) -> CommuneFacts:
    departement = departement_named(commune.departement)
    contour = getattr(commune, "contour", None)
    return CommuneFacts(
        insee=commune.insee,
        name=commune.name,
        slug=commune.slug,
        departement=commune.departement,
        departement_name=departement.name,
        region_name=departement.region,
        locative=departement.locative,
        population=commune.population,
        postal_codes=tuple(commune.postal_codes),
        siren=commune.siren,
        epci_name=commune.epci_name,
        kind=commune.kind,
        latitude=commune.latitude,
        longitude=commune.longitude,
        timezone=timezone_of(commune.insee, commune.departement),
        contour=fitted_path(contour.polyline, *CONTOUR_BOX) if contour else "",
        official_email=commune.official_email,
        official_phone=commune.official_phone,
    )


def space_facts(
    space: Space, on: frozenset[str], tuned: Mapping[str, Mapping[str, Any]], ends: datetime | None
) -> SpaceFacts:
    assert space.commune is not None
    return SpaceFacts(
        id=str(space.pk),
        schema_name=space.schema_name,
        name=space.commune.name,
        state=space.state,
        version=space.version,
        modules=on & settings.CATALOGUE.slugs,
        options={slug: filled(slug, tuned.get(slug, {})) for slug in settings.CATALOGUE.slugs},
        accent=space.accent,
        arms_pattern=space.arms_pattern,
        arms_figure=space.arms_figure,
        letter=space.commune.name.removeprefix("L'").removeprefix("L’")[:1].upper(),
        landscape=space.landscape,
        stale_at=ends,
        read_only_until=space.read_only_until,
    )
