"""Host names, judged over the whole directory."""

import re
from functools import cache

import pytest

from tenants.directory.slugs import RESERVED, NameProblem, assign_slugs, check_custom_name
from tenants.directory.source import communes


@cache
def slugs() -> dict[str, str]:
    return assign_slugs((row.insee, row.name, row.departement) for row in communes())


def test_every_commune_has_a_host_name_of_its_own() -> None:
    assert len(slugs()) == 34_969
    assert len(set(slugs().values())) == len(slugs())


def test_every_host_name_is_a_label_that_browsers_accept() -> None:
    label = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
    assert not [slug for slug in slugs().values() if not label.fullmatch(slug) or len(slug) > 63]


def test_no_commune_has_a_name_of_the_platform() -> None:
    assert not RESERVED & set(slugs().values())


@pytest.mark.parametrize(
    ("insee", "slug"),
    [
        ("06059", "eze"),
        ("05135", "sainte-colombe-05"),
        ("80001", "abbeville"),
        ("80829", "y"),
        ("97411", "saint-denis-974"),
    ],
)
def test_a_name_is_told_apart_by_its_departement_only_when_it_must(insee: str, slug: str) -> None:
    assert slugs()[insee] == slug


@pytest.mark.parametrize(
    ("label", "problem"),
    [
        ("eze-village", None),
        ("ville-eze", None),
        ("eze", None),
        ("ez", NameProblem.SHAPE),
        ("Èze", NameProblem.SHAPE),
        ("eze_village", NameProblem.SHAPE),
        ("-eze", NameProblem.SHAPE),
        ("a" * 41, NameProblem.SHAPE),
        ("console", NameProblem.RESERVED),
        ("nice", NameProblem.TAKEN),
        ("nices", NameProblem.TAKEN),
        ("ville-de-nice", NameProblem.TAKEN),
        ("nice-officiel", NameProblem.TAKEN),
        ("sainte-colombe", NameProblem.TAKEN),
        ("saintecolombe", NameProblem.TAKEN),
    ],
)
def test_a_custom_name_cannot_be_taken_for_another_communes(label: str, problem: NameProblem | None) -> None:
    others = {"nice", "sainte-colombe-05", "sainte-colombe-69"}
    assert check_custom_name(label, own_slug="eze", own_name="Èze", others=others) is problem
