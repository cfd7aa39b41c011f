"""What people do in their browser, named once: by labels and words on the screen, never by classes."""

import time
from typing import Any

from playwright.sync_api import Locator, Page

from deploy.demo.texts import OPERATOR
from deploy.local.address import Address
from deploy.local.chance import Found
from deploy.local.letters import Letters
from deploy.local.visitor import Visitor

FARTHEST = 140
PATIENCE = 15.0
_sessions: dict[tuple[str, str], Any] = {}
# What has the focus and does not show it, on itself, its label or the box drawn around it; nothing when it shows.
UNSEEN_FOCUS = """() => {
  const here = document.activeElement;
  if (!here || here === document.body || here.matches("main, .summary")) return "";
  const around = [here, here.nextElementSibling, ...(here.labels ?? []), here.closest(".searchbar, .choice, .pick")];
  const shown = each => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const where = here.getBoundingClientRect();
  const inside = where.bottom > 0 && where.top < innerHeight && where.right > 0 && where.left < innerWidth;
  return inside && around.some(each => each && shown(each)) ? "" : here.outerHTML.slice(0, 160);
}"""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, as somebody without a mouse does, who sees each stop on the way."""
    target.wait_for()
    for _ in range(FARTHEST):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
        unseen = page.evaluate(UNSEEN_FOCUS)
        assert not unseen, f"{page.url}: the focus is not seen on {unseen}"
    raise AssertionError(f"{target} cannot be reached with the Tab key")


def type_in(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_label(label))
    page.keyboard.type(text)


def press(page: Page, button: Locator) -> None:
    """Go to a button or a link with the keyboard and press Enter; the next page is there afterwards."""
    tab_to(page, button)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, label: str) -> None:
    """Choose a radio button with the keyboard: the group takes the focus once, where it is checked, and arrows move."""
    wanted = page.get_by_label(label, exact=True)
    name = wanted.get_attribute("name")
    checked = page.locator(f"[name={name}]:checked")
    tab_to(page, checked if checked.count() else page.locator(f"[name={name}]").first)
    page.keyboard.press("Space")
    while not wanted.is_checked():
        page.keyboard.press("ArrowDown")


def reload_until(page: Page, target: Locator) -> None:
    """Read the page again until it shows that: another server is to tell ours first."""
    until = time.monotonic() + PATIENCE
    while not target.is_visible() and time.monotonic() < until:
        page.reload()
    target.wait_for()


def code_of_now(page: Page) -> str:
    """What an application of codes shows that was given the key on the screen."""
    # Here, not above: the pictures are taken where no Django is set up.
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    secret = page.locator("p", has_text="Ou écrivez-y cette clé").locator("b").inner_text()
    return str(format_hotp_value(hotp_value(secret.replace(" ", ""), next(iter(yield_hotp_counters_from_time())))))


def sign_in(page: Page, site: Address, email: str, label: str) -> None:
    """On the host of `label`: an address, then the code of the e-mail; once a person, since codes are counted."""
    known = _sessions.get((site.url(label), email))
    if known:
        page.context.add_cookies(known)
        page.goto(site.url(label, "/connexion/"))
        if "/connexion/" not in page.url:
            page.goto(site.url(label))
            return
    letters = Letters(Visitor(site), email)
    page.goto(site.url(label, "/connexion/"))
    page.get_by_label("Votre adresse e-mail").fill(email)
    page.get_by_role("button", name="Recevoir le code").click()
    page.get_by_label("Le code à six chiffres").fill(letters.code())
    page.get_by_role("button", name="Entrer").click()
    page.wait_for_url(site.url(label))
    _sessions[site.url(label), email] = page.context.cookies(site.url(label))


def sign_in_as_operator(page: Page, site: Address) -> None:
    sign_in(page, site, OPERATOR, "console")
    page.get_by_role("navigation", name="Console").wait_for()


def open_by_keyboard(page: Page, site: Address, commune: Found) -> None:
    """From the portal's search to the button that enters the new space, without a mouse."""
    page.goto(site.url())
    tab_to(page, page.get_by_role("searchbox"))
    page.keyboard.type(f"{commune.name} {commune.departement}")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press(page, page.locator(f'a[href="/ouvrir/{commune.insee}/"]'))
    type_in(page, "Combien de personnes travaillent à la mairie ?", "2")
    type_in(page, "Combien d’heures par semaine le secrétariat est-il tenu ?", "12")
    choose(page, "Donner les nouvelles de la commune")
    press(page, page.get_by_role("button", name="Continuer"))
    press(page, page.get_by_role("button", name="Continuer"))
    official = f"mairie@{commune.slug}.example"
    letters = Letters(Visitor(site), official)
    type_in(page, "Votre prénom et votre nom", "Ysaline Personne-Fictive")
    choose(page, "Secrétaire de mairie")
    type_in(page, "Une adresse e-mail que vous pouvez lire maintenant", official)
    press(page, page.get_by_role("button", name="Continuer"))
    press(page, page.get_by_role("button", name="Ysaline Personne-Fictive accepte, au nom de la commune"))
    code = letters.code()
    _read_in_the_mailbox(page, code)
    type_in(page, "Le code à six chiffres", code)
    press(page, page.get_by_role("button", name="Ouvrir mon espace"))
    press(page, page.get_by_role("button", name="Entrer dans mon espace"))


def _read_in_the_mailbox(page: Page, code: str) -> None:
    """Follow the page's own link to the simulated mailbox, in another tab, and read the code there."""
    address = page.get_by_role("link", name="Ouvrir la boîte aux lettres simulée").get_attribute("href")
    mailbox = page.context.new_page()
    mailbox.goto(address or "")
    mailbox.get_by_role("main").get_by_role("listitem").first.get_by_role("link").first.click()
    mailbox.get_by_text(code).first.wait_for()
    assert "démonstration" in mailbox.title()
    mailbox.close()
