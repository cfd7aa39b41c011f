"""No site shows, answers for, or touches what is another commune's: every route, every object, everybody."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from core.tenancy.context import enter
from tests.cast import Cast
from tests.conftest import Browsers, Neighbours
from tests.planting import WORD, Mark, is_marked, marks_of, sample_of
from tests.probing import ADMINISTRATOR, Walk, ask, face, told, told_apart
from tests.walks import KINDS, commune_models, routes, shared_models

FACES = ("space pages", "office pages", "rest", "feeds", "files", "search")


def test_every_model_has_a_factory_that_says_whose_the_object_is(one_way: Neighbours) -> None:
    probes: Counter[str] = Counter()
    for model in (*commune_models(), *shared_models()):
        with enter(one_way.victim.schema_name), connection.cursor() as cursor:
            table, column = model._meta.db_table, model._meta.pk.column
            cursor.execute(f'select t::text from "{table}" t where t."{column}" = %s', [one_way.victims[model].pk])
            (row,) = cursor.fetchone()
        probes["models"] += 1
        if is_marked(model):
            probes["marked models"] += 1
            assert Mark.of(one_way.victim.schema_name, model).secret in row, model._meta.label
    told_apart(probes, "factories")


def test_every_table_of_a_commune_is_planted(one_way: Neighbours) -> None:
    with enter(one_way.victim.schema_name), connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = current_schema()")
        tables = [name for (name,) in cursor.fetchall()]
        empty = []
        for table in tables:
            cursor.execute(f'select exists (select from "{table}")')
            if cursor.fetchone() != (True,):
                empty.append(table)
    assert tables
    assert not empty


@pytest.mark.parametrize("kind", KINDS)
def test_every_route_has_a_name_and_a_sample_of_each_parameter(cast: Cast, kind: str) -> None:
    for route in routes(kind):
        assert route.name, f"{route} has no name"
        for parameter in route.parameters:
            sample_of(route, parameter)


def test_a_commune_shows_what_every_module_of_its_own_holds(
    one_way: Neighbours, client_of: Callable[..., Client]
) -> None:
    """The control of the walks below: where they look, there is something to be seen."""
    browser = client_of(one_way.victim.administrator)
    seen: Counter[str] = Counter()
    faces: Counter[str] = Counter()
    for route in routes("space"):
        text = told(ask(browser, "get", route, one_way.victims.url(route), {"q": WORD}))
        found = set(marks_of(one_way.victim.schema_name).findall(text))
        seen.update(found)
        faces[face(route)] += bool(found)
    told_apart(seen, "seen at home")
    assert all(faces[each] for each in FACES if each != "files")
    for slug in settings.CATALOGUE.slugs:
        own = [Mark.of(one_way.victim.schema_name, m).secret for m in commune_models() if m._meta.app_label == slug]
        assert any(seen[secret] for secret in own), f"no page shows anything of {slug}"


def _next_door(both: Neighbours, browsers: Browsers, *, writing: bool = False) -> Walk:
    """The neighbour's site, for its own objects and for the victim's."""
    walk = Walk(both.victims)
    everybody = browsers(both.other.host, stranger=both.victim.administrator, administrator=both.other.administrator)
    walk.over("space", both.others, everybody, writing=writing)
    walk.over("space", both.victims, everybody, writing=writing, objects_only=True)
    return walk


def _farther(walk: Walk, cast: Cast, both: Neighbours, browsers: Browsers, *, writing: bool = False) -> Walk:
    """Every other kind of site, and a space that waits, for the victim's objects."""
    stranger = both.victim.administrator
    waiting = browsers(cast.doux.host, stranger=stranger, administrator=cast.doux.administrator)
    some = {who: waiting[who] for who in ("a stranger", ADMINISTRATOR)}
    walk.over("space", both.victims, some, writing=writing)
    for kind, host in (("unopened", cast.calme_host), ("portal", cast.portal_host), ("console", cast.console_host)):
        walk.over(kind, both.victims, browsers(host, stranger=stranger), writing=writing)
    return walk


def test_no_neighbour_shows_anything_of_a_commune(neighbours: Neighbours, browsers: Browsers) -> None:
    walk = _next_door(neighbours, browsers)
    told_apart(walk.probes, "reading next door", *(f"{each} GET" for each in FACES))
    assert not [str(leak) for leak in walk.leaks]


def test_no_other_site_shows_anything_of_a_commune(cast: Cast, one_way: Neighbours, browsers: Browsers) -> None:
    walk = _farther(Walk(one_way.victims), cast, one_way, browsers)
    told_apart(walk.probes, "reading farther", *(f"{kind} pages GET" for kind in KINDS))
    assert not [str(leak) for leak in walk.leaks]


def test_nobody_changes_anything_of_a_commune_from_elsewhere(
    cast: Cast, one_way: Neighbours, browsers: Browsers
) -> None:
    walk = _next_door(one_way, browsers, writing=True)
    _farther(walk, cast, one_way, browsers, writing=True)
    told_apart(walk.probes, "writing elsewhere", *(f"{each} POST" for each in FACES), "rest DELETE")
    assert not [str(leak) for leak in walk.leaks]
