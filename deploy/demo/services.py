"""What the mairie holds beside its news: departments and their hours, a closing, a delegation, areas, addresses."""

import io
import math
import tomllib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from statistics import fmean
from typing import Any

from django.utils import timezone

from core.accounts.models import User
from core.catalogue import Role
from core.organisation import actions as organisation
from core.organisation.models import Department
from core.territory import actions as territory
from core.web.contour import Point
from deploy.demo.clock import at
from deploy.demo.texts import FOLDER, Place
from tenants.directory.source import CommuneRow
from tenants.models import Commune

HOUSES, METRES = 12, 111_320
MARK = " (démonstration)"
Located = Commune | CommuneRow


def furnish(place: Place, commune: Commune, team: list[User], opened: datetime, now: datetime) -> None:
    """Let the administrator, first of the team, type all of it in the first months."""
    told: dict[str, Any] = tomllib.loads((FOLDER / "services" / f"{place.slug}.toml").read_text(encoding="utf-8"))
    author = team[0]
    with at(opened + timedelta(days=3)):
        found = Department.objects.first()  # made of the directory on the day of opening
        for each in told["departments"]:
            department = _described(place, each, author, found)
            found = None
        for colleague in team:
            if Role.ELECTED in colleague.roles:
                organisation.delegate(department, colleague, title="Adjointe, fonction fictive", author=author)
    with at(now - timedelta(days=2, hours=5)):
        day = timezone.localdate(now) + timedelta(days=9)
        organisation.announce_period(
            department=None, first_day=day, last_day=day, opens=None, closes=None, author=author,
            reason=told["closing"] + MARK,
        )  # fmt: skip
    if commune.latitude is not None and commune.longitude is not None:
        with at(opened + timedelta(days=20)):
            _draw(told, commune, author)


def _described(place: Place, told: dict[str, Any], author: User, found: Department | None) -> Any:
    week = [
        organisation.Hours(day, time.fromisoformat(opens), time.fromisoformat(closes))
        for days, opens, closes in told["hours"]
        for day in days
    ]
    description = organisation.Description(
        name=told["name"], mission=told["mission"], place=told["place"], phone=place.page.phone, email=place.page.email
    )
    return organisation.describe(found, description=description, hours=week, author=author)


def _draw(told: dict[str, Any], commune: Commune, author: User) -> None:
    for area in told["areas"]:
        ring = outline(area, commune)
        territory.draw_area(None, name=area["name"] + MARK, kind=area["kind"], outline=ring, author=author)
    lines = "\n".join(_addresses(told, commune))
    territory.import_addresses(io.BytesIO(lines.encode()), file_name="adresses-demonstration.csv", author=author)


def outline(area: dict[str, Any], commune: Located) -> list[Point]:
    return [_at(commune, east, north) for east, north in area["outline"]]


def _addresses(told: dict[str, Any], commune: Commune) -> Iterator[str]:
    """A file as the Base Adresse Nationale writes them: houses between the middle of each area and its edge."""
    yield "id;numero;rep;nom_voie;code_postal;code_insee;lon;lat"
    code = commune.postal_codes[0] if commune.postal_codes else ""
    for street, (name, area) in enumerate(zip(told["streets"], told["areas"], strict=True)):
        corners = area["outline"]
        middle = [fmean(axis) for axis in zip(*corners, strict=True)]
        for house in range(1, HOUSES + 1):
            reach, corner = 0.25 + house / (2 * HOUSES), corners[house % len(corners)]
            east, north = (inside + (edge - inside) * reach for inside, edge in zip(middle, corner, strict=True))
            latitude, longitude = _at(commune, east, north)
            key = f"{commune.insee}_demo{street}_{house:05d}"
            yield f"{key};{house};;{name};{code};{commune.insee};{longitude};{latitude}"


def _at(commune: Located, east: float, north: float) -> Point:
    """The point so many metres from the commune's middle: latitude, longitude."""
    assert commune.latitude is not None and commune.longitude is not None
    wide = METRES * math.cos(math.radians(commune.latitude))
    return round(commune.latitude + north / METRES, 5), round(commune.longitude + east / wide, 5)
