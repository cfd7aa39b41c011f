"""Errors sent to Sentry: where and what, never who."""

from typing import TYPE_CHECKING, Any

import sentry_sdk
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration

from core.telemetry.logs import without_people
from core.telemetry.place import labels

if TYPE_CHECKING:
    from sentry_sdk._types import DataCollectionUserOptions, KeyValueCollectionBehaviour

_KEPT_OF_REQUEST = ("method",)
_KEPT_CONTEXTS = ("runtime", "trace")

_OFF: "KeyValueCollectionBehaviour" = {"mode": "off"}
_COLLECTED: "DataCollectionUserOptions" = {
    "user_info": False,
    "http_bodies": [],
    "cookies": _OFF,
    "http_headers": {"request": _OFF},
    "url_query_params": _OFF,
    "database_query_data": False,
    "queues": False,
    "stack_frame_variables": False,
}


def start(dsn: str, release: str) -> None:
    """Report errors of this process. No body, cookie, header, query, local variable, address or user is sent."""
    sentry_sdk.init(
        dsn=dsn,
        release=release,
        integrations=[DjangoIntegration(middleware_spans=False, signals_spans=False), CeleryIntegration()],
        data_collection=_COLLECTED,
        max_breadcrumbs=0,
        traces_sample_rate=0.0,
        server_name="",
        before_send=without_person,
    )


def without_person(event: Any, hint: dict[str, Any]) -> Any:
    """The event with its labels as tags, and nothing that could name somebody."""
    for name in ("user", "breadcrumbs", "modules", "extra"):
        event.pop(name, None)
    request = event.get("request")
    if request:
        event["request"] = {name: request[name] for name in _KEPT_OF_REQUEST if name in request}
    event["tags"] = labels()
    event["contexts"] = {
        name: value for name, value in event.get("contexts", {}).items() if name in {"runtime", "trace"}
    }
    return _cleaned(event)


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return without_people(value)
        case dict():
            return {key: _cleaned(each) for key, each in value.items()}
        case list() | tuple():
            return [_cleaned(each) for each in value]
        case _:
            return value
