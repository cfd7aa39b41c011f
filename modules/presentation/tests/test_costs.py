"""What pages cost does not grow with what they hold."""

from collections.abc import Callable
from datetime import time
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.accounts.models import User
from core.organisation.models import Department, OpeningSlot
from core.tenancy.context import enter
from modules.presentation.actions import pages, versions
from modules.presentation.actions.pages import Heading
from modules.presentation.models import Block, BlockKind, PageVersion
from modules.presentation.tests.writing import OFFICE, key_of, online
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]


@pytest.fixture
def editor(cast: Cast, client_of: Of) -> Client:
    return client_of(cast.aubin.editor)


def test_a_page_costs_the_same_with_three_blocks_and_with_two_hundred(
    cast: Cast, editor: Client, client_on: On
) -> None:
    desk = online(editor)
    counted: dict[str, list[int]] = {}
    for number in (3, 200):
        with enter(cast.aubin.schema_name):
            author = User.objects.get(pk=cast.aubin.editor.id)
            working = PageVersion.objects.working().get()
            Block.objects.filter(version=working).delete()
            Block.objects.bulk_create(
                Block(version=working, place=place, kind=BlockKind.TEXT, data={"title": "", "body": "Un."})
                for place in range(number)
            )
            pages.touch(working, author)
            versions.publish(page=key_of(desk), author=author)
        for client, address in ((client_on(cast.aubin.host), "/commune/notre-histoire/"), (editor, desk)):
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counted.setdefault(address, []).append(len(captured))
    assert all(few == many for few, many in counted.values()), counted
    assert counted["/commune/notre-histoire/"][1] <= 8, counted


def test_the_list_costs_the_same_with_two_pages_and_with_sixty(cast: Cast, editor: Client) -> None:
    counted = []
    for number in (2, 58):
        with enter(cast.aubin.schema_name):
            author = User.objects.get(pk=cast.aubin.editor.id)
            for each in range(number):
                pages.start(heading=Heading(f"Page {number} {each}"), author=author, key=uuid4())
        editor.get(OFFICE)
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(OFFICE).status_code == 200
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 8


def test_a_page_with_files_and_hours_stays_within_eight_statements(cast: Cast, editor: Client, client_on: On) -> None:
    desk = online(editor)
    with enter(cast.aubin.schema_name):
        author = User.objects.get(pk=cast.aubin.editor.id)
        department = Department.objects.create(name="Accueil")
        OpeningSlot.objects.create(department=department, weekday=0, opens=time(9), closes=time(12))
        working = PageVersion.objects.working().get()
        Block.objects.create(version=working, place=1, kind=BlockKind.HOURS, data={}, department=department)
        Block.objects.create(version=working, place=2, kind=BlockKind.PICTURE, data={"caption": ""})
        pages.touch(working, author)
        versions.publish(page=key_of(desk), author=author)
    client = client_on(cast.aubin.host)
    client.get("/commune/notre-histoire/")
    with CaptureQueriesContext(connection) as captured:
        assert "Accueil" in client.get("/commune/notre-histoire/").content.decode()
    assert len(captured) <= 8, [each["sql"] for each in captured]
