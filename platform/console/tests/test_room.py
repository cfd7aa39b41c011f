"""How much a commune may keep is the operator's to say."""

import pytest
from django.test import Client

from console.tests.conftest import noted
from tenants.models import Space
from tests.cast import Cast


def quota(cast: Cast) -> int | None:
    found: int | None = Space.objects.get(commune_id=cast.aubin.insee).media_quota
    return found


@pytest.mark.parametrize("typed", ["0", "-3", "1001", "beaucoup", "1.5", "9" * 40])
def test_room_is_a_whole_number_of_gigabytes(cast: Cast, console: Client, typed: str) -> None:
    page = console.post(f"/communes/{cast.aubin.insee}/fichiers/", {"gigabytes": typed})
    assert page.status_code == 422
    assert page.context["form"]["gigabytes"].value() == typed
    assert quota(cast) is None


def test_room_is_given_and_taken_back(cast: Cast, console: Client) -> None:
    address = f"/communes/{cast.aubin.insee}/fichiers/"
    for typed, kept in (("20", 20 * 1024**3), ("20", 20 * 1024**3), ("", None)):
        assert console.post(address, {"gigabytes": typed}).status_code == 302
        assert quota(cast) == kept
    assert [entry.verb for entry in noted()].count("tenants.room_set") == 2
    assert "sur 5" in console.get(address).content.decode()


def test_a_commune_that_is_not_open_has_no_room(cast: Cast, console: Client) -> None:
    assert console.get(f"/communes/{cast.calme_insee}/fichiers/").status_code == 404
