"""What is sent twice (a double click, the back button and send again) is heard once, and answered alike."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from core.tenancy.here import OPERATOR, Here
from portal.tests.journey import openings
from tests.cast import Cast, Place
from tests.conftest import Neighbours
from tests.found_forms import encoded
from tests.probing import copied, told_apart, undone
from tests.typing_in import FORM, Target, Typist, counts, urls_of

On = Callable[[str], Client]
Of = Callable[..., Client]

OUTLINE = "45.00, 4.00\n45.01, 4.00\n45.01, 4.01"
# What some forms need in order to be taken, where « Un mot » is not enough.
FAIR = {
    "territory:new": {"name": "La Combe", "outline": OUTLINE},
    "territory:edit": {"name": "La Combe", "outline": OUTLINE},
    "organisation:edit": {"name": "Voirie"},
    "organisation:periods": {"reason": "Congés"},
    "news-office:new": {"alt": "", "publish_at": ""},
    "news-office:new-publish": {"alt": "", "publish_at": ""},
    "news-office:new-schedule": {"alt": ""},
    "presentation-office:new": {"title": "Notre histoire", "slug": "notre-histoire"},
    "presentation-office:heading": {"title": "Notre histoire", "slug": "notre-histoire"},
    "space:account": {"name": "Camille"},
    "space:host": {"name": "chez-nous"},
    "space:appearance": {"landscape": "coast"},
    "space:role": {"role": "observer"},
    "signup_person": {"name": "Camille", "capacity": "secretary", "email": "camille@exemple.fr"},
    "signup_questions": {"hours": "1", "want": "inform"},
    "delivery:telephone": {"number": "06 39 98 00 31"},
    "delivery:numbers": {"number": "06 39 98 00 32", "paper": "feuille 1", "signed": "on"},
    "delivery:number_remove": {"number": "06 12 34 56 78"},
    "console:sms": {"segments": "500", "reference": "commande 7"},
    "console:refuse": {"reason": "Nous ne vous connaissons pas."},
}
# Where the second does as much as the first, and why.
ASKED_AGAIN = {
    "account_request_login_code": "mails get lost: another code may be asked for, and the last one counts",
    "security:address": "the same",
    "security:codes": "the codes on the page are the last ones made",
    "space:letter_sheet": "every sheet that is printed is in the journal, and the last code counts",
}


@dataclass(slots=True)
class Sender:
    """Sends every form twice, as the same browser, and looks at the rows of these schemas."""

    schemas: tuple[str, ...]
    probes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def send(self, target: Target) -> None:
        cache.clear()  # nothing is refused for having been asked too often
        with undone():
            before = counts(self.schemas)
            browser, body = copied(target.browser), encoded(target.form.filled(FAIR.get(target.route, {})))
            first = browser.generic("POST", target.url, body, content_type=FORM)
            self.probes[f"{target.kind} forms"] += 1
            once = counts(self.schemas)
            if first.status_code >= 400 or once == before:
                return
            self.probes[f"{target.kind} forms that made or took rows"] += 1
            second = browser.generic("POST", target.url, body, content_type=FORM)
            again = dict(counts(self.schemas))
            if target.route in ASKED_AGAIN:
                return
            if grown := [name for name, number in once if again[name] != number]:
                self.faults.append(f"{target}: sent twice, it writes twice into {', '.join(grown)}")
            if not _alike(first, second):
                told = second.headers.get("Location", "")
                self.faults.append(f"{target}: answered {first.status_code}, then {second.status_code} {told}")

    def walk(self, name: str, typist: Typist, kind: str, browsers: Any, urls: Any, least: int) -> None:
        for target in typist.find(kind, browsers, urls):
            self.send(target)
        told_apart(self.probes, name)
        assert not self.faults, "\n".join(self.faults)
        assert self.probes[f"{kind} forms that made or took rows"] >= least


def _alike(first: Any, second: Any) -> bool:
    """The same page follows; who was signed out by the first signs in, and who left for another host is led there."""
    leads = second.headers.get("Location", "")
    same = (first.status_code, first.headers.get("Location", "")) == (second.status_code, leads)
    return same or leads.startswith("/connexion/") or second.status_code == 301


@pytest.fixture(autouse=True)
def _quick(settings: Any) -> Iterator[None]:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "twice"}}
    settings.SMS_BREVO_KEY = "a-key"
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def _sender(home: Here | None = None) -> Sender:
    return Sender(("public", OPERATOR.schema_name, *([home.schema_name] if home else [])))


def test_what_is_sent_twice_to_a_commune_is_heard_once(one_way: Neighbours, client_on: On, client_of: Of) -> None:
    place: Place = one_way.victim
    browsers = {
        "administrator": (client_of(place.administrator), "/"),
        "resident": (client_of(place.resident), "/compte/"),
        "anonymous": (client_on(place.host), "/"),
    }
    home = place.space.here
    _sender(home).walk("sent twice, space", Typist(home), "space", browsers, urls_of("space", one_way.victims), 28)


def test_what_is_sent_twice_to_the_console_is_heard_once(cast: Cast, one_way: Neighbours, client_of: Of) -> None:
    browsers = {"operator": (client_of(cast.operator), "/")}
    urls = urls_of("console", one_way.victims)
    home = one_way.victim.space.here
    _sender(home).walk("sent twice, console", Typist(OPERATOR), "console", browsers, urls, 6)


def test_what_is_sent_twice_during_an_opening_is_heard_once(cast: Cast, one_way: Neighbours, client_on: On) -> None:
    browsers, urls = openings(cast, client_on, urls_of("portal", one_way.victims))
    _sender().walk("sent twice, portal", Typist(OPERATOR), "portal", browsers, urls, 2)


def test_who_asks_twice_to_be_told_of_an_opening_is_told_once(cast: Cast, one_way: Neighbours, client_on: On) -> None:
    browsers = {"anonymous": (client_on(cast.calme_host), "/")}
    urls = urls_of("unopened", one_way.victims)
    _sender().walk("sent twice, unopened", Typist(OPERATOR), "unopened", browsers, urls, 1)
