import json
import logging
import sys
from collections.abc import Callable

import pytest
from django.test import Client

from core.telemetry.logs import Lines, NoRequest, without_people
from core.tenancy.context import enter
from tests.cast import Cast


def line(message: str, **more: object) -> dict[str, object]:
    record = logging.LogRecord("beffroi", logging.ERROR, __file__, 1, message, None, sys.exc_info())
    record.__dict__ |= more
    assert NoRequest().filter(record)
    found: dict[str, object] = json.loads(Lines().format(record))
    return found


def test_a_line_says_in_which_commune_it_was_written(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        assert line("hello")["commune"] == cast.aubin.insee
    assert "commune" not in line("hello")


def test_a_line_names_nobody_even_in_a_traceback() -> None:
    try:
        raise ValueError("jeanne.martin@exemple.fr")
    except ValueError:
        found = line("mail to jeanne.martin@exemple.fr failed", request="jeanne.martin@exemple.fr")
    assert "jeanne" not in json.dumps(found)
    assert "ValueError" in str(found["exc_info"])


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a@b.fr", "[masqué]"),
        ("appelez le 06 12 34 56 78.", "appelez le [masqué]."),
        ("+33612345678", "[masqué]"),
        ("12013 habitants", "12013 habitants"),
        ("2026-11-24 10:00:00", "2026-11-24 10:00:00"),
    ],
)
def test_addresses_and_numbers_are_hidden(text: str, clean: str) -> None:
    assert without_people(text) == clean


def test_every_answer_carries_the_name_of_its_act(cast: Cast, client_on: Callable[[str], Client]) -> None:
    for host in (cast.aubin.host, cast.portal_host, "nobody.beffroi.test"):
        assert len(client_on(host).get("/").headers["X-Request-Id"]) == 16
