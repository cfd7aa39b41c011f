"""Turning modules on and off. A module is on when the commune is entitled to it and has switched it on."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from core.catalogue import Catalogue
from core.tenancy.due import unpark
from tenants.models import Entitlement, ModuleOptions, ModuleSwitch, Space


class NotEntitled(Exception):
    """The commune has no right to these modules."""

    def __init__(self, modules: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(modules)))
        self.modules = modules


def catalogue() -> Catalogue:
    found: Catalogue = settings.CATALOGUE
    return found


def live_switches() -> QuerySet[ModuleSwitch]:
    """The switch of every module that is on: entitled and switched on."""
    entitled = Entitlement.objects.filter(space=OuterRef("space"), module=OuterRef("module")).filter(
        Q(until__isnull=True) | Q(until__gt=timezone.now())
    )
    return ModuleSwitch.objects.filter(Exists(entitled), off_at__isnull=True)


def modules_on(schema_name: str) -> frozenset[str]:
    """Every module that is on, in one statement."""
    rows = live_switches().filter(space__schema_name=schema_name)
    return frozenset(rows.values_list("module", flat=True)) & catalogue().slugs


def entitled_modules(space: Space) -> frozenset[str]:
    rows = space.entitlements.filter(Q(until__isnull=True) | Q(until__gt=timezone.now()))
    return frozenset(rows.values_list("module", flat=True)) & catalogue().slugs


@transaction.atomic
def switch_on(space: Space, slug: str, *, author: str) -> frozenset[str]:
    """Turn a module on with all that it needs; return what changed. Raises NotEntitled, changing nothing."""
    Space.objects.select_for_update().get(pk=space.pk)
    wanted = catalogue().closed([slug])
    missing = wanted - entitled_modules(space)
    if missing:
        raise NotEntitled(missing)
    changed = wanted - _switched(space)
    ModuleSwitch.objects.bulk_create(ModuleSwitch(space=space, module=each, author=author) for each in sorted(changed))
    for each in changed:
        unpark(space.schema_name, each)
    space.changed()
    return changed


@transaction.atomic
def switch_off(space: Space, slug: str, *, author: str) -> frozenset[str]:
    """Turn a module off with all that needs it; return what changed. Nothing is erased."""
    Space.objects.select_for_update().get(pk=space.pk)
    unwanted = {slug, *catalogue().needed_by(slug)}
    changed = frozenset(unwanted & _switched(space))
    space.switches.filter(module__in=changed, off_at__isnull=True).update(off_at=timezone.now(), off_by=author)
    space.changed()
    return changed


def _switched(space: Space) -> frozenset[str]:
    return frozenset(space.switches.filter(off_at__isnull=True).values_list("module", flat=True))


def options_of(schema_name: str, module: str) -> Mapping[str, Any]:
    """The commune's values, defaults filled in; a stored value the manifest no longer accepts is left out."""
    row = ModuleOptions.objects.filter(space__schema_name=schema_name, module=module).first()
    return filled(module, row.values if row else {})


def filled(module: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        option.name: values[option.name] if option.accepts(values.get(option.name)) else option.default
        for option in catalogue()[module].options
    }


@transaction.atomic
def set_options(space: Space, module: str, values: Mapping[str, Any], *, author: str) -> None:
    """Keep how a commune tuned a module. Raises ValueError for a value the manifest does not accept."""
    for option in catalogue()[module].options:
        if option.name in values and not option.accepts(values[option.name]):
            raise ValueError(f"{module}.{option.name} does not accept {values[option.name]!r}")
    known = {option.name: values[option.name] for option in catalogue()[module].options if option.name in values}
    ModuleOptions.objects.update_or_create(space=space, module=module, defaults={"values": known, "author": author})
    space.changed()
