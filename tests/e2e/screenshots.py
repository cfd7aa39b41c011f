"""`make screenshots`: pictures of the running demo in docs/screenshots/, on a phone and on a desk, in light and dark.

It starts the demo of this clone and stops it. A picture that does not bear « démonstration » is refused.
"""

import io
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from deploy.demo.texts import OPERATOR
from deploy.local.address import Address
from deploy.local.demo import demo_folder, lock, renew
from deploy.local.network import free_port
from deploy.local.problems import Problem, told
from deploy.local.servers import local_servers
from deploy.local.site import Site
from tests.chromium import found
from tests.e2e.screens import DESK, FLAGS, PHONE
from tests.e2e.steps import sign_in

FOLDER = Path(__file__).resolve().parents[2] / "docs/screenshots"
TALLEST = 1_800
MARK = "démonstration"
NOBODY, SECRETARY = "", "secretariat@eze.example"
CORRECTED = "/mairie/actualites/?q=encombrants"


@dataclass(frozen=True, slots=True)
class Shot:
    """A page by its address, or by the first link there that `then` selects; `further` is an address from that one."""

    name: str
    caption: str
    label: str
    path: str = "/"
    who: str = NOBODY
    then: str = ""
    further: str = ""


SHOTS = [
    Shot("portal", "The portal", ""),
    Shot("unopened", "A commune that has no space yet", "gap"),
    Shot("sainte-colombe", "The home of Sainte-Colombe", "sainte-colombe-05"),
    Shot("eze", "The home of Èze", "eze"),
    Shot("abbeville", "The home of Abbeville", "abbeville"),
    Shot("news", "The news of a commune", "eze", "/actualites/"),
    Shot("news-item", "A piece of news", "eze", "/actualites/", then=".rows a"),
    Shot("news-files", "A piece of news with pictures", "eze", "/actualites/", then="a:has-text('sentier du rocher')"),
    Shot("news-paper", "A piece of news with a PDF", "eze", "/actualites/", then="a:has-text('ordre du jour')"),
    Shot("alert", "An alert in force", "eze", "/alertes/", then=".rows a"),
    Shot("presentation", "The commune and its services", "eze", "/commune/"),
    Shot("presentation-page", "A page with every kind of block", "eze", "/commune/la-salle-polyvalente/"),
    Shot("team", "The council", "eze", "/commune/equipe/"),
    Shot("practical", "Daily life", "eze", "/commune/vie-pratique/"),
    Shot("office", "The back office: what is to be done first", "eze", "/mairie/", SECRETARY),
    Shot("office-list", "The news at the office", "eze", "/mairie/actualites/", SECRETARY),
    Shot("office-news", "A piece of news at the office", "eze", "/mairie/actualites/", SECRETARY, then=".rows a"),
    Shot("office-form", "Writing a piece of news", "eze", "/mairie/actualites/nouvelle/", SECRETARY),
    Shot(
        "office-versions", "Two versions compared", "eze", CORRECTED, SECRETARY, then=".rows a", further="../versions/"
    ),
    Shot(
        "office-page", "Putting a page together", "eze", "/mairie/commune/", SECRETARY, then=".rows a:has-text('salle')"
    ),
    Shot("alert-events", "An alert begins with its event", "eze", "/mairie/alertes/nouvelle/", SECRETARY),
    Shot("alert-form", "An alert, its text ready", "eze", "/mairie/alertes/nouvelle/storm/", SECRETARY),
    Shot("alert-report", "What became of an alert", "eze", "/mairie/alertes/", SECRETARY, then=".rows a"),
    Shot("organisation", "Departments and their hours", "eze", "/mairie/services/", SECRETARY),
    Shot("territory", "Areas on the map", "eze", "/mairie/territoire/", SECRETARY),
    Shot("rates", "Every price of the book", "", "/tarifs/"),
    Shot("modules-priced", "What modules cost a commune", "", "/modules/?commune=06059&choix=1&modules=news"),
    Shot("quote", "A quote without an account", "", "/devis/commune/06059/"),
    Shot("subscription", "What the mairie uses, and what it costs", "eze", "/mairie/abonnement/", SECRETARY),
    Shot(
        "subscription-change",
        "A change, priced before it is accepted",
        "eze",
        "/mairie/abonnement/modifier/",
        SECRETARY,
    ),
    Shot("subscription-papers", "Quotes, orders and invoices", "eze", "/mairie/abonnement/documents/", SECRETARY),
    Shot("console", "The operator's console", "console", "/", OPERATOR),
    Shot("console-subscriptions", "All subscriptions", "console", "/abonnements/", OPERATOR),
]


