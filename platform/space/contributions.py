"""What modules add to the shared pages, asked through their hooks."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings

from core.catalogue import Catalogue, Manifest


def catalogue() -> Catalogue:
    found: Catalogue = settings.CATALOGUE
    return found


def contributions(hook: str, modules: Iterable[str], *arguments: Any) -> Iterator[tuple[Manifest, Any]]:
    """Each thing that the modules add under a hook, with who adds it, in the catalogue's order."""
    for manifest in catalogue().among(modules):
        function: Callable[..., Iterable[Any]] | None = catalogue().hook(manifest.slug, hook)
        if function is not None:
            for each in function(*arguments):
                yield manifest, each
