"""What is asked for while a subscription goes on, by the engine and the real order: to the cent, once, on its days."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as project

from billing.actions.advancing import advance
from billing.actions.ending import end_now
from billing.actions.letters import payers
from billing.actions.merging import merge
from billing.actions.ordering import Orderer, References, order_quote
from billing.actions.quoting import make_quote
from billing.models import Account, Invoice, Order, Subscription, Term
from billing.offers.showing import invoices_of
from billing.papers import siret_of_siren
from billing.prices import Rhythm
from billing.queries.offers import Buyer, Contact
from billing.queries.owing import total
from billing.queries.terms import bought
from billing.tests.living import DAY, SIREN, letters, of, on, run, trying
from core.tenancy.models import DueWork
from tenants.models import Commune, Space
from tenants.switches import modules_on
from tests.cast import Cast

FIRST, LAST = date(2027, 1, 1), date(2027, 3, 1)
WHO = Contact("Maud", "Maire", "maud@exemple.fr")


def trial(cast: Cast, departement: str = "", first: date = FIRST, last: date = LAST) -> Subscription:
    Commune.objects.filter(pk=cast.aubin.insee).update(siren=SIREN)
    if departement:
        Account.objects.filter(commune=cast.aubin.insee).update(departement=departement)
    return trying(cast.aubin, first, last, departement)


def order(cast: Cast, day: date, **said: object) -> Term:
    """An administrator's own order, accepted at once."""
    asked = {"rhythm": Rhythm.MONTHLY, "aligned": True, "start": None, "moment": "end"} | said
    commune = Commune.objects.get(pk=cast.aubin.insee)
    with on(day, of(cast.aubin)):
        quote = make_quote(
            account_facts=Buyer.commune(commune), wanted={commune: ["news", "alerts"]}, contact=WHO, **asked
        )
        order_quote(
            quote=quote,
            means=Order.Means.ONLINE,
            by=Orderer("Maud", "Maire", WHO.email),
            references=References(siret_of_siren(SIREN)),
            moment=str(asked["moment"]),
            trusted=True,
        )
    return Term.objects.latest("first")


def net(term: Term) -> int:
    return sum(term.invoices.values_list("net", flat=True))


def test_each_month_is_asked_once_after_it_and_the_whole_is_the_price(cast: Cast) -> None:
    subscription = trial(cast)
    term = order(cast, date(2027, 2, 20))
    for day in range(320):
        run(subscription, date(2027, 2, 20) + day * DAY)
    found = list(Invoice.objects.order_by("number"))
    assert [each.last.month for each in found if each.last] == list(range(2, 13))
    assert all(each.last and (each.issued_on - each.last).days == 1 for each in found)
    assert net(term) == total(bought(term)) > 0
    numbers = [each.number for each in found]
    assert numbers == [f"FAC-2027-{rank:06}" for rank in range(1, 11)] + ["FAC-2028-000001"]


def test_after_weeks_without_a_run_each_month_is_asked_in_order(cast: Cast) -> None:
    subscription = trial(cast)
    term = order(cast, date(2027, 2, 20))
    run(subscription, date(2027, 8, 15))
    assert [each.last.month for each in Invoice.objects.order_by("number") if each.last] == [2, 3, 4, 5, 6, 7]
    assert len(letters("administrator@aubin.example")) == 6
    run(subscription, date(2028, 1, 3))
    assert net(term) == total(bought(term))


@pytest.mark.parametrize(
    ("departement", "asked", "year"),
    [
        ("974", "2026-12-31T20:00Z", 2026),
        ("975", "2027-01-01T03:00Z", 2027),
        ("80", "2026-12-31T23:00Z", 2027),
    ],
)
def test_december_ends_with_the_commune_and_is_numbered_by_paris(
    cast: Cast, departement: str, asked: str, year: int
) -> None:
    """One second before, there is nothing to ask for."""
    subscription = trial(cast, departement, date(2026, 11, 1), date(2026, 12, 5))
    term = order(cast, date(2026, 12, 3), start=date(2026, 12, 3))
    moment = datetime.fromisoformat(asked)
    with time_machine.travel(moment.timestamp() - 1, tick=False):
        advance(subscription)
        assert not Invoice.objects.exists()
    with time_machine.travel(moment, tick=False):
        advance(subscription)
    invoice = Invoice.objects.get()
    assert (invoice.first, invoice.last) == (date(2026, 12, 3), date(2026, 12, 31))
    assert invoice.number == f"FAC-{year}-000001"
    assert invoice.issued_on == moment.astimezone(ZoneInfo("Europe/Paris")).date()
    assert invoice.net == total(bought(term))


