from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tenants.directory.departements import timezone_of
from tenants.directory.source import communes


@pytest.mark.parametrize(
    ("insee", "hours"),
    [
        ("75056", 1),
        ("97105", -4),
        ("97209", -4),
        ("97302", -3),
        ("97411", 4),
        ("97502", -3),
        ("97611", 3),
        ("97701", -4),
        ("97801", -4),
        ("98613", 12),
        ("98735", -10),
        ("98731", -9.5),
        ("98719", -9),
        ("98818", 11),
    ],
)
def test_a_commune_lives_at_its_own_hour(insee: str, hours: float) -> None:
    departement = insee[:2] if insee < "97" else insee[:3]
    winter = datetime(2026, 1, 15, 12, tzinfo=ZoneInfo(timezone_of(insee, departement)))
    assert winter.utcoffset() == timedelta(hours=hours)


def test_every_commune_has_a_time_zone_that_exists() -> None:
    zones = {timezone_of(row.insee, row.departement) for row in communes()}
    assert len(zones) >= 14
    assert all(ZoneInfo(zone) for zone in zones)
