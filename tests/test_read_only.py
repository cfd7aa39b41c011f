"""A space whose subscription is over is read as before, and written by nobody, save what is never cut."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from core.tenancy.context import enter
from core.tenancy.registry import registry
from tenants.lifecycle import end_writing, reopen
from tenants.models import Space
from tests.cast import Cast
from tests.conftest import Neighbours
from tests.probing import ask, face, told_apart, undone, unsafe_methods
from tests.walks import Route, routes

On = Callable[[str], Client]
Of = Callable[..., Client]
UNTIL = date(2027, 3, 31)
REFUSED = "lecture seule"
# What still takes something, besides alerts, and why.
KEPT = {
    "account_login": "people sign in",
    "account_request_login_code": "the same",
    "account_confirm_login_code": "the same",
    "account_logout": "and out",
    "mfa_authenticate": "the same",
    "security": "one's own account is safe, one's own data is one's own",
    "legal_notice": "is read only",
    "legal_privacy": "is read only",
    "legal_accessibility": "is read only",
    "robots": "is read only",
    "watch_ask": "leads to the space",
    "watch_asked": "leads to the space",
    "space:theme": "is read only",
    "space:manifest": "is read only",
    "space:worker": "is read only",
    "space:offline": "is read only",
    "space:icon": "is read only",
    "space:arrival": "signs in, with a ticket",
    "space:invitation": "who was invited signs in",
    "space:invitation_accept": "who was invited may be who orders",
    "space:account": "one's own account",
    "space:account_delete": "leaving is never refused",
    "space:export": "leaving is never refused",
    "space:export_progress": "is read only",
    "space:export_download": "is read only",
    "delivery:preferences": "people change their mind about what they are told",
    "delivery:silent_remove": "the same",
    "delivery:address_restore": "the same",
    "delivery:device_add": "the same",
    "delivery:device_kept": "the same",
    "delivery:device_stop": "the same",
    "delivery:shown": "says that a notification was shown",
    "delivery:telephone": "alerts go to telephones",
    "delivery:telephone_code": "the same",
    "delivery:telephone_choices": "the same",
    "delivery:telephone_stop": "the same",
    "delivery:unsubscribe": "the same",
    "drafts:draft": "an alert that is being typed",
    "billing": "what keeps the space is ordered and paid there",
}


def is_kept(route: Route) -> bool:
    scope = route.name.partition(":")[0] if ":" in route.name else ""
    slug = scope.partition("-")[0]
    if slug in settings.CATALOGUE:
        return settings.CATALOGUE[slug].vital
    return route.name in KEPT or scope in KEPT or route.name.startswith("space:icon_")


def urls(neighbours: Neighbours) -> Iterator[tuple[Route, str]]:
    with enter(neighbours.victim.schema_name):
        for route in routes("space"):
            if route.name:
                yield route, neighbours.victims.url(route)


@pytest.fixture
def read_only(one_way: Neighbours) -> Neighbours:
    end_writing(space=one_way.victim.space, until=UNTIL)
    return one_way


def test_nothing_is_taken_but_what_is_never_cut(read_only: Neighbours, client_of: Of) -> None:
    browser, probes, faults = client_of(read_only.victim.administrator), Counter[str](), []
    for route, url in list(urls(read_only)):
        for method in unsafe_methods(route):
            cache.clear()
            with undone():
                answer = ask(browser, method, route, url)
            refused = answer.status_code == 403 and REFUSED in answer.content.decode()
            probes["kept" if is_kept(route) else "refused"] += 1
            if refused == is_kept(route):
                faults.append(f"{method} {route}: {answer.status_code}")
            if refused and face(route) == "rest" and answer.json()["error"]["code"] != "closed":
                faults.append(f"{route} does not speak as programs do")
    assert not faults
    told_apart(probes, "addresses of a space that may only be read")


def test_every_page_is_read_as_before(one_way: Neighbours, client_on: On, client_of: Of) -> None:
    """By a stranger and by who administers, whose pages say besides that it ends, and when."""
    browsers = {"anyone": client_on(one_way.victim.host), "staff": client_of(one_way.victim.administrator)}
    before = answers(one_way, browsers)
    end_writing(space=one_way.victim.space, until=UNTIL)
    assert answers(one_way, browsers) == before
    page = browsers["staff"].get("/mairie/actualites/").content.decode()
    assert "Tout sera effacé après le mercredi 31 mars 2027" in page or "31 mars 2027" in page
    assert "/mairie/export/" in page
    assert REFUSED not in browsers["anyone"].get("/").content.decode()


def answers(neighbours: Neighbours, browsers: dict[str, Client]) -> dict[str, int]:
    found = {}
    for route, url in list(urls(neighbours)):
        for who, browser in browsers.items():
            cache.clear()
            with undone():
                found[f"{who} {route}"] = ask(browser, "get", route, url).status_code
    return found


def test_a_space_is_written_in_again_once_it_is_reopened(cast: Cast, client_of: Of) -> None:
    end_writing(space=cast.aubin.space, until=UNTIL)
    browser = client_of(cast.aubin.administrator)
    sent: dict[str, Any] = {"name": "Voirie"}
    assert browser.post("/mairie/services/nouveau/", sent).status_code == 403
    reopen(space=cast.aubin.space)
    assert browser.post("/mairie/services/nouveau/", sent).status_code != 403
    space = Space.objects.get(pk=cast.aubin.space.pk)
    assert (space.state, space.read_only_until) == (Space.State.ACTIVE, None)


def test_whoever_asked_to_be_told_is_told(cast: Cast) -> None:
    end_writing(space=cast.aubin.space, until=None)
    assert registry().may_write_to(cast.aubin.schema_name)


def test_only_alerts_are_proposed_to_be_published(cast: Cast, client_of: Of) -> None:
    end_writing(space=cast.aubin.space, until=UNTIL + timedelta(days=1))
    page = client_of(cast.aubin.administrator).get("/mairie/").content.decode()
    heading = page.partition('<div class="heading">')[2].partition("</div>")[0]
    assert "Alerter" in heading
    assert "Publier" not in heading


def test_only_what_may_still_be_done_is_on_the_list_of_things_to_do(one_way: Neighbours, client_of: Of) -> None:
    def asked() -> set[str]:
        return {
            task.url.split("/")[2] for task in client_of(one_way.victim.administrator).get("/mairie/").context["tasks"]
        }

    kept = {"alertes", "abonnement", "reglages"}  # the settings: of SMS, which alerts need
    assert asked() - kept, "something else was to be done"
    end_writing(space=one_way.victim.space, until=UNTIL)
    assert asked() <= kept
