"""Files of alerts against the standard: the schema of OASIS CAP 1.2, and its section 3.2, element by element.

The table below is written from the standard's data dictionary and schema: each element in its order, how often it may
stand (least, most), and what its text must be.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from django.test import Client
from lxml.etree import DocumentInvalid

from core.tenancy.context import enter
from core.territory.models import Area
from core.territory.queries import areas
from modules.alerts import actions
from modules.alerts.models import Event
from modules.alerts.tests.cap_schema import validate
from modules.alerts.tests.warning import cancelled, content, lifted, sent, user, written
from tests.cast import Cast

On = Callable[[str], Client]
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = '<b>&amp; "é"</b> ]]> <!--'

ANY = r"(?s)\s*\S.*"
DATE = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d(?<!\+00:00)"
TOKEN = r"[^\s,<&]+"
POINT = r"-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?"
MANY = 10_000
Rule = tuple[str, int, int, Any]


def one_of(*words: str) -> str:
    return "|".join(words)


PAIR: Sequence[Rule] = [("valueName", 1, 1, ANY), ("value", 1, 1, ANY)]
AREA: Sequence[Rule] = [
    ("areaDesc", 1, 1, ANY),
    ("polygon", 0, MANY, rf"{POINT}( {POINT}){{3,}}"),
    ("circle", 0, MANY, rf"{POINT} \d+(\.\d+)?"),
    ("geocode", 0, MANY, PAIR),
    ("altitude", 0, 1, r"-?\d+(\.\d+)?"),
    ("ceiling", 0, 1, r"-?\d+(\.\d+)?"),
]
RESOURCE: Sequence[Rule] = [
    ("resourceDesc", 1, 1, ANY),
    ("mimeType", 1, 1, ANY),
    ("size", 0, 1, r"\d+"),
    ("uri", 0, 1, ANY),
    ("derefUri", 0, 1, ANY),
    ("digest", 0, 1, ANY),
]
CATEGORIES = ("Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other")  # fmt: skip  # noqa: E501
RESPONSES = ("Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None")
INFO: Sequence[Rule] = [
    ("language", 0, 1, r"[a-z]{2,3}(-[A-Z]{2})?"),
    ("category", 1, MANY, one_of(*CATEGORIES)),
    ("event", 1, 1, ANY),
    ("responseType", 0, MANY, one_of(*RESPONSES)),
    ("urgency", 1, 1, one_of("Immediate", "Expected", "Future", "Past", "Unknown")),
    ("severity", 1, 1, one_of("Extreme", "Severe", "Moderate", "Minor", "Unknown")),
    ("certainty", 1, 1, one_of("Observed", "Likely", "Possible", "Unlikely", "Unknown")),
    ("audience", 0, 1, ANY),
    ("eventCode", 0, MANY, PAIR),
    ("effective", 0, 1, DATE),
    ("onset", 0, 1, DATE),
    ("expires", 0, 1, DATE),
    ("senderName", 0, 1, ANY),
    ("headline", 0, 1, ANY),
    ("description", 0, 1, ANY),
    ("instruction", 0, 1, ANY),
    ("web", 0, 1, r"https?://\S+"),
    ("contact", 0, 1, ANY),
    ("parameter", 0, MANY, PAIR),
    ("resource", 0, MANY, RESOURCE),
    ("area", 0, MANY, AREA),
]
ALERT: Sequence[Rule] = [
    ("identifier", 1, 1, TOKEN),
    ("sender", 1, 1, TOKEN),
    ("sent", 1, 1, DATE),
    ("status", 1, 1, one_of("Actual", "Exercise", "System", "Test", "Draft")),
    ("msgType", 1, 1, one_of("Alert", "Update", "Cancel", "Ack", "Error")),
    ("source", 0, 1, ANY),
    ("scope", 1, 1, one_of("Public", "Restricted", "Private")),
    ("restriction", 0, 1, ANY),
    ("addresses", 0, 1, ANY),
    ("code", 0, MANY, ANY),
    ("note", 0, 1, ANY),
    ("references", 0, 1, rf"{TOKEN},{TOKEN},{DATE}( {TOKEN},{TOKEN},{DATE})*"),
    ("incidents", 0, 1, ANY),
    ("info", 0, MANY, INFO),
]


def check(element: Element, rules: Sequence[Rule]) -> None:
    """Refuse an element that the standard does not know, in a wrong place, too often, missing, or of a wrong text."""
    order = [name for name, *_ in rules]
    names = [child.tag.removeprefix(CAP) for child in element]
    assert set(names) <= set(order), set(names) - set(order)
    assert names == sorted(names, key=order.index), names
    allowed: Mapping[str, Rule] = {rule[0]: rule for rule in rules}
    for name, least, most, _shape in rules:
        assert least <= names.count(name) <= most, name
    for child, name in zip(element, names, strict=True):
        shape = allowed[name][3]
        if isinstance(shape, str):
            assert re.fullmatch(shape, child.text or ""), (name, child.text)
        else:
            check(child, shape)
    for ring in element.findall(f"{CAP}polygon"):
        points = (ring.text or "").split(" ")
        assert points[0] == points[-1]


def cap(client: Client, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/cap+xml")
    validate(response.content)
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{CAP}alert"
    check(root, ALERT)
    return root


def said(root: Element, path: str) -> str:
    return root.findtext("/".join(f"{CAP}{name}" for name in path.split("/")), "")


@pytest.mark.parametrize("event", Event)
def test_an_alert_of_every_event_is_valid(cast: Cast, client_on: On, event: Event) -> None:
    alert = sent(cast.aubin, event=event.value)
    root = cap(client_on(cast.aubin.host), f"/alertes/{alert.pk}/cap.xml")
    assert (said(root, "status"), said(root, "msgType")) == ("Actual", "Alert")
    assert said(root, "info/severity") == "Severe"
    assert said(root, "info/area/polygon")
    assert said(root, "info/area/geocode/value") == cast.aubin.insee


def test_a_checker_that_accepts_anything_would_be_seen(cast: Cast, client_on: On) -> None:
    alert = sent(cast.aubin)
    text = client_on(cast.aubin.host).get(f"/alertes/{alert.pk}/cap.xml").content.decode()
    for before, after in (
        ("<scope>Public</scope>", ""),
        ("Severe<", "Danger<"),
        ("<status>Actual</status>", ""),
        ("<language>fr-FR</language>", "<colour>red</colour>"),
    ):
        assert before in text
        with pytest.raises(AssertionError):
            check(ElementTree.fromstring(text.replace(before, after)), ALERT)
        with pytest.raises(DocumentInvalid):
            validate(text.replace(before, after).encode())
    root = ElementTree.fromstring(text)
    root.insert(0, root[3])
    with pytest.raises(AssertionError):
        check(root, ALERT)


@pytest.mark.parametrize(
    ("end", "kind", "response"), [(lifted, "Update", "AllClear"), (cancelled, "Cancel", "AllClear")]
)
def test_what_ends_an_alert_refers_to_what_was_told(
    cast: Cast, client_on: On, end: Any, kind: str, response: str
) -> None:
    client, alert = client_on(cast.aubin.host), end(cast.aubin)
    first = cap(client, f"/alertes/{alert.pk}/cap-1.xml")
    last = cap(client, f"/alertes/{alert.pk}/cap.xml")
    assert (said(last, "msgType"), said(last, "info/responseType")) == (kind, response)
    told = [said(first, name) for name in ("sender", "identifier", "sent")]
    assert said(last, "references") == ",".join(told)
    assert client.get(f"/alertes/{alert.pk}/cap-3.xml").status_code == 404


def test_a_first_file_says_what_was_said_first(cast: Cast, client_on: On) -> None:
    alert = sent(cast.aubin)
    with enter(cast.aubin.schema_name):
        more = content(headline="Mieux", ends_at=alert.ends_at)
        actions.update(key=alert.pk, version=2, content=more, author=user(cast.aubin.administrator))
    client = client_on(cast.aubin.host)
    assert "La rivière monte" in said(cap(client, f"/alertes/{alert.pk}/cap-1.xml"), "info/headline")
    assert "Mieux" in said(cap(client, f"/alertes/{alert.pk}/cap.xml"), "info/headline")


def test_a_drill_is_an_exercise(cast: Cast, client_on: On) -> None:
    alert = sent(cast.aubin, drill=True)
    root = cap(client_on(cast.aubin.host), f"/alertes/{alert.pk}/cap.xml")
    assert said(root, "status") == "Exercise"
    assert said(root, "info/headline").startswith("EXERCICE")


def test_a_named_area_is_described_with_its_outline(cast: Cast, client_on: On) -> None:
    with enter(cast.aubin.schema_name):
        ring = [[45.0, 4.0], [45.0, 4.01], [45.01, 4.01], [45.0, 4.0]]
        box = {"south": 45.0, "west": 4.0, "north": 45.01, "east": 4.01}
        area = Area.objects.create(name="Le Bourg", kind="hamlet", polygon=[ring], author="test", **box)
        assert area in areas()
    alert = sent(cast.aubin, areas=(area,))
    root = cap(client_on(cast.aubin.host), f"/alertes/{alert.pk}/cap.xml")
    assert said(root, "info/area/areaDesc") == "Le Bourg"
    assert said(root, "info/area/polygon").startswith("45.000000,4.000000 45.000000,4.010000")


def test_anything_typed_is_valid_xml(cast: Cast, client_on: On) -> None:
    alert = sent(cast.aubin, headline=f"\x0b{HOSTILE}\ufffe", instruction=HOSTILE, description=HOSTILE)
    root = cap(client_on(cast.aubin.host), f"/alertes/{alert.pk}/cap.xml")
    assert said(root, "info/instruction") == HOSTILE


def test_a_draft_has_no_file_and_is_not_fed(cast: Cast, client_on: On) -> None:
    alert, client = written(cast.aubin), client_on(cast.aubin.host)
    assert client.get(f"/alertes/{alert.pk}/cap.xml").status_code == 404
    feed = ElementTree.fromstring(client.get("/alertes/fil.atom").content)
    assert feed.findall(f"{ATOM}entry") == []


def test_the_feed_leads_to_each_message_newest_first(cast: Cast, client_on: On) -> None:
    sent(cast.belleville)
    alert, client = lifted(cast.aubin), client_on(cast.aubin.host)
    response = client.get("/alertes/fil.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    entries = ElementTree.fromstring(response.content).findall(f"{ATOM}entry")
    links = [link.get("href", "") for entry in entries for link in entry.findall(f"{ATOM}link[@type]")]
    origin = f"https://{cast.aubin.host}/alertes/{alert.pk}"
    assert links == [f"{origin}/cap-2.xml", f"{origin}/cap-1.xml"]
    for link in links:
        cap(client, link.removeprefix(f"https://{cast.aubin.host}"))
