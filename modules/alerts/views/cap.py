"""A message of an alert as CAP 1.2 (OASIS Common Alerting Protocol): elements in the order of the standard's schema."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from django.utils import timezone

from core.territory.models import Area
from core.territory.queries import contour
from core.territory.shapes import Shape
from core.web.french import of_commune
from modules.alerts.models import Alert, AlertMessage, Event, MessageKind, template_of
from tenants.hosts import origin

NAMESPACE: Final = "urn:oasis:names:tc:emergency:cap:1.2"
TYPE: Final = "application/cap+xml"
_MOST_AREAS = 200
_TYPES: Final = {
    MessageKind.SENT: "Alert",
    MessageKind.UPDATE: "Update",
    MessageKind.LIFT: "Update",  # the danger is over: what is cancelled was an error
    MessageKind.CANCEL: "Cancel",
}
Ring = Sequence[Sequence[float]]


def cap_of(alert: Alert, messages: Sequence[AlertMessage], message: AlertMessage, site: Any) -> bytes:
    """`messages` are all of the alert's, in their order."""
    root = Element("alert", {"xmlns": NAMESPACE})
    before = [each for each in messages if each.number < message.number]
    _say(root, "identifier", f"urn:uuid:{message.pk}")
    _say(root, "sender", site.host)
    _say(root, "sent", moment(message.at))
    _say(root, "status", _status(message, site))
    _say(root, "msgType", _TYPES[MessageKind(message.kind)])
    _say(root, "scope", "Public")
    if message.words:
        _say(root, "note", message.words)
    if before:
        _say(root, "references", " ".join(f"{site.host},urn:uuid:{each.pk},{moment(each.at)}" for each in before))
    _say(root, "incidents", str(alert.pk))
    _info(root, alert, message, site)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _info(root: Element, alert: Alert, message: AlertMessage, site: Any) -> None:
    said = message.content
    template = template_of(said["event"])
    info = SubElement(root, "info")
    _say(info, "language", "fr-FR")
    _say(info, "category", template.category)
    _say(info, "event", str(Event(said["event"]).label))
    _say(
        info,
        "responseType",
        "AllClear" if message.kind in {MessageKind.LIFT, MessageKind.CANCEL} else template.response,
    )
    _say(info, "urgency", "Past" if message.kind == MessageKind.LIFT else said["urgency"])
    _say(info, "severity", said["severity"].capitalize())
    _say(info, "certainty", said["certainty"])
    _say(info, "effective", moment(message.at))
    if said["starts_at"]:
        _say(info, "onset", moment(datetime.fromisoformat(said["starts_at"])))
    _say(info, "expires", moment(datetime.fromisoformat(said["ends_at"])))
    _say(info, "senderName", f"Mairie {of_commune(site.commune.name)}")
    _say(info, "headline", message.title)
    _say(info, "description", said["description"] or said["headline"])
    _say(
        info,
        "instruction",
        said["instruction"] if message.kind in {MessageKind.SENT, MessageKind.UPDATE} else message.text,
    )
    _say(info, "web", f"{origin(site.host)}{alert.get_absolute_url()}")
    shape = drawn(said)
    for name, rings in _places(said["areas"], shape, site):
        _area(info, name, rings, site)
    if shape:
        _area(info, said["drawn"], [] if shape.metres else [shape.ring], site, shape if shape.metres else None)


def _area(info: Element, name: str, rings: Iterable[Ring], site: Any, circle: Shape | None = None) -> None:
    area = SubElement(info, "area")
    _say(area, "areaDesc", name)
    for ring in rings:
        points = [f"{latitude:.6f},{longitude:.6f}" for latitude, longitude in ring]
        if len(points) >= 3:
            _say(area, "polygon", " ".join(points if points[0] == points[-1] else [*points, points[0]]))
    if circle:
        latitude, longitude = circle.points[0]
        _say(area, "circle", f"{latitude:.6f},{longitude:.6f} {circle.metres / 1000:g}")
    code = SubElement(area, "geocode")
    _say(code, "valueName", "INSEE")
    _say(code, "value", site.commune.insee)


def drawn(said: dict[str, Any]) -> Shape | None:
    """What was drawn on the map for this message."""
    points = tuple((latitude, longitude) for latitude, longitude in said.get("outline", ()))
    return Shape(points, said["radius"]) if points else None


def _places(named: Sequence[dict[str, str]], shape: Shape | None, site: Any) -> Iterable[tuple[str, list[Ring]]]:
    """Each area with its outer ring; the commune's contour when none is named nor drawn."""
    if shape and not named:
        return
    if not named:
        yield site.commune.name, list(contour())
        return
    known = {str(area.pk): area for area in Area.objects.filter(pk__in=[each["id"] for each in named[:_MOST_AREAS]])}
    for each in named:
        area = known.get(each["id"])
        yield each["name"], [area.rings[0]] if area and area.rings else []


def _status(message: AlertMessage, site: Any) -> str:
    """A demonstration warns of nothing real."""
    if site.demo:
        return "Test"
    return "Exercise" if message.content["drill"] else "Actual"


def moment(at: datetime) -> str:
    """As the standard writes it: whole seconds, an offset, and never Z."""
    written = timezone.localtime(at).replace(microsecond=0).isoformat()
    return written.removesuffix("+00:00") + "-00:00" if written.endswith("+00:00") else written


def _say(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
