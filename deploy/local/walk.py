"""The main job over HTTP: a commune drawn at random opens its space, is confirmed, publishes, switches a module.

Each step is printed with its time. The status says whether all of them passed.
"""

import random
import sys
from dataclasses import dataclass, field
from http import HTTPStatus

from deploy.demo.texts import SLUGS, Place
from deploy.local import acts
from deploy.local.address import Address
from deploy.local.chance import Found, unopened
from deploy.local.progress import Progress
from deploy.local.visitor import Unexpected, Visitor

OK, GONE = HTTPStatus.OK, HTTPStatus.NOT_FOUND


@dataclass
class Walk:
    """Three people: one of the mairie, the operator, and anyone without an account.

    `places` are the communes that the demo opened.
    """

    address: Address
    seed: int
    places: tuple[str, ...] = SLUGS
    progress: Progress = field(default_factory=Progress)

    def __post_init__(self) -> None:
        self.mairie, self.operator, self.anyone = (Visitor(self.address) for _ in range(3))

    def run(self) -> int:
        try:
            with self.progress.step(f"A commune is drawn (seed {self.seed})"):
                commune = unopened(self.anyone, self.seed)
            self.progress.note(f"{commune}: {self.address.url(commune.slug)}")
            self.opens(commune)
            self.is_confirmed(commune)
            self.publishes(commune)
            self.is_told()
            self.gathers(commune)
        except Unexpected as error:
            self.progress.note(str(error))
            return 1
        return 0

    def opens(self, commune: Found) -> None:
        with self.progress.step("The portal finds it by its name"):
            acts.find(self.anyone, commune)
        with self.progress.step("Its mairie answers three questions and takes the modules"):
            page = acts.answer_questions(self.mairie, commune)
        with self.progress.step("Somebody gives a name and the official address, and accepts the contract"):
            page, letters = acts.sign(self.mairie, page)
        with self.progress.step("The code comes to the local mailbox and opens the space"):
            page = acts.type_code(self.mairie, page, letters)
        with self.progress.step("The administrator arrives signed in, in /mairie/"):
            acts.arrive(self.mairie, page, commune)
        self._seen_as(commune, "Nobody else sees it yet", GONE, ["/", "/actualites/", "/api/v1/actualites/"])

    def is_confirmed(self, commune: Found) -> None:
        with self.progress.step("The operator signs in to the console with a code"):
            acts.sign_in_to_console(self.operator)
        with self.progress.step("The operator confirms the mandate"):
            acts.accept_mandate(self.operator, commune)
        self._seen_as(commune, "The space is public", OK, ["/", "/actualites/", "/commune/"])

    def publishes(self, commune: Found) -> None:
        with self.progress.step("Its administrator publishes a news item"):
            item, title = acts.publish(self.mairie, commune)
        read = [item, "/actualites/", "/actualites/fil.atom", "/api/v1/actualites/"]
        with self.progress.step("Anyone reads it: page, list, feed, REST"):
            for path in read:
                if title not in self.anyone.expect(self.address.url(commune.slug, path)).text:
                    raise Unexpected(f"{self.address.url(commune.slug, path)} does not show « {title} ».")
        with self.progress.step("« Actualités » is switched off"):
            acts.switch(self.mairie, commune, "off")
        self._seen_as(commune, "Its addresses are gone", GONE, read)
        with self.progress.step("« Actualités » is switched on again"):
            acts.switch(self.mairie, commune, "on")
        self._seen_as(commune, "Everything it held is back", OK, read)

    def is_told(self) -> None:
        for place in map(Place.read, self.places):
            with self.progress.step(f"Anyone reads {place.page.title}: hours, sections, legal pages, health"):
                acts.read_about(self.anyone, place)

    def gathers(self, commune: Found) -> None:
        with self.progress.step("Its administrator draws an area"):
            acts.draw_area(self.mairie, commune)
        with self.progress.step("A colleague is invited, and opens the link that came by mail"):
            acts.invite(self.mairie, self.anyone, commune)

    def _seen_as(self, commune: Found, text: str, status: HTTPStatus, paths: list[str]) -> None:
        with self.progress.step(f"{text}: {status.value} for anyone"):
            for path in paths:
                self.anyone.expect(self.address.url(commune.slug, path), status)


if __name__ == "__main__":
    draw = int(sys.argv[1]) if len(sys.argv) > 1 else random.SystemRandom().randrange(10**6)
    sys.exit(Walk(Address.from_environment(), draw).run())
