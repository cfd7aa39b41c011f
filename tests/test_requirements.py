"""A module comes with all that it needs and goes with all that needs it."""

from typing import Any

import pytest

from core.catalogue import Catalogue, CatalogueError, Group, Manifest, PersonalData, Proposal
from tenants.models import Entitlement, Space
from tenants.switches import NotEntitled, modules_on, switch_off, switch_on
from tests.cast import Cast


def manifest(slug: str, *requires: str) -> Manifest:
    return Manifest(
        slug=slug,
        label=slug,
        segment=slug,
        summary=slug,
        pitch=slug,
        icon="news",
        group=Group.PUBLISH,
        price_key=slug,
        personal_data=PersonalData("aucun", 1),
        proposal=Proposal("aucune"),
        requires=frozenset(requires),
    )


CHAIN = Catalogue([manifest("base"), manifest("middle", "base"), manifest("top", "middle"), manifest("alone")])


@pytest.fixture
def space(cast: Cast, settings: Any) -> Space:
    """A commune entitled to every module of a catalogue where one needs another that needs a third."""
    settings.CATALOGUE = CHAIN
    found = cast.aubin.space
    Entitlement.objects.bulk_create(
        Entitlement(space=found, module=slug, source="test", author="test") for slug in CHAIN.slugs
    )
    return found


def test_what_a_module_needs_is_followed_to_the_end() -> None:
    assert CHAIN.needs("top") == {"middle", "base"}
    assert CHAIN.needed_by("base") == {"middle", "top"}
    assert CHAIN.closed(["top", "alone", "unknown"]) == {"top", "middle", "base", "alone"}


def test_switching_on_brings_what_is_needed(space: Space) -> None:
    assert switch_on(space, "top", author="test") == {"base", "middle", "top"}
    assert modules_on(space.schema_name) == {"base", "middle", "top"}
    assert switch_on(space, "middle", author="test") == frozenset()


def test_switching_off_takes_what_needs_it_and_nothing_else(space: Space) -> None:
    for slug in ("top", "alone"):
        switch_on(space, slug, author="test")
    assert switch_off(space, "middle", author="test") == {"middle", "top"}
    assert modules_on(space.schema_name) == {"base", "alone"}


def test_nothing_is_switched_on_when_one_of_them_is_not_entitled(space: Space) -> None:
    space.entitlements.filter(module="base").delete()
    with pytest.raises(NotEntitled) as refusal:
        switch_on(space, "top", author="test")
    assert refusal.value.modules == {"base"}
    assert modules_on(space.schema_name) == frozenset()


def test_every_switch_keeps_who_and_when(space: Space) -> None:
    switch_on(space, "alone", author="first@exemple.fr")
    switch_off(space, "alone", author="second@exemple.fr")
    switch_on(space, "alone", author="third@exemple.fr")
    rows = space.switches.filter(module="alone").order_by("since")
    assert [(row.author, row.off_by, bool(row.off_at)) for row in rows] == [
        ("first@exemple.fr", "second@exemple.fr", True),
        ("third@exemple.fr", "", False),
    ]


@pytest.mark.parametrize(
    "manifests",
    [
        [manifest("one", "absent")],
        [manifest("one", "two"), manifest("two", "one")],
        [manifest("one", "one")],
        [manifest("one"), manifest("one")],
    ],
)
def test_a_catalogue_that_cannot_work_is_refused(manifests: list[Manifest]) -> None:
    with pytest.raises(CatalogueError):
        Catalogue(manifests)
