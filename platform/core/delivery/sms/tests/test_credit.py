"""A commune spends what it paid beforehand, and no more."""

import pytest
from django.core.exceptions import ValidationError

from core.accounts.models import User
from core.audit.models import Entry
from core.delivery.models import OutgoingSms, SmsCredit
from core.delivery.sms.credit import balance, buy, spend
from core.delivery.sms.tests.conftest import BOUGHT, ONE, TWO, promise
from core.delivery.sms.tests.services import Services
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from tests.cast import Cast


def test_what_is_sent_is_paid_with_its_rows(in_aubin: None) -> None:
    promise(ONE, TWO, text="Coupure d'eau. " * 12)
    assert balance() == BOUGHT - 4
    spent = SmsCredit.objects.get(kind="spent")
    assert (spent.segments, spent.author) == (-4, "")


def test_a_sending_that_costs_more_than_is_left_is_refused_whole(in_aubin: None) -> None:
    numbers = [f"+336{number:08d}" for number in range(BOUGHT + 1)]
    with pytest.raises(ValidationError) as refused:
        promise(*numbers)
    assert refused.value.code == "no_credit"
    assert refused.value.messages == [
        "Il reste 100 SMS à la commune et il en faut 101. Achetez des SMS, ou prévenez moins de monde."
    ]
    assert not OutgoingSms.objects.exists()
    assert balance() == BOUGHT


def test_the_last_segment_can_be_spent(in_aubin: None) -> None:
    promise(*(f"+336{number:08d}" for number in range(BOUGHT)))
    assert balance() == 0


def test_nothing_is_bought_of_nothing(in_aubin: None) -> None:
    for segments in (0, -5):
        with pytest.raises(ValueError, match="cannot be bought"):
            buy(segments=segments, note="", author=None)


def test_who_bought_and_who_spent_is_written_down(cast: Cast, in_aubin: None) -> None:
    somebody = User.objects.get(pk=cast.aubin.editor.id)
    spend(segments=3, note="essai", author=somebody)
    bought, spent = SmsCredit.objects.order_by("at", "pk")
    assert (bought.author, bought.note) == (cast.aubin.administrator.email, "commande 1")
    assert (spent.author, spent.note, spent.segments) == (somebody.email, "essai", -3)
    assert Entry.objects.filter(verb="delivery.sms_bought", author=cast.aubin.administrator.email).exists()


def test_one_communes_credit_is_not_anothers(cast: Cast, in_aubin: None, providers: Services) -> None:
    with enter(cast.belleville.schema_name):
        assert balance() == 0
        with pytest.raises(ValidationError):
            promise(key=uuid7())