def test_a_term_that_begins_on_the_29th_of_february_is_paid_to_the_day(cast: Cast) -> None:
    subscription = trial(cast, "", date(2028, 1, 1), date(2028, 3, 1))
    term = order(cast, date(2028, 2, 29), aligned=False, rhythm=Rhythm.YEARLY)
    assert (term.first, term.last) == (date(2028, 2, 29), date(2029, 2, 28))
    run(subscription, term.last + DAY)
    assert net(term) == total(bought(term))


def test_an_order_opens_a_space_that_could_only_be_read_at_once(cast: Cast) -> None:
    subscription = trial(cast)
    run(subscription, LAST + DAY)
    assert cast.aubin.space.state == Space.State.READ_ONLY
    order(cast, LAST + 5 * DAY)
    assert cast.aubin.space.state == Space.State.ACTIVE
    assert DueWork.objects.filter(schema_name=cast.aubin.schema_name, job="billing.advance").exists()


def test_who_ordered_for_the_next_year_goes_on_trying_until_then(cast: Cast) -> None:
    """An order of December that begins in January, whose trial ends between, or ended a while ago."""
    subscription = trial(cast, "", date(2026, 10, 7), date(2026, 12, 5))
    run(subscription, date(2026, 12, 8))
    assert cast.aubin.space.state == Space.State.READ_ONLY
    term = order(cast, date(2026, 12, 10))
    assert term.first == date(2027, 1, 1)
    for day in (date(2026, 12, 10), date(2026, 12, 31), date(2027, 1, 1)):
        run(subscription, day)
        assert cast.aubin.space.state == Space.State.ACTIVE
        with on(day, subscription):
            assert {"news", "alerts"} <= modules_on(cast.aubin.schema_name)
    assert not Invoice.objects.exists()


def test_who_leaves_at_once_gets_back_what_was_paid_for_later(cast: Cast) -> None:
    subscription = trial(cast)
    term = order(cast, LAST, moment="start", rhythm=Rhythm.YEARLY)
    day = date(2027, 7, 1)
    asked = net(term)
    with on(day, subscription):
        end_now(subscription=subscription, reason="Ne sert pas", author="op")
    for _ in range(2):
        run(subscription, day)
    term.refresh_from_db()
    assert 0 < net(term) < asked
    assert net(term) == total(bought(term))
    assert Invoice.objects.filter(kind=Invoice.Kind.CREDIT_NOTE).count() == 1


@pytest.mark.parametrize("rhythm", list(Rhythm))
@pytest.mark.parametrize("moment", ["start", "end"])
def test_a_commune_merged_in_mid_year_is_paid_by_two_who_sum_to_the_whole(
    cast: Cast, rhythm: Rhythm, moment: str
) -> None:
    subscription = trial(cast)
    term = order(cast, LAST, rhythm=rhythm, moment=moment)
    run(subscription, LAST)
    whole = total(bought(term))
    into = Account.objects.create(
        kind="group", name="CC du Beffroi", siren="200000172", siret="20000017200018", departement="80",
        street="1 place", postal_code="80100", city="Doux", changed_by="op", moment=moment,
    )  # fmt: skip
    day = date(2027, 7, 14)
    with on(day, subscription):
        for _ in range(2):
            merge(subscription=of(cast.aubin), into=into, on=day, author="op")
    for later in (day, date(2027, 8, 1), date(2028, 1, 1)):
        run(subscription, later)
    first, second = Term.objects.order_by("first")
    assert (first.cut_on, second.first, second.account) == (day, day, into)
    assert net(first) + net(second) == whole
    assert net(first) == total(bought(first))
    assert set(second.invoices.values_list("account__name", flat=True)) == {"CC du Beffroi"}
    later = second.invoices.first()
    assert later is not None
    assert payers(later) == [project.OPERATOR_EMAIL], "who ordered pays no more"
    assert later.content["order_reference"] == ""
    shown = {invoice.account_id for invoice, _state, _tone in invoices_of(first.order)}
    assert shown <= {first.account_id}


def test_an_invoice_that_cannot_be_made_stops_no_other_thing_but_the_erasure(
    cast: Cast, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    subscription = trial(cast)
    order(cast, LAST)
    Account.objects.filter(commune=cast.aubin.insee).update(siret="not a siret", name="")
    with pytest.raises(Exception), on(date(2028, 1, 1), subscription):  # noqa: B017 - whichever refuses it
        advance(subscription)
    assert cast.aubin.space.state == Space.State.READ_ONLY
