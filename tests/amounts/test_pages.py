"""Every amount on a page is the price book's, or what rows say was asked and paid: all of them, and no other."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from billing.models import Invoice, Order, Payment, PriceVersion
from tests.amounts import console, portal, space
from tests.amounts.comparing import Compared
from tests.amounts.money import quoted, total_of
from tests.amounts.scenes import SCENES, Scene, played
from tests.cast import Cast
from tests.walks import Route, routes

ABOUT = {"space": space.ABOUT, "console": console.ABOUT, "portal": portal.ABOUT}
HERE = {kind: f"tests/amounts/{kind}.py" for kind in ABOUT}
Browsers = Callable[[str], Client]


@pytest.fixture(params=list(SCENES))
def scene(request: pytest.FixtureRequest, cast: Cast, files: object) -> Scene:
    return played(request.param, cast)


@pytest.fixture
def browser_of(cast: Cast, client_of: Callable[..., Client], client_on: Browsers) -> Browsers:
    """Whoever may read most of a kind of site."""

    def of(kind: str) -> Client:
        if kind == "portal":
            return client_on(cast.portal_host)
        return client_of(cast.operator if kind == "console" else cast.aubin.administrator)

    return of


@pytest.mark.parametrize("kind", list(ABOUT))
def test_every_page_shows_the_amounts_that_prices_and_rows_give_it_and_no_other(
    kind: str, scene: Scene, browser_of: Browsers
) -> None:
    with scene.now():
        pages = Compared(browser_of(kind))
        for route in routes(kind):
            about = ABOUT[kind].get(route.name)
            hint = f". Where it is right, say it in {about.__name__}, {HERE[kind]}" if about else unsaid(route)
            expected = about(scene) if about else ()
            pages.look(str(route), scene.url(route), expected, quotes=route.name in console.QUOTED, hint=hint)
    pages.end(f"{kind}, {scene.name}")


def unsaid(route: Route) -> str:
    return f". Nobody says what this page shows: add {route.name!r} to ABOUT, {HERE[route.kind]}"


@pytest.mark.parametrize("kind", list(ABOUT))
def test_what_is_said_to_be_shown_is_of_a_page_that_exists(kind: str) -> None:
    assert set(ABOUT[kind]) <= {route.name for route in routes(kind)}


def test_lists_show_their_month_and_their_kind_only(scene: Scene, browser_of: Browsers) -> None:
    invoices = map(total_of, scene.account.invoices.all())
    quotes = [quoted(each)[1] for each in scene.account.quotes.all()]
    with scene.now():
        pages = Compared(browser_of("space"))
        for kind, papers in (("factures", invoices), ("devis", quotes)):
            pages.look(kind, "/mairie/abonnement/documents/", papers, {"genre": kind})
        assert not pages.wrong, "\n".join(pages.wrong)
    with scene.now():
        pages = Compared(browser_of("console"))
        days = {*Invoice.objects.dates("issued_on", "month"), *Payment.objects.dates("received_on", "month")}
        for first in sorted({date(2027, 1, 1), *days}):
            said = {"mois": f"{first:%Y-%m}"}
            views = (
                ("", map(total_of, console.issued(scene, first))),
                ("recu", console.received(scene, first)),
                ("retard", console.overdue(scene)),
            )
            for view, rows in views:
                expected = [*console.month(scene, first), *rows]
                pages.look(f"invoices of {first:%m}, {view}", "/factures/", expected, {**said, "vue": view})
        accepted = Order.objects.filter(accepted_at__isnull=False)
        pages.look("orders", "/commandes/", [quoted(each.quote)[0] for each in accepted], {"etat": "accepted"})
        for version in PriceVersion.objects.all():
            amounts = [money for _place, money in console.grid(version)]
            pages.look(f"prices {version.number}", f"/prix/{version.pk}/", amounts)
        for each in Invoice.objects.filter(kind=Invoice.Kind.INVOICE, account=scene.account):
            address = f"/communes/{scene.commune.pk}/factures/{each.pk}/annuler/"
            pages.look(f"cancelling {each.number}", address, console.cancelling(each))
    pages.end(f"lists, {scene.name}")
