"""Alerts for programs. Refusals that no module changes are tested in core.api."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from core.tenancy.context import enter
from modules.alerts.models import Alert
from modules.alerts.tests.warning import announced, fresh, lifted, sent, written
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
API = "/api/v1/alertes/"


def body(**changes: Any) -> dict[str, Any]:
    return {
        "event": "flood",
        "severity": "severe",
        "headline": "La rivière monte",
        "instruction": "Montez à l’étage.",
        "ends_at": (timezone.now() + timedelta(hours=6)).isoformat(),
        **changes,
    }


def send(client: Client, method: str, address: str, sent_body: Any) -> Any:
    return getattr(client, method)(address, sent_body, content_type="application/json")


def test_who_may_not_changes_nothing(cast: Cast, client_on: On, client_of: Of) -> None:
    draft, live = written(cast.aubin), sent(cast.aubin)
    acts = [
        ("post", API, body()),
        ("put", f"{API}{draft.pk}/", body(version=1)),
        ("put", f"{API}{live.pk}/", body(version=2)),
        ("post", f"{API}{draft.pk}/send/", {"version": 1}),
        ("post", f"{API}{live.pk}/lift/", {}),
        ("post", f"{API}{live.pk}/cancel/", {"correction": "Non."}),
    ]
    strangers = (client_on(cast.aubin.host), client_of(cast.aubin.resident), client_of(cast.belleville.administrator, cast.aubin.host))  # fmt: skip  # noqa: E501
    for method, address, sent_body in acts:
        for stranger in strangers:
            assert send(stranger, method, address, sent_body).status_code == 403, address
    for method, address, sent_body in acts[2:]:
        assert send(client_of(cast.aubin.editor), method, address, sent_body).status_code == 403, address
    assert len(announced(cast.aubin)) == 1


def test_anybody_reads_what_was_told_and_nothing_else(cast: Cast, client_on: On, client_of: Of) -> None:
    draft, live, over = written(cast.aubin), sent(cast.aubin), lifted(cast.aubin)
    read = client_on(cast.aubin.host).get(API).json()
    assert [each["id"] for each in read["results"]] == [str(over.pk), str(live.pk)]
    assert [each["in_force"] for each in read["results"]] == [False, True]
    assert client_on(cast.aubin.host).get(f"{API}{draft.pk}/").status_code == 404
    assert client_of(cast.aubin.editor).get(f"{API}{draft.pk}/").json()["cap"] == ""
    assert read["results"][0]["cap"] == f"https://{cast.aubin.host}/alertes/{over.pk}/cap.xml"


def test_an_alert_is_written_sent_updated_and_lifted(cast: Cast, client_of: Of) -> None:
    mayor = client_of(cast.aubin.administrator)
    made = send(mayor, "post", API, body())
    assert made.status_code == 201
    address = f"{API}{made.json()['id']}/"
    assert announced(cast.aubin) == []
    live = send(mayor, "post", f"{address}send/", {"version": 1})
    assert (live.status_code, live.json()["state"]) == (200, "sent")
    newer = send(mayor, "put", address, body(headline="Mieux", version=live.json()["version"]))
    assert (newer.status_code, newer.json()["state"]) == (200, "updated")
    over = send(mayor, "post", f"{address}lift/", {})
    assert (over.status_code, over.json()["state"]) == (200, "lifted")
    assert len(announced(cast.aubin)) == 3


def test_a_version_that_is_not_the_last_is_refused(cast: Cast, client_of: Of) -> None:
    draft, mayor = written(cast.aubin), client_of(cast.aubin.administrator)
    assert send(mayor, "put", f"{API}{draft.pk}/", body(version=9)).status_code == 409
    assert send(mayor, "post", f"{API}{draft.pk}/send/", {"version": 9}).status_code == 400
    assert fresh(cast.aubin, draft).is_unsent


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("event", "dragons"),
        ("severity", 3),
        ("headline", "a" * 10_000),
        ("instruction", ""),
        ("ends_at", "2001-01-01T00:00:00Z"),
        ("ends_at", "9999-12-31T23:59:59Z"),
        ("areas", [str(uuid4())]),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(cast: Cast, client_of: Of, field: str, value: Any) -> None:
    answer = send(client_of(cast.aubin.editor), "post", API, body(**{field: value}))
    assert answer.status_code == 400
    assert list(answer.json()["error"]["fields"]) == [field]
    with enter(cast.aubin.schema_name):
        assert not Alert.objects.exists()
