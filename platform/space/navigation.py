"""The menus of a commune's space, made of what its modules declare."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.urls import reverse

from core.catalogue import Area, Catalogue, Group, Manifest, NavItem
from space.contributions import catalogue

# Entries of the bar on a phone and of the head on a wider screen, home and « Plus » counted.
TABS, HEAD = 5, 6


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a menu; `short` is the word under its icon on a phone."""

    label: str
    url: str
    icon: str
    short: str = ""
    raised: bool = False
    current: bool = False
    group: Group = Group.PUBLISH
    badge: str = ""


@dataclass(frozen=True, slots=True)
class LinkGroup:
    label: str
    items: tuple[Link, ...]


def public_links(modules: Iterable[str], path: str) -> list[Link]:
    """Home first, then modules, the commune's own pages last."""
    return _seen_from(path, _entries(catalogue(), frozenset(modules)))


def links_of(manifests: Iterable[Manifest], path: str) -> list[Link]:
    return _seen_from(path, _public_entries(manifests))


@lru_cache(maxsize=256)  # the sets of modules that communes have are few, and every page asks
def _entries(known: Catalogue, modules: frozenset[str]) -> list[Link]:
    return _public_entries(known.among(modules))


def _public_entries(manifests: Iterable[Manifest]) -> list[Link]:
    found = [_link(manifest, item) for manifest, item in _items(manifests, Area.PUBLIC)]
    found.sort(key=lambda link: link.group is Group.COMMUNE)
    return [Link("Accueil", reverse("space:home"), "home", "Accueil"), *found]


def _seen_from(path: str, links: list[Link]) -> list[Link]:
    home, *others = links
    return [replace(home, current=path == home.url), *_marked(others, path)]


def public_tabs(links: list[Link]) -> list[Link]:
    """A phone's bar: all when they are five, else four and « Plus »; one raised action in the middle."""
    raised = [link for link in links if link.raised][:1]
    shown = [replace(link, raised=False) for link in links if link not in raised]
    return _with_raised(_cut(shown, TABS - len(raised)), raised)


def public_head(links: list[Link]) -> list[Link]:
    """The head of a wider screen, under the same rule."""
    return _cut(links, HEAD)


def _cut(links: list[Link], most: int) -> list[Link]:
    """These links when they fit, else the first ones and « Plus », which is current when the page is behind it."""
    if len(links) <= most:
        return links
    shown, hidden = links[: most - 1], links[most - 1 :]
    return [
        *shown,
        Link("Plus", reverse("space:rubrics"), "menu", "Plus", current=any(link.current for link in hidden)),
    ]


def office_groups(modules: Iterable[str], user: Any, path: str) -> list[LinkGroup]:
    """The back office by headings: what this person may open, and nothing else."""
    links = [
        _link(manifest, item)
        for manifest, item in _items(catalogue().among(modules), Area.OFFICE)
        if not item.permission or user.has_perm(item.permission)
    ]
    links += [
        Link(label, reverse(route), icon, label, group=Group.COMMUNE)
        for label, route, icon, permission in (
            ("Services et horaires", "organisation:departments", "clock", "space.organisation"),
            ("Territoire", "territory:territory", "map", "space.organisation"),
            ("Habitants", "space:people", "people", "space.people"),
            ("Numéros du guichet", "delivery:numbers", "chat", "delivery.numbers"),
            ("Réglages", "space:settings", "settings", "space.settings"),
            ("Modules", "space:modules", "modules", "space.modules"),
            ("Abonnement", "billing:overview", "document", "billing.read"),
            ("Journal", "space:journal", "clock", "space.journal"),
        )
        if user.has_perm(permission)
    ]
    if user.only_counts:
        return [LinkGroup("", tuple(_marked(links, path)))]
    todo = Link("À faire", reverse("space:office"), "home", "À faire", current=path == reverse("space:office"))
    marked = _marked(links, path)
    groups = [LinkGroup(str(group), tuple(link for link in marked if link.group is group)) for group in Group]
    return [LinkGroup("", (todo,)), *(group for group in groups if group.items)]


def office_tabs(groups: list[LinkGroup], path: str) -> list[Link]:
    """The office's bottom bar: to-do (or the accounts, where there is nothing else), the first entry of each working
    heading, and all the rest behind « Plus »."""
    first = groups[0].items[0]
    links = [link for group in groups[1:] for link in group.items if link.group is not Group.COMMUNE]
    raised = [link for link in links if link.raised][:1]
    firsts = [group.items[0] for group in groups[1:] if group.label != Group.COMMUNE]
    firsts = [replace(link, raised=False) for link in firsts if link not in raised][: TABS - 2 - len(raised)]
    more = reverse("space:menu")
    return _with_raised([first, *firsts, Link("Plus", more, "menu", "Plus", current=path == more)], raised)


def _items(manifests: Iterable[Manifest], area: Area) -> list[tuple[Manifest, NavItem]]:
    return [(manifest, item) for manifest in manifests for item in manifest.navigation if item.area is area]


def _link(manifest: Manifest, item: NavItem) -> Link:
    return Link(item.label, reverse(item.route), item.icon, item.short or item.label, item.raised, group=manifest.group)


def _marked(links: list[Link], path: str) -> list[Link]:
    """The entry whose address is the longest beginning of this page's is the current one."""
    here = max((link.url for link in links if path.startswith(link.url)), key=len, default=None)
    return [replace(link, current=link.url == here) for link in links]


def _with_raised(links: list[Link], raised: list[Link]) -> list[Link]:
    """On a phone the short word is the label, and the raised action stands in the middle."""
    middle = (len(links) + 1) // 2
    return [replace(link, label=link.short) for link in (*links[:middle], *raised, *links[middle:])]
