"""The team, the links and daily life of the demo's communes, as the mairie typed them in the first weeks."""

import tomllib
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from core.accounts.models import User
from core.organisation.models import Department
from core.tenancy.keys import uuid7
from deploy.demo.clock import at
from deploy.demo.texts import FOLDER, Place
from modules.presentation.actions.listed import keep
from modules.presentation.actions.terms import Elected, renew
from modules.presentation.models import CanteenWeek, Collection, Listed, LocalNumber, Market, Member, UsefulLink

FICTIVE = "(personne fictive)"


def furnish(place: Place, author: User, opened: datetime, now: datetime) -> None:
    told: dict[str, Any] = tomllib.loads((FOLDER / "daily" / f"{place.slug}.toml").read_text(encoding="utf-8"))
    with at(opened + timedelta(days=5)):
        _team(told, author)
        for link in place.links:
            _keep(UsefulLink, author, label=link.label, url=link.path, theme=link.theme)
        for each in told["numbers"]:
            _keep(LocalNumber, author, **each)
    with at(opened + timedelta(days=8)):
        for each in told["collections"]:
            _keep(Collection, author, **({"weeks": "every", "area": None, "note": ""} | each))
        for each in told["markets"]:
            hours = {name: time.fromisoformat(each[name]) for name in ("opens", "closes")}
            _keep(Market, author, **({"weeks": "every", "note": ""} | each | hours))
    with at(now - timedelta(days=1, hours=3)):
        _menus(told, author, timezone.localdate(now))


def _team(told: dict[str, Any], author: User) -> None:
    """The council in one go, then the services of those who answer for one."""
    people = [
        Elected(each["name"], FICTIVE, each["function"], each["group"], each.get("delegations", ""), each.get("at", ""))
        for each in told["members"]
    ]
    renew(people=people, began_on=date.fromisoformat(told["began_on"]), author=author)
    departments = {each.name: each.pk for each in Department.objects.all()}
    answering = {each["name"]: each["department"] for each in told["members"] if "department" in each}
    for member in Member.objects.current():
        if member.first_name in answering:
            values = {name: getattr(member, name) for name in Member.TYPED}
            values["departments"] = [departments[answering[member.first_name]]]
            keep(Member, key=member.pk, values=values, author=author)


def _menus(told: dict[str, Any], author: User, today: date) -> None:
    monday = today - timedelta(days=today.weekday())
    for number, week in enumerate(told["menus"]):
        days = {str(day): {"dishes": dishes, "allergens": allergens} for day, dishes, allergens in week}
        _keep(CanteenWeek, author, monday=monday + timedelta(days=7 * number), days=days, document=None)


def _keep(model: type[Listed], author: User, **values: Any) -> None:
    keep(model, key=uuid7(), values=values, author=author, new=True)
