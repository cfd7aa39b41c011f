"""Every name that a template reads is given to it: a missing one is silent in Django, and a hole on the page."""

import logging
from collections.abc import Callable, Iterator

import pytest
from django.template import VariableDoesNotExist
from django.template.context import BaseContext
from django.test import Client

from space.tests.pages import ADMINISTRATOR, ANYONE, PAGES, Page
from tests.cast import Cast

# What a shell reads and only some pages give.
OPTIONAL = {"step", "dress", "shell", "forced_theme", "still"}


class Missing(logging.Handler):
    """Keeps the names that were read and never given; attributes of None are absent people and places, not mistakes."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.names: set[tuple[str, str]] = set()

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, VariableDoesNotExist):
            return
        name, holder = error.params
        template = str(record.args[1]) if isinstance(record.args, tuple) else ""
        if template.startswith("django/") or holder is None or holder == "":
            return
        if isinstance(holder, BaseContext) and name in OPTIONAL:
            return
        self.names.add((template, str(name)))


@pytest.fixture
def missing() -> Iterator[Missing]:
    logger, handler = logging.getLogger("django.template"), Missing()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield handler
    logger.removeHandler(handler)
    logger.setLevel(level)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_every_name_a_page_reads_is_given(
    page: Page, missing: Missing, cast: Cast, client_on: Callable[[str], Client], client_of: Callable[..., Client]
) -> None:
    path = page.path.format(resident=cast.aubin.resident.id)
    if page.least == ANYONE:
        assert client_on(cast.aubin.host).get(path).status_code == 200
    assert client_of(cast.aubin.administrator).get(path).status_code in {200, 302}
    if page.least in {ANYONE, "resident"}:
        client_of(cast.aubin.resident).get(path)
    assert page.least != ADMINISTRATOR or path.startswith("/mairie/")
    assert missing.names == set()


def test_the_check_sees_a_missing_name(missing: Missing) -> None:
    from django.template import engines

    engines["django"].from_string("{% if absent %}{% endif %}{{ other }}").render({})
    assert {name for _, name in missing.names} == {"absent", "other"}
