"""Where an alert holds: named areas, a circle, an outline drawn on the map."""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from core.tenancy.context import enter
from core.territory.queries import contour
from core.territory.shapes import Shape, shape
from modules.alerts.models import Alert
from modules.alerts.tests.test_cap import cap, said
from modules.alerts.tests.warning import OFFICE, fresh, sent, typed, written
from tests.cast import Cast, Place

On = Callable[[str], Client]
Of = Callable[..., Client]
NEW = f"{OFFICE}nouvelle/flood/"


def middle(place: Place) -> tuple[float, float]:
    with enter(place.schema_name):
        points = contour()[0]
    return round(sum(x for x, _ in points) / len(points), 5), round(sum(y for _, y in points) / len(points), 5)


def triangle(place: Place) -> list[tuple[float, float]]:
    latitude, longitude = middle(place)
    return [(latitude, longitude), (latitude, round(longitude + 0.002, 6)), (round(latitude + 0.002, 6), longitude)]


def lines(points: list[tuple[float, float]]) -> str:
    return "\n".join(f"{latitude}, {longitude}" for latitude, longitude in points)


def test_one_point_and_a_radius_are_a_circle_of_the_standard(cast: Cast, client_of: Of, client_on: On) -> None:
    here = middle(cast.aubin)
    page = client_of(cast.aubin.editor).post(NEW, typed(outline=lines([here]), radius="1000"), follow=True)
    assert "1\u00a0km autour du point marqué sur la carte" in page.content.decode()
    with enter(cast.aubin.schema_name):
        kept = Alert.objects.get()
        drawn = shape([here], 1000)
    assert kept.shape == drawn == Shape((here,), 1000)
    root = cap(client_on(cast.aubin.host), f"/alertes/{sent(cast.aubin, shape=drawn).pk}/cap.xml")
    assert said(root, "info/area/circle") == f"{here[0]:.6f},{here[1]:.6f} 1"
    assert len(root.findall(".//{*}area")) == 1


def test_an_outline_is_a_closed_polygon_of_the_standard(cast: Cast, client_of: Of, client_on: On) -> None:
    points = triangle(cast.aubin)
    page = client_of(cast.aubin.editor).post(NEW, typed(outline=lines(points)), follow=True)
    assert "la zone dessinée sur la carte" in page.content.decode()
    with enter(cast.aubin.schema_name):
        drawn = Alert.objects.get().shape
    assert drawn and drawn.metres == 0 and list(drawn.points) == [*points, points[0]]
    root = cap(client_on(cast.aubin.host), f"/alertes/{sent(cast.aubin, shape=drawn).pk}/cap.xml")
    assert said(root, "info/area/polygon").split() == [f"{a:.6f},{b:.6f}" for a, b in [*points, points[0]]]


@pytest.mark.parametrize("outline", ["48.85, 2.35", "0, 0\n0, 1\n1, 1", "ici", "45.0, 4.0\n45.1, 4.1", "nan, nan"])
def test_what_is_not_in_the_commune_is_refused_at_its_field(cast: Cast, client_of: Of, outline: str) -> None:
    response = client_of(cast.aubin.editor).post(NEW, typed(outline=outline, radius="500"))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["outline"]
    with enter(cast.aubin.schema_name):
        assert not Alert.objects.exists()


def test_what_was_drawn_comes_back_in_the_form(cast: Cast, client_of: Of) -> None:
    here, points, editor = middle(cast.aubin), triangle(cast.aubin), client_of(cast.aubin.editor)
    circle = written(cast.aubin, shape=Shape((here,), 200))
    outline = written(cast.aubin, shape=Shape((*points, points[0])))
    for alert in (circle, outline):
        form = editor.get(f"{OFFICE}{alert.pk}/ecrire/").context["form"]
        sent_back = {name: form[name].value() for name in ("outline", "radius", "version")}
        editor.post(f"{OFFICE}{alert.pk}/ecrire/", typed(**sent_back))
        assert fresh(cast.aubin, alert).shape == alert.shape
    form = editor.get(f"{OFFICE}{outline.pk}/ecrire/").context["form"]
    assert len(form["outline"].value().splitlines()) == 3


def test_a_program_draws_as_people_do(cast: Cast, client_of: Of) -> None:
    editor, here = client_of(cast.aubin.editor), middle(cast.aubin)
    usual: dict[str, Any] = {"event": "fire", "headline": "Feu", "instruction": "Partez.", "severity": "severe",
                             "ends_at": "2999-01-01T00:00:00Z"}  # fmt: skip
    api = "/api/v1/alertes/"
    outside = editor.post(api, {**usual, "outline": [[48.85, 2.35]], "radius": 500}, "application/json")
    assert outside.status_code == 400 and "outline" in outside.content.decode()
    usual["ends_at"] = typed()["ends_at"]
    made = editor.post(api, {**usual, "outline": [list(here)], "radius": 500}, "application/json")
    assert made.status_code == 201, made.content
    assert (made.json()["outline"], made.json()["radius"]) == ([list(here)], 500)


def test_the_feed_and_the_page_say_where(cast: Cast, client_on: On) -> None:
    alert = sent(cast.aubin, shape=Shape((middle(cast.aubin),), 500))
    client = client_on(cast.aubin.host)
    assert "500\u00a0m autour du point" in client.get(f"/alertes/{alert.pk}/").content.decode()
    assert ElementTree.fromstring(client.get("/alertes/fil.atom").content).tag.endswith("feed")
