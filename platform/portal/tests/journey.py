"""Somebody who opens a commune's space, page after page, as a browser does."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client

from core.delivery.models import OutgoingEmail
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from tests.cast import Cast

EMAIL = "claire@exemple.fr"
QUESTIONS = {"team": "3", "hours": "12", "want": "inform"}
PERSON = {"name": "Claire Martin", "capacity": "secretary", "email": EMAIL}


@dataclass
class Journey:
    """The steps, each posted as its page asks; `client` is on the portal."""

    client: Client
    insee: str
    email: str = EMAIL

    def begin(self, **answers: str) -> Any:
        return self.client.post(f"/ouvrir/{self.insee}/", {**QUESTIONS, **answers})

    def choose(self, *modules: str) -> Any:
        return self.client.post("/ouvrir/modules/", {"modules": modules or ("news", "presentation")})

    def introduce(self, **answers: str) -> Any:
        return self.client.post("/ouvrir/vous/", {**PERSON, "email": self.email, **answers})

    def accept(self) -> Any:
        return self.client.post("/ouvrir/contrat/", {"accept": "1"})

    def type(self, code: str) -> Any:
        return self.client.post("/ouvrir/code/", {"code": code})

    def code(self) -> str:
        found = re.search(r"\b\d{6}\b", mails_to(self.email)[-1].text)
        assert found
        return found[0]

    def wrong_code(self) -> str:
        return "000000" if self.code() != "000000" else "111111"

    def until_code(self) -> "Journey":
        for answer in (self.begin(), self.choose(), self.introduce(), self.accept()):
            assert answer.status_code == 302
        return self

    def finish(self) -> Any:
        return self.until_code().type(self.code())


def openings(
    cast: Cast, client_on: Callable[[str], Client], urls: dict[Any, str]
) -> tuple[dict[str, tuple[Client, str]], dict[Any, str]]:
    """A browser at every step of an opening, each with where it begins; and the portal's addresses for that commune."""
    journeys = [Journey(client_on(cast.portal_host), cast.calme_insee) for _ in range(5)]
    for passed, journey in enumerate(journeys):
        for step in (journey.begin, journey.choose, journey.introduce, journey.accept)[:passed]:
            assert step().status_code == 302
    browsers = {f"somebody {passed} steps far": (journey.client, "/") for passed, journey in enumerate(journeys)}
    return browsers, {route: url.replace(cast.aubin.insee, cast.calme_insee) for route, url in urls.items()}


def mails_to(email: str) -> list[OutgoingEmail]:
    with entered(OPERATOR):
        return list(OutgoingEmail.objects.filter(recipient=email).order_by("created_at", "id"))


def text(response: Any) -> str:
    """The page's HTML, its spaces made plain."""
    html: str = response.content.decode()
    return html.replace("\u202f", " ").replace("\u00a0", " ")
