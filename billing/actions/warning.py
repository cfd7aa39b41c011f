"""Words that are due: what ends soon, what was not paid, what is erased soon. Each once; of several, the last."""

from datetime import date

from billing.actions.letters import Letter, erasure_near, invoice_late, payers, readers, term_ends, trial_ends, write
from billing.models import Invoice, Notice, Subscription
from billing.queries.days import local_today, supplier_today
from billing.queries.money import late
from billing.queries.situation import standing_of
from billing.queries.standing import Standing, State

BEFORE_TRIAL_ENDS: tuple[int, ...] = (0, 3, 15)
BEFORE_TERM_ENDS: tuple[int, ...] = (1, 7, 30, 60)
BEFORE_ERASURE: tuple[int, ...] = (1, 7, 30)
AFTER_DUE = (60, 30)
ERASURE = "erasure:"


def warn(subscription: Subscription) -> None:
    """Write what is due today and was not written."""
    today = local_today(subscription.commune)
    if subscription.space is not None:
        _of_days(subscription, standing_of(subscription, today), today)
    _of_money(subscription)


def _of_days(subscription: Subscription, standing: Standing, today: date) -> None:
    until = standing.until
    if until is None or standing.waiting:
        return
    left = (until - today).days
    match standing.state:
        case State.TRIAL:
            what, marks, letter = "trial:", BEFORE_TRIAL_ENDS, trial_ends(subscription, left)
        case State.ACTIVE | State.ENDING | State.UNPAID:
            what, marks, letter = "term:", BEFORE_TERM_ENDS, term_ends(subscription, until, left)
        case State.READ_ONLY if standing.erased_after:
            left += 1  # it is erased on the day after
            what, marks, letter = ERASURE, BEFORE_ERASURE, erasure_near(subscription, until, left)
        case _:
            return
    mark = _mark(marks, left)
    if mark is not None:
        _once(subscription, f"{what}{until}:{mark}", letter)


def _mark(marks: tuple[int, ...], left: int) -> int | None:
    """The word that is due so many days before: the last of those whose day has come."""
    return next((mark for mark in marks if left <= mark), None)


def _of_money(subscription: Subscription) -> None:
    today = supplier_today()
    for invoice, _left in late(subscription, today):
        mark = next((mark for mark in AFTER_DUE if (today - invoice.due_on).days >= mark), None)
        if mark is not None and _speaks(subscription, invoice):
            _once(subscription, f"late:{invoice.number}:{mark}", invoice_late(invoice), payers(invoice))


def _speaks(subscription: Subscription, invoice: Invoice) -> bool:
    """Of the communes that one invoice is for, one speaks of it: its payer is told once."""
    first = invoice.terms.order_by("subscription__space", "pk").values_list("subscription", flat=True).first()
    return first in (None, subscription.pk)


def _once(subscription: Subscription, name: str, letter: Letter, to: list[str] | None = None) -> None:
    _, new = Notice.objects.get_or_create(subscription=subscription, name=name)
    if new:
        write(letter, readers(subscription) if to is None else to)
