"""What is kept outside the database is kept apart too: cache, counters, files."""

import ast
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.test import Client

from core.media.models import Asset, Upload
from core.tenancy.context import enter
from space.views.search import PER_MINUTE
from tenants.models.leaving import export_folder
from tests.cast import Cast, Place
from tests.conftest import Neighbours
from tests.planting import Plot
from tests.probing import ask, told_apart
from tests.test_architecture import sources
from tests.walks import routes

On = Callable[[str], Client]


def test_no_entry_of_a_cache_is_read_changed_or_removed_from_elsewhere(cast: Cast) -> None:
    probes: Counter[str] = Counter()
    for alias in settings.CACHES:
        cache = caches[alias]
        with enter(cast.aubin.schema_name):
            cache.set_many({"said": "in aubin", "count": 1})
        for place in (cast.belleville, cast.doux):
            probes[alias] += 1
            with enter(place.schema_name):
                assert cache.get_many(["said", "count"]) == {}
                assert cache.add("count", 7)
                cache.incr("count")
                cache.delete("said")
        assert cache.get("said") is None
        with enter(cast.aubin.schema_name):
            assert cache.get_many(["said", "count"]) == {"said": "in aubin", "count": 1}
    told_apart(probes, "caches")


def test_nothing_empties_the_cache_of_every_commune() -> None:
    emptied = [
        str(path)
        for path in sources()
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr == "clear"
        and ast.unparse(node.value).endswith(("cache", "caches"))
    ]
    assert not emptied


def test_searches_of_one_commune_are_not_counted_against_another(cast: Cast, client_on: On) -> None:
    hasty, calm = client_on(cast.aubin.host), client_on(cast.belleville.host)
    answers = [hasty.get("/recherche/", {"q": "eau"}).status_code for _ in range(PER_MINUTE + 1)]
    assert answers[-1] == 429
    assert calm.get("/recherche/", {"q": "eau"}).status_code == 200


def test_every_file_is_under_its_communes_own_prefix(one_way: Neighbours, files: Path) -> None:
    probes: Counter[str] = Counter()
    own = {plot[model].prefix: place for place, plot in _plots(one_way) for model in (Asset, Upload)}
    own |= {export_folder(place.space.here): place for place, _ in _plots(one_way)}
    for path in sorted(files.rglob("*")):
        if path.is_file():
            name = path.relative_to(files).as_posix()
            (place,) = [place for prefix, place in own.items() if name.startswith(f"{prefix}/")]
            assert name.startswith(f"c/{place.insee}/")
            probes[place.schema_name] += 1
    told_apart(probes, "files", one_way.victim.schema_name, one_way.other.schema_name)


def test_a_picture_deleted_in_one_commune_leaves_the_others_files(
    one_way: Neighbours, files: Path, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    gone, stays = one_way.others[Asset], one_way.victims[Asset]
    with django_capture_on_commit_callbacks(execute=True), enter(one_way.other.schema_name):  # type: ignore[attr-defined]
        gone.delete()
    assert not [name for name in gone.names if default_storage.exists(name)]
    assert all(default_storage.exists(name) for name in stays.names)


def test_the_same_address_gives_each_commune_its_own_picture(one_way: Neighbours, client_on: On) -> None:
    (media,) = [route for route in routes("space") if route.name == "media"]
    answers = {}
    for place, plot in _plots(one_way):
        for host in (one_way.victim.host, one_way.other.host):
            response = ask(client_on(host), "get", media, plot.url(media))
            answers[place.host, host] = b"".join(response.streaming_content) if response.streaming else None
    assert answers[one_way.victim.host, one_way.other.host] is None
    assert answers[one_way.other.host, one_way.victim.host] is None
    at_home = {answers[place.host, place.host] for place, _ in _plots(one_way)}
    assert len(at_home) == 2 and None not in at_home


def _plots(both: Neighbours) -> list[tuple[Place, Plot]]:
    return [(both.victim, both.victims), (both.other, both.others)]
