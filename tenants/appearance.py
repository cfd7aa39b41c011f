"""How a commune looks and what its address is. The caller writes the journal, in its own schema."""

import re

from django.db import IntegrityError, transaction

from tenants.directory.slugs import NameProblem, check_custom_name
from tenants.models import Commune, Space

_COLOUR = re.compile(r"#[0-9a-f]{6}")


class NameRefused(Exception):
    """The custom name cannot be had; `problem` says why, in words for the person who asks."""

    def __init__(self, problem: NameProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@transaction.atomic
def set_appearance(space: Space, *, accent: str, arms_pattern: str, arms_figure: str, landscape: str) -> None:
    """Keep the colour (`#rrggbb`), the arms and the landscape. Raises ValueError for what is no colour."""
    if not _COLOUR.fullmatch(accent):
        raise ValueError(f"{accent!r} is not a colour")
    Space.objects.filter(pk=space.pk).update(
        accent=accent, arms_pattern=arms_pattern, arms_figure=arms_figure, landscape=landscape
    )
    space.changed()


def set_custom_name(space: Space, name: str) -> None:
    """Give the space another host name, or its own again when empty. Raises NameRefused, changing nothing.

    The directory's name always answers: it redirects.
    """
    assert space.commune is not None
    label = name.strip().lower()
    if label == space.commune.slug:
        label = ""
    if label:
        others = set(Commune.objects.values_list("slug", flat=True))
        others |= set(
            Space.objects.exclude(pk=space.pk).exclude(custom_name=None).values_list("custom_name", flat=True)
        )
        problem = check_custom_name(
            label, own_slug=space.commune.slug, own_name=space.commune.name, others=others - {space.commune.slug}
        )
        if problem is not None:
            raise NameRefused(problem)
    try:
        with transaction.atomic():
            Space.objects.filter(pk=space.pk).update(custom_name=label or None)
    except IntegrityError as error:
        raise NameRefused(NameProblem.TAKEN) from error
    space.changed()
