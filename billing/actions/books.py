"""Drafting and publishing price books. What is published is sold from its day on, and never changes."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from billing.models import PriceVersion
from billing.models.book import Sold
from billing.prices import book_from
from billing.queries.books import unpriced
from core.accounts.models import User
from core.audit.actions import record
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR

BOOKS = Path(__file__).parents[1] / "books"
LOADER = "Beffroi"


class DayTaken(Exception):
    """Another published version begins that day."""


class DayPassed(Exception):
    """Prices of days that are over are not written again."""


class NotWhole(Exception):
    """Modules of the catalogue have no price in this draft."""

    def __init__(self, keys: frozenset[str]) -> None:
        self.keys = keys
        super().__init__(", ".join(sorted(keys)))


@transaction.atomic
def load_books() -> list[PriceVersion]:
    """Publish the books of the code that were never published; a number that exists is left alone."""
    _one_at_a_time()
    loaded = []
    for path in sorted(BOOKS.glob("*.json")):
        content = json.loads(path.read_text())
        day = date.fromisoformat(content.pop("in_force_from"))
        number = book_from(content).number
        if not PriceVersion.objects.filter(number=number).exists():
            now = timezone.now()
            loaded.append(
                PriceVersion.objects.create(
                    number=number,
                    content=content,
                    in_force_from=day,
                    drafted_by=LOADER,
                    published_at=now,
                    published_by=LOADER,
                )
            )
    return loaded


@transaction.atomic
def draft_from(*, source: PriceVersion, author: User) -> PriceVersion:
    """A draft with another version's prices. One that its author made and left as it is, is that draft."""
    _one_at_a_time()
    for each in PriceVersion.objects.drafts().filter(drafted_by=author.email):
        if {**each.content, "number": source.number} == {**source.content, "number": source.number}:
            return each
    number = (PriceVersion.objects.aggregate(most=Max("number"))["most"] or 0) + 1
    content = {**source.content, "number": number}
    made = PriceVersion.objects.create(number=number, content=content, drafted_by=author.email)
    _note("billing.book_drafted", made, author, text=f"d’après la version {source.number}")
    return made


@transaction.atomic
def rewrite(*, key: UUID, content: Mapping[str, Any], author: User) -> PriceVersion:
    """Give a draft other prices. Raises BookError with every fault, Sold and PriceVersion.DoesNotExist."""
    version = _draft(key)
    said = {**content, "number": version.number}
    book_from(said)
    if version.content != said:
        version.content = said
        version.save(update_fields=["content"])
        _note("billing.book_changed", version, author)
    return version


@transaction.atomic
def discard(*, key: UUID, author: User) -> None:
    """Throw a draft away. Raises Sold and PriceVersion.DoesNotExist."""
    version = _draft(key)
    _note("billing.book_discarded", version, author)
    version.delete()


@transaction.atomic
def publish(*, key: UUID, on: date, author: User) -> PriceVersion:
    """Sell at these prices from a day on. Raises DayPassed, DayTaken, NotWhole, BookError, Sold, changing nothing."""
    _one_at_a_time()
    version = _draft(key)
    if on < timezone.localdate():
        raise DayPassed(str(on))
    if PriceVersion.objects.published().filter(in_force_from=on).exists():
        raise DayTaken(str(on))
    book_from(version.content)
    if missing := unpriced(version, sold_keys()):
        raise NotWhole(missing)
    version.in_force_from, version.published_at, version.published_by = on, timezone.now(), author.email
    version.save(update_fields=["in_force_from", "published_at", "published_by"])
    _note("billing.book_published", version, author, text=f"en vigueur le {on.isoformat()}")
    return version


def sold_keys() -> frozenset[str]:
    """The price keys of the installed modules."""
    return frozenset(manifest.price_key for manifest in settings.CATALOGUE)


def _draft(key: UUID) -> PriceVersion:
    version = PriceVersion.objects.select_for_update().get(pk=key)
    if version.is_published:
        raise Sold(str(version))
    return version


def _one_at_a_time() -> None:
    """Numbers and days are each taken once: whoever drafts or publishes waits for the other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('billing.books'))")


def _note(verb: str, version: PriceVersion, author: User, **detail: Any) -> None:
    with entered(OPERATOR):
        record(verb, target=f"Prix, version {version.number}", author=author, book=version.number, **detail)
