"""Who may see an asset: what the modules answer."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings

from core.catalogue import Visibility
from core.media.models import Asset


def visibility(key: UUID, modules: Iterable[str]) -> Visibility:
    """The widest answer of these modules."""
    found = Visibility.UNKNOWN
    for manifest in settings.CATALOGUE.among(frozenset(modules)):
        owns = settings.CATALOGUE.hook(manifest.slug, "owns_media")
        answer = owns(key) if owns else Visibility.UNKNOWN
        if answer is Visibility.PUBLIC:
            return answer
        found = answer if answer is Visibility.STAFF else found
    return found


_holders: list[Callable[[UUID], bool]] = []


def hold(holder: Callable[[UUID], bool]) -> None:
    """Have it asked whether a file is still wanted, though nothing shows it."""
    if holder not in _holders:
        _holders.append(holder)


def is_held(key: UUID) -> bool:
    return any(holder(key) for holder in _holders)


def is_claimed(key: UUID) -> bool:
    """Whether any module shows it, those that are off included."""
    return visibility(key, settings.CATALOGUE.slugs) is not Visibility.UNKNOWN


def seen_by(asset: Asset, user: Any, modules: Iterable[str]) -> Visibility:
    """How this person sees it: UNKNOWN is not at all. What nobody claims yet is its author's alone."""
    seen = visibility(asset.pk, modules)
    if seen is Visibility.PUBLIC:
        return seen
    if seen is Visibility.STAFF:
        return seen if getattr(user, "is_staff_member", False) else Visibility.UNKNOWN
    own = asset.author_id is not None and asset.author_id == getattr(user, "pk", None)
    return Visibility.STAFF if own and not is_claimed(asset.pk) else Visibility.UNKNOWN
