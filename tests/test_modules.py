"""Every module is born whole: its words, its REST, its search, its export, its erasure, its rights, its jobs."""

import inspect
from collections import Counter

import pytest
from django.conf import settings
from django.urls import reverse

from core.accounts.permissions import SHELL
from core.catalogue import Area, Manifest
from core.catalogue.hooks import HOOKS
from core.tenancy.jobs import module_of
from core.web.icons import ICONS
from tests.probing import told_apart
from tests.walks import commune_jobs, commune_models, module_routes, routes

NEEDED_HOOKS = {"search", "personal_data", "erase", "retention"}

each_module = pytest.mark.parametrize("manifest", list(settings.CATALOGUE), ids=lambda manifest: manifest.slug)


@each_module
def test_a_module_has_its_rest_its_search_its_export_its_erasure_and_its_retention(manifest: Manifest) -> None:
    surfaces = Counter(route.surface for route in module_routes(manifest.slug))
    assert surfaces["api"], "no REST resource"
    missing = {name for name in NEEDED_HOOKS if settings.CATALOGUE.hook(manifest.slug, name) is None}
    assert not missing


@each_module
def test_a_hook_takes_what_it_is_given(manifest: Manifest) -> None:
    """As many arguments as `core.catalogue.hooks.HOOKS` says."""
    for name, told in HOOKS.items():
        hook = settings.CATALOGUE.hook(manifest.slug, name)
        if hook is not None:
            wanted = [word for word in told.partition("(")[2].partition(")")[0].split(", ") if word]
            assert list(inspect.signature(hook).parameters) == wanted, name


@each_module
def test_a_module_says_all_that_the_platform_shows_of_it(manifest: Manifest) -> None:
    sentences = [
        manifest.summary,
        manifest.pitch,
        manifest.personal_data.purpose,
        manifest.proposal.reason,
        *(option.help for option in manifest.options if option.help),
    ]
    words = [
        manifest.label,
        *(option.label for option in manifest.options),
        *(label for option in manifest.options for _, label in option.choices),
        *(permission.label for permission in manifest.permissions),
        *(item.label for item in manifest.navigation),
    ]
    assert all(sentence.endswith((".", "?", "!", "…")) for sentence in sentences)
    assert not [text for text in (*sentences, *words) if not text.strip() or "'" in text or "  " in text]
    assert manifest.personal_data.keep_months > 0
    assert manifest.price_key
    assert {manifest.icon, *(item.icon for item in manifest.navigation)} <= set(ICONS)


@each_module
def test_a_menu_leads_to_a_page_of_its_module_that_its_reader_may_open(manifest: Manifest) -> None:
    own = {route.name: route for route in module_routes(manifest.slug)}
    assert {item.area for item in manifest.navigation} == {Area.PUBLIC, Area.OFFICE}
    for item in manifest.navigation:
        assert reverse(item.route, urlconf=settings.SITE_URLCONFS["space"])
        access = own[item.route].access
        assert access is not None
        assert access.permission == item.permission


def test_every_right_that_a_route_asks_for_exists() -> None:
    known = {each.code for manifest in settings.CATALOGUE for each in manifest.permissions} | set(SHELL)
    asked = Counter(route.access.permission for route in routes("space") if route.access and route.access.permission)
    told_apart(asked, "rights asked by routes")
    assert set(asked) <= known
    assert set(known) <= set(asked) | _asked_by_rest(), "a right that opens nothing"


def _asked_by_rest() -> set[str]:
    found = set()
    for route in routes("space"):
        view = route.pattern.callback
        initial = getattr(view, "view_initkwargs", None) or getattr(view, "initkwargs", {})
        found |= {
            right
            for right in (initial.get("write_permission"), getattr(getattr(view, "cls", None), "write_permission", ""))
            if right
        }
    return found


def test_every_job_of_a_module_bears_its_name_and_no_other_job_does() -> None:
    """The switch stops a job by the first word of its name."""
    probes: Counter[str] = Counter()
    for job in commune_jobs():
        package = inspect.unwrap(job.run).__module__
        owner = package.split(".")[1] if package.startswith("modules.") else ""
        probes[owner or "services"] += 1
        assert module_of(job.name) == owner, job.name
    told_apart(probes, "jobs")


@each_module
def test_a_module_keeps_its_tables_under_its_own_name(manifest: Manifest) -> None:
    package = f"modules.{manifest.slug}"
    own = [model for model in commune_models() if model.__module__.startswith(f"{package}.")]
    assert own
    assert {model._meta.app_label for model in own} == {manifest.slug}
