"""The nightly work: do the useful links still answer, and what was removed a month ago goes."""

import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.organisation.queries import local_now
from core.tenancy.due import due
from core.tenancy.here import current
from core.web.reaching import Answer, Reached, reach
from modules.presentation.models import (
    CanteenWeek,
    Collection,
    CollectionChange,
    Listed,
    LocalNumber,
    Market,
    Member,
    Outcome,
    UsefulLink,
)

JOB = "presentation.nightly"
HOUR, SPREAD = 2, 180
AT_ONCE = 8
LONGEST = 300
KEPT_REMOVED = timedelta(days=30)
GONE = frozenset({404, 410})
FINE = frozenset({Outcome.FINE, Outcome.MOVED})
# Those that ask for an account, or answer programs otherwise, are there all the same.
THERE = frozenset({401, 402, 403, 405, 406, 407, 429, 451, 999})


def owe_nightly() -> None:
    """Ask for the nightly work, in the caller's transaction; asked again, it stays one."""
    due(JOB, next_night(timezone.now()))


def nightly() -> datetime:
    """Check the links and forget what was removed; return when it is due next."""
    check_links()
    sweep(timezone.now() - KEPT_REMOVED)
    return next_night(timezone.now())


def next_night(moment: datetime) -> datetime:
    """Two to five in the commune's night: each commune at its own minute, so that no site hears all of them at once."""
    minute = zlib.crc32(current().schema_name.encode()) % SPREAD
    there = local_now(moment)
    night = there.replace(hour=HOUR, minute=0, second=0, microsecond=0) + timedelta(minutes=minute)
    return night if night > there else night + timedelta(days=1)


def check_links(ask: Callable[[str], Answer] = reach) -> None:
    """Ask every link outside the space, some at a time and outside any transaction, and keep what each answered.

    A night on which none of several answers says more about our own network than about theirs: nothing is kept of it.
    """
    links = [link for link in UsefulLink.objects.kept() if not link.is_own]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = dict(zip((link.url for link in links), pool.map(ask, [link.url for link in links]), strict=True))
    if len(answers) > 1 and all(each.reached is Reached.SILENT for each in answers.values()):
        return
    _keep(links, answers)


@transaction.atomic
def _keep(links: Iterable[UsefulLink], answers: dict[str, Answer]) -> None:
    now = timezone.now()
    for link in links:
        answer = answers[link.url]
        outcome = judged(answer, link.url)
        # A link that was given another address meanwhile was not the one that was asked.
        UsefulLink.objects.filter(pk=link.pk, url=link.url).update(
            checked_at=now,
            outcome=outcome,
            final_url=answer.url[:LONGEST] if outcome == Outcome.MOVED else "",
            failures=0 if outcome in FINE else F("failures") + 1,
        )


def judged(answer: Answer, url: str) -> Outcome:
    match answer:
        case Answer(reached=Reached.REFUSED):
            return Outcome.REFUSED
        case Answer(reached=Reached.SILENT):
            return Outcome.SILENT
        case Answer(status=status) if status in GONE:
            return Outcome.GONE
        case Answer(status=status) if status >= 400 and status not in THERE:
            return Outcome.FAILING
        case _:
            return Outcome.FINE if _same(answer.url, url) else Outcome.MOVED


def _same(one: str, two: str) -> bool:
    """Whether two addresses are one page: a slash at the end and https in place of http change nothing."""
    bare = [each.partition("://")[2].rstrip("/").removeprefix("www.") for each in (one, two)]
    return bare[0] == bare[1]


def sweep(before: datetime) -> int:
    """Erase what was removed by then; files that nothing shows any more follow by themselves."""
    models: tuple[type[Listed], ...] = (
        Member, UsefulLink, LocalNumber, CollectionChange, Collection, CanteenWeek, Market,
    )  # fmt: skip
    return sum(model._default_manager.filter(removed_at__lte=before).delete()[0] for model in models)
