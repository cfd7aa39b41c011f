"""The price book's versions: read, drafted in a grid whose faults stand at their cell, published once and for all."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from billing.models import PriceVersion
from billing.queries.books import in_force
from console.grids import cents_of, in_euros
from console.tests.conftest import noted
from tests.cast import Cast

AMOUNT = re.compile(r'<data class="amount" value="(\d+)">')


@pytest.fixture
def draft(console: Client) -> PriceVersion:
    console.post(f"/prix/{in_force().pk}/brouillon/")
    return PriceVersion.objects.drafts().get()


def test_nobody_else_reads_or_writes_prices(cast: Cast, client: Client) -> None:
    for path in ("/prix/", f"/prix/{in_force().pk}/", f"/prix/{in_force().pk}/publier/"):
        assert client.get(path, HTTP_HOST=cast.console_host, secure=True).status_code == 302
    client.post(f"/prix/{in_force().pk}/brouillon/", HTTP_HOST=cast.console_host, secure=True)
    assert not PriceVersion.objects.drafts().exists()


def test_a_version_that_does_not_exist_is_not_found(console: Client) -> None:
    for more in ("", "publier/"):
        assert console.get(f"/prix/{uuid4()}/{more}").status_code == 404


def test_every_amount_of_a_version_is_shown_and_no_other(console: Client) -> None:
    version = in_force()
    assert f"/prix/{version.pk}/" in console.get("/prix/").content.decode()
    shown = [int(cents) for cents in AMOUNT.findall(console.get(f"/prix/{version.pk}/").content.decode())]
    book = version.book
    columns = (book.base, *book.modules.values(), *(pack.amounts for pack in book.packs))
    listed = [
        column.yearly[at] if rhythm == "yearly" else column.monthly[at]
        for rhythm in ("yearly", "monthly")
        for at in range(len(book.brackets))
        for column in columns
    ]
    assert shown == [*listed, *(pack.cents for pack in book.sms_packs)]


@pytest.mark.parametrize("typed", ["", "dix", "-4", "1,005", "1e9", "nan", "99999999999999"])
def test_what_is_no_amount_is_told_at_its_cell_and_nothing_is_lost(
    console: Client, draft: PriceVersion, typed: str
) -> None:
    page = console.post(f"/prix/{draft.pk}/", {"base.yearly[0]": typed, "base.monthly[0]": "7,25"})
    html = page.content.decode()
    assert page.status_code == 422
    assert 'id="base-yearly-0-fault"' in html and 'value="7,25"' in html
    assert PriceVersion.objects.get(pk=draft.pk).content == draft.content


def test_a_larger_commune_that_would_pay_less_is_told_at_its_cell(console: Client, draft: PriceVersion) -> None:
    page = console.post(f"/prix/{draft.pk}/", {"base.yearly[1]": "1"})
    assert page.status_code == 422 and 'id="base-yearly-1-fault"' in page.content.decode()


def test_a_draft_is_kept_compared_and_published_for_ever(console: Client, draft: PriceVersion) -> None:
    before = in_force()
    cents = before.book.base.yearly[-1]
    assert console.post(f"/prix/{draft.pk}/", {"base.yearly[8]": in_euros(cents * 11 // 10)}).status_code == 302
    html = console.get(f"/prix/{draft.pk}/publier/").content.decode()
    assert AMOUNT.findall(html) == [str(cents), str(cents * 11 // 10)] and "+10" in html
    yesterday, tomorrow = timezone.localdate() - timedelta(days=1), timezone.localdate() + timedelta(days=1)
    assert console.post(f"/prix/{draft.pk}/publier/", {"on": yesterday.isoformat()}).status_code == 422
    assert console.post(f"/prix/{draft.pk}/publier/", {"on": ""}).status_code == 422
    for _twice in range(2):
        console.post(f"/prix/{draft.pk}/publier/", {"on": tomorrow.isoformat()})
    assert in_force() == before and in_force(tomorrow).pk == draft.pk
    assert [entry.verb for entry in noted() if entry.verb == "billing.book_published"] == ["billing.book_published"]
    console.post(f"/prix/{draft.pk}/", {"base.yearly[8]": "1"})
    console.post(f"/prix/{draft.pk}/jeter/")
    assert in_force(tomorrow).book.base.yearly[-1] == cents * 11 // 10


def test_two_versions_do_not_begin_on_one_day(console: Client, draft: PriceVersion) -> None:
    page = console.post(f"/prix/{draft.pk}/publier/", {"on": timezone.localdate().isoformat()})
    assert page.status_code == 302
    console.post(f"/prix/{in_force().pk}/brouillon/")
    other = PriceVersion.objects.drafts().get()
    assert console.post(f"/prix/{other.pk}/publier/", {"on": timezone.localdate().isoformat()}).status_code == 422


def test_a_draft_is_thrown_away_once(console: Client, draft: PriceVersion) -> None:
    for _twice in range(2):
        assert console.post(f"/prix/{draft.pk}/jeter/").status_code == 302
    assert not PriceVersion.objects.drafts().exists()


@pytest.mark.parametrize(("typed", "cents"), [("40", 4000), ("40,5", 4050), ("1 234,50 €", 123450), ("0", 0)])
def test_amounts_are_typed_as_they_are_written(typed: str, cents: int) -> None:
    assert cents_of(typed) == cents
