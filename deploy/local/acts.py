"""What the walk's people do, page by page, through the forms that pages show them."""

import re
from html import unescape
from urllib.parse import quote, urlsplit

from deploy.demo.texts import OPERATOR, Place
from deploy.local.chance import Found
from deploy.local.letters import Letters
from deploy.local.visitor import Page, Unexpected, Visitor

OFFICIAL = re.compile(r"[a-z0-9.+-]+@[a-z0-9-]+\.example")
MANDATE = re.compile(r"/mandats/[0-9a-f-]{36}/")
INVITATION = re.compile(r"https?://\S+/invitation/[0-9a-f-]{36}/")
ITEM = re.compile(r"/actualites/[0-9a-f-]{36}/")
AREA = "Le Bourg-de-la-Démonstration"
TITLE = "Le premier jour de notre espace"


def find(visitor: Visitor, commune: Found) -> None:
    name = quote(f"{commune.name} {commune.departement}")
    page = visitor.expect(visitor.address.url(path=f"/communes/?q={name}"))
    if visitor.address.host(commune.slug) not in page.text:
        raise Unexpected(f"The portal does not find {commune}.")


def answer_questions(visitor: Visitor, commune: Found) -> Page:
    """Answer with the first choice of each question, then keep every module that is offered."""
    page = visitor.expect(visitor.address.url(path=f"/ouvrir/{commune.insee}/"))
    form = page.form("team", "hours", "want")
    first = {name: form.choices[name][0] if name in form.choices else "2" for name in ("team", "hours", "want")}
    page = visitor.send(page, form, **first)
    form = page.form("modules")
    return visitor.send(page, form, modules=form.choices["modules"])


def sign(visitor: Visitor, page: Page) -> tuple[Page, Letters]:
    """Say who opens, from the mairie's official mailbox, and accept; what that mailbox receives is watched from now."""
    official = OFFICIAL.search(page.text)
    if official is None:
        raise Unexpected(f"{page.url} does not tell the mairie's official mailbox.")
    letters = Letters(visitor, official[0])
    form = page.form("name", "capacity", "email")
    capacity = form.choices["capacity"][-1]
    page = visitor.send(page, form, name="Ysaline Personne-Fictive", capacity=capacity, email=official[0])
    return visitor.send(page, page.form("accept"), accept="1"), letters


def type_code(visitor: Visitor, page: Page, letters: Letters) -> Page:
    """Read the code in the mailbox, which the page must link to, and type it."""
    if visitor.address.mailbox_url not in page.text:
        raise Unexpected(f"{page.url} does not link to the mailbox where the code is read.")
    return visitor.send(page, page.form("code"), code=letters.code())


def arrive(visitor: Visitor, page: Page, commune: Found) -> None:
    if page.host != visitor.address.host(commune.slug):
        raise Unexpected(f"The code led to {page.url}, not to the commune's own host.")
    page = visitor.send(page, page.form("jeton"))
    if page.path != "/mairie/":
        raise Unexpected(f"The arrival led to {page.url}, not to /mairie/.")


def sign_in_to_console(visitor: Visitor) -> None:
    letters = Letters(visitor, OPERATOR)
    page = visitor.expect(visitor.address.url("console"))
    page = visitor.send(page, page.form("email"), email=OPERATOR)
    page = visitor.send(page, page.form("code"), code=letters.code())
    if page.path.startswith("/connexion/"):
        raise Unexpected("The console did not accept the operator's code.")


def accept_mandate(visitor: Visitor, commune: Found) -> None:
    page = visitor.expect(visitor.address.url("console", f"/communes/{commune.insee}/"))
    place = MANDATE.search(page.text)
    if place is None:
        raise Unexpected(f"{page.url} shows no mandate.")
    page = visitor.expect(visitor.address.url("console", place[0]))
    visitor.send(page, page.form(action=f"{place[0]}accepter/"))


def publish(visitor: Visitor, commune: Found) -> tuple[str, str]:
    """Publish an item; give its path for anyone, and its title."""
    page = visitor.expect(visitor.address.url(commune.slug, "/mairie/actualites/nouvelle/"))
    form = page.form("title", "summary", "body", action="publier/")
    action = next(place for place in form.actions if place.endswith("publier/"))
    summary = "La mairie publie ici ses nouvelles. Elles se lisent sans compte."
    page = visitor.send(page, form, action, title=TITLE, summary=summary, body="Texte de démonstration.")
    item = ITEM.search(urlsplit(page.url).path)
    if item is None:
        raise Unexpected(f"Publishing led to {page.url}.")
    return item[0], TITLE


def draw_area(visitor: Visitor, commune: Found) -> None:
    """Draw an area around where the map begins, and see it among the areas."""
    page = visitor.expect(visitor.address.url(commune.slug, "/mairie/territoire/zones/nouvelle/"))
    outline = "46.10, 2.10\n46.11, 2.10\n46.11, 2.12\n46.10, 2.12"
    page = visitor.send(page, page.form("name", "kind", "outline"), name=AREA, outline=outline)
    if AREA not in visitor.expect(visitor.address.url(commune.slug, "/mairie/territoire/")).text:
        raise Unexpected(f"The area is not listed; its form led to {page.url}.")


def invite(visitor: Visitor, guest: Visitor, commune: Found) -> None:
    """Invite a colleague, who opens the link that came by mail."""
    email = f"collegue@{commune.slug}.example"
    letters = Letters(guest, email)
    page = visitor.expect(visitor.address.url(commune.slug, "/mairie/habitants/inviter/"))
    visitor.send(page, page.form("email", "name", "role"), email=email, name="Odilon (personne fictive)")
    link = letters.next(INVITATION, "an invitation")[0]
    if "vous invite" not in guest.expect(link).text:
        raise Unexpected(f"{link} does not invite.")


def read_about(visitor: Visitor, place: Place) -> None:
    """Read what a commune of the demo tells everybody: its services, its team, its legal pages, its health."""
    told: dict[str, list[str]] = {
        "/commune/": [place.page.title, place.page.phone],
        "/commune/equipe/": ["personne fictive"],
        "/commune/services/": [place.page.email],
        "/commune/vie-pratique/": [],
        "/commune/urgences/": ["112"],
        "/rubriques/": ["/actualites/", "/commune/"],
        "/mentions-legales/": [place.page.title],
        "/donnees-personnelles/": [],
        "/accessibilite/": [],
        "/readyz": [],
    }
    for path, texts in told.items():
        page = visitor.expect(visitor.address.url(place.slug, path))
        shown = " ".join(unescape(page.text).replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ").split())
        if missing := [text for text in texts if text not in shown]:
            raise Unexpected(f"{page.url} does not show « {missing[0]} ».")


def switch(visitor: Visitor, commune: Found, state: str) -> None:
    """Turn « Actualités » on or off, with what follows it when the page asks."""
    page = visitor.expect(visitor.address.url(commune.slug, "/mairie/modules/"))
    form = page.form("etat", action="/modules/news/")
    if form.values["etat"] != [state]:
        raise Unexpected(f"{page.url} does not offer to turn the module {state}.")
    page = visitor.send(page, form)
    if "confirme" in page.text and page.path.endswith("/news/"):
        visitor.send(page, page.form("confirme"))