def main() -> int:
    chromium = found()
    if not chromium:
        raise Problem("make screenshots needs Chromium (Debian: apt-get install chromium).")
    folder = demo_folder()
    with lock(folder):
        renew(folder)
        taken = _taken(folder, chromium)
    for old in {*FOLDER.glob("*.png"), *FOLDER.glob("*.webp")} - set(taken):
        old.unlink()
    (FOLDER / "README.md").write_text(_gallery(), encoding="utf-8")
    total = sum(path.stat().st_size for path in taken)
    print(f"{len(taken)} pictures, {total / 1e6:.1f} MB, in {FOLDER}")  # noqa: T201
    return 0


def _taken(folder: Path, chromium: str) -> list[Path]:
    """Serve the demo and take every picture of it."""
    with local_servers("demo") as servers:
        site = Site(folder, Address(port=free_port(0)), servers)
        site.set_up(time.monotonic())
        with site.serving(hurry=True), sync_playwright() as playwright:
            site.wait_until_healthy()
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            taken = list(_take(browser, site.address))
            browser.close()
    return taken


def _take(browser: Browser, address: Address) -> Iterator[Path]:
    FOLDER.mkdir(exist_ok=True)
    states: dict[str, Any] = {NOBODY: None}
    for shot in SHOTS:
        if shot.who not in states:
            context = browser.new_context(locale="fr-FR")
            sign_in(context.new_page(), address, shot.who, shot.label)
            states[shot.who] = context.storage_state()
            context.close()
        for size in (PHONE, DESK):
            screen: Any = {"width": size[0], "height": size[1]}
            context = browser.new_context(
                viewport=screen, locale="fr-FR", reduced_motion="reduce", storage_state=states[shot.who]
            )
            page = context.new_page()
            _open(page, address, shot)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                yield _shoot(page, size, FOLDER / f"{shot.name}-{size[0]}-{scheme}.webp")
            context.close()


def _open(page: Page, address: Address, shot: Shot) -> None:
    page.goto(address.url(shot.label, shot.path), wait_until="networkidle")
    if shot.then:
        link = page.locator(shot.then).first.get_attribute("href")
        page.goto(address.url(shot.label, f"{link}{shot.further}"), wait_until="networkidle")


def _shoot(page: Page, size: tuple[int, int], path: Path) -> Path:
    """The page from its top, as long as it is up to a limit, in a few dozen kilobytes."""
    marks = page.get_by_text(MARK).all()
    places = [each.bounding_box() for each in marks if each.is_visible()]
    if not any(place and place["y"] < TALLEST for place in places):
        raise Problem(f"{page.url} does not bear « {MARK} »: no picture of it is kept.")
    tall = page.evaluate("document.documentElement.scrollHeight")
    whole = page.screenshot(full_page=True)
    with Image.open(io.BytesIO(whole)) as picture:
        picture.crop((0, 0, size[0], min(tall, TALLEST))).convert("RGB").save(path, "WEBP", quality=72, method=6)
    return path


def _gallery() -> str:
    lines = [
        "# The demo in pictures",
        "",
        "Made by `make screenshots`; every picture is of the demo, whose texts are invented.",
    ]
    for shot in SHOTS:
        lines += ["", f"## {shot.caption}", ""]
        for scheme in ("light", "dark"):
            for size in (PHONE, DESK):
                alt = f"{shot.caption}, {size[0]} px, {scheme}"
                lines.append(f'<img src="{shot.name}-{size[0]}-{scheme}.webp" alt="{alt}" height="420">')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(told(main))
