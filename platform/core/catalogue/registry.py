"""The set of installed manifests: found by folder name, refused loudly when wrong."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from core.catalogue.hooks import HOOKS
from core.catalogue.manifest import Manifest, Role


class CatalogueError(Exception):
    """A manifest or a hook is wrong; raised at start, never swallowed."""


class Catalogue:
    """Installed modules in their order, what they need, and their hooks.

    `hooks` maps a slug to the module object that holds its hook functions.
    """

    def __init__(self, manifests: Iterable[Manifest], hooks: dict[str, ModuleType] | None = None) -> None:
        self._manifests: dict[str, Manifest] = {}
        for manifest in sorted(manifests, key=lambda found: (found.order, found.slug)):
            if manifest.slug in self._manifests:
                raise CatalogueError(f"two modules are called {manifest.slug!r}")
            self._manifests[manifest.slug] = manifest
        self._hooks = hooks or {}
        self._check_unique("segment")
        self._check_topics()
        self._check_requirements()
        self._check_hooks()

    @classmethod
    def load(cls, packages: Iterable[str]) -> "Catalogue":
        """Import `<package>.manifest` and `<package>.hooks` of each installed module."""
        manifests: list[Manifest] = []
        hooks: dict[str, ModuleType] = {}
        for package in packages:
            manifest = import_module(f"{package}.manifest").MANIFEST
            if not isinstance(manifest, Manifest):
                raise CatalogueError(f"{package}.manifest.MANIFEST is not a Manifest")
            if manifest.slug != package.rpartition(".")[2]:
                raise CatalogueError(f"{package} calls itself {manifest.slug!r}")
            manifests.append(manifest)
            hooks[manifest.slug] = import_module(f"{package}.hooks")
        return cls(manifests, hooks)

    def __iter__(self) -> Iterator[Manifest]:
        return iter(self._manifests.values())

    def __contains__(self, slug: object) -> bool:
        return slug in self._manifests

    def __getitem__(self, slug: str) -> Manifest:
        return self._manifests[slug]

    @property
    def slugs(self) -> frozenset[str]:
        return frozenset(self._manifests)

    def among(self, slugs: Iterable[str]) -> list[Manifest]:
        """The manifests of these slugs, in the catalogue's order; unknown ones are left out."""
        wanted = set(slugs)
        return [manifest for manifest in self if manifest.slug in wanted]

    def needs(self, slug: str) -> frozenset[str]:
        """Every module that must be on for this one to work, itself left out."""
        found: set[str] = set()
        waiting = list(self[slug].requires)
        while waiting:
            needed = waiting.pop()
            if needed not in found:
                found.add(needed)
                waiting.extend(self[needed].requires)
        return frozenset(found)

    def needed_by(self, slug: str) -> frozenset[str]:
        """Every module that stops working without this one."""
        return frozenset(other.slug for other in self if slug in self.needs(other.slug))

    def closed(self, slugs: Iterable[str]) -> frozenset[str]:
        """These modules and all that they need."""
        wanted = {slug for slug in slugs if slug in self}
        return frozenset(wanted.union(*(self.needs(slug) for slug in wanted)))

    def hook(self, slug: str, name: str) -> Callable[..., Any] | None:
        """The module's function for this hook, None when it adds nothing there."""
        if name not in HOOKS:
            raise CatalogueError(f"{name!r} is no hook; known: {', '.join(sorted(HOOKS))}")
        found: Callable[..., Any] | None = getattr(self._hooks.get(slug), name, None)
        return found

    def permissions_of(self, role: Role) -> frozenset[str]:
        """Every permission that the installed modules give to a role."""
        return frozenset(
            permission.code
            for manifest in self
            for permission in manifest.permissions
            if role is Role.ADMINISTRATOR or role in permission.roles
        )

    def _check_unique(self, attribute: str) -> None:
        seen: dict[str, str] = {}
        for manifest in self:
            value = getattr(manifest, attribute)
            if value in seen:
                raise CatalogueError(f"{manifest.slug} and {seen[value]} share the {attribute} {value!r}")
            seen[value] = manifest.slug

    def _check_topics(self) -> None:
        seen: dict[str, str] = {}
        for manifest in self:
            for topic in manifest.topics:
                if topic.slug in seen:
                    raise CatalogueError(f"{manifest.slug} and {seen[topic.slug]} share the topic {topic.slug!r}")
                seen[topic.slug] = manifest.slug

    def _check_requirements(self) -> None:
        for manifest in self:
            for needed in manifest.requires:
                if needed not in self:
                    raise CatalogueError(f"{manifest.slug} requires {needed!r}, which is not installed")
        for manifest in self:
            if manifest.slug in self.needs(manifest.slug):
                raise CatalogueError(f"{manifest.slug} requires itself in a circle")

    def _check_hooks(self) -> None:
        for slug, module in self._hooks.items():
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if function.__module__ == module.__name__ and not name.startswith("_") and name not in HOOKS:
                    raise CatalogueError(f"{slug}: {name!r} is no hook; known: {', '.join(sorted(HOOKS))}")
