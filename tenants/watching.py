"""Telling a commune's people that its space is open: who asked, proved the address, and was not told yet."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from core.delivery.actions import send_email
from core.tenancy.context import entered
from core.tenancy.due import due
from core.tenancy.here import OPERATOR
from core.web.french import of_commune
from tenants.hosts import portal_url, space_url
from tenants.models import OPEN, Commune, OpeningWatch, Space

PURGE, TELL = "watches.purge", "watches.tell"
BATCH = 100
ASKED_AGAIN_AFTER = timedelta(minutes=2)
UNCONFIRMED_KEPT = timedelta(days=7)
TOLD_KEPT = timedelta(days=30)
CONFIRMED_KEPT = timedelta(days=3 * 365)
# A link that stops works from every mail ever sent: it names the row under our signature, and holds no secret at rest.
_STOP = Signer(salt="tenants.watching.stop")


@transaction.atomic
def watch(commune: Commune, email: str) -> None:
    """Keep an address and write to it: nothing more is sent before its owner follows the link.

    Asked again, it sends a new link, which replaces the one before; at most one every two minutes. A commune whose
    space is open already has nothing to tell, and nothing is kept.
    """
    if _is_open(commune):
        return
    word, now = token_urlsafe(32), timezone.now()
    found, created = OpeningWatch.objects.select_for_update().get_or_create(
        commune=commune, email=email.strip().lower(), defaults={"token_hash": _hashed(word)}
    )
    if not created:
        if found.asked_at > now - ASKED_AGAIN_AFTER:
            return
        OpeningWatch.objects.filter(pk=found.pk).update(token_hash=_hashed(word), asked_at=now)
    context = {
        "of_commune": of_commune(commune.name),
        "confirm": portal_url(f"/prevenir/confirmer/{word}/"),
        "stop": _stop_url(found),
        "days": UNCONFIRMED_KEPT.days,
    }
    with entered(OPERATOR):
        send_email("watch_confirm", to=found.email, context=context)
        due(PURGE, now + UNCONFIRMED_KEPT)


def asked(word: str) -> Commune | None:
    """The commune that a link confirms, None when the link is unknown, replaced or too old. Changes nothing."""
    found = _asked(word).select_related("commune__space").first()
    return found.commune if found else None


@transaction.atomic
def confirm(word: str) -> Commune | None:
    """The owner of the address followed the link. None when it is unknown, replaced or too old.

    Where the space opened meanwhile there is nothing left to tell: the address is forgotten at once.
    """
    found = _asked(word).first()
    if found is None:
        return None
    commune = _alone(found.commune_id)
    if _is_open(commune):
        OpeningWatch.objects.filter(pk=found.pk).delete()
    else:
        OpeningWatch.objects.filter(pk=found.pk, confirmed_at=None).update(confirmed_at=timezone.now())
        with entered(OPERATOR):
            due(PURGE, timezone.now() + CONFIRMED_KEPT)
    return commune


def is_stop(word: str) -> bool:
    """Whether a link that stops is ours; the address behind it may be forgotten already."""
    return _stopped(word) is not None


@transaction.atomic
def forget(word: str) -> bool:
    """Forget an address, from the link of any mail. True when the link is ours, whether or not anything was left."""
    key = _stopped(word)
    if key is None:
        return False
    OpeningWatch.objects.filter(pk=key).delete()
    return True


@transaction.atomic
def owe_watchers(commune: Commune) -> int:
    """Owe a word to everybody who confirmed, in the transaction that makes the space active; return how many."""
    _alone(commune.pk)
    count = _untold().filter(commune=commune).count()
    if count:
        with entered(OPERATOR):
            due(TELL)
    return count


@transaction.atomic
def tell_watchers() -> datetime | None:
    """Write to a batch of those whose commune is open, once to each; return now when more may be waiting."""
    opened = Space.objects.select_related("commune").filter(state__in=OPEN)
    rows = _untold().filter(commune__in=opened.values("commune")).order_by("pk")
    batch = list(rows.select_for_update(skip_locked=True)[:BATCH])
    spaces = {each.commune_id: each for each in opened.filter(commune__in={row.commune_id for row in batch})}
    with entered(OPERATOR):
        for row in batch:
            space = spaces[row.commune_id]
            context = {"of_commune": of_commune(space.commune.name), "home": space_url(space, "/")}
            send_email("watch_opened", to=row.email, context={**context, "stop": _stop_url(row)})
        if batch:
            due(PURGE, timezone.now() + TOLD_KEPT)
    OpeningWatch.objects.filter(pk__in=[row.pk for row in batch]).update(told_at=timezone.now())
    return timezone.now() if len(batch) == BATCH else None


@transaction.atomic
def purge_watches() -> datetime | None:
    """Forget addresses never confirmed, told long enough ago, or kept for years; return when the next one is due."""
    now = timezone.now()
    ends = (
        (Q(confirmed_at__isnull=True), "asked_at", UNCONFIRMED_KEPT),
        (Q(told_at__isnull=False), "told_at", TOLD_KEPT),
        (Q(confirmed_at__isnull=False, told_at__isnull=True), "confirmed_at", CONFIRMED_KEPT),
    )
    following: list[datetime] = []
    for condition, start, kept in ends:
        rows = OpeningWatch.objects.filter(condition)
        rows.filter(**{f"{start}__lte": now - kept}).delete()
        eldest = rows.aggregate(eldest=Min(start))["eldest"]
        if eldest:
            following.append(eldest + kept)
    return min(following, default=None)


def _alone(insee: str) -> Commune:
    """Take turns with the others who confirm or tell: nobody confirms just after everybody was told."""
    return Commune.objects.select_for_update(no_key=True).get(pk=insee)


def _untold() -> QuerySet[OpeningWatch]:
    return OpeningWatch.objects.filter(confirmed_at__isnull=False, told_at__isnull=True)


def _is_open(commune: Commune) -> bool:
    return bool(Space.objects.filter(commune=commune, state__in=OPEN).exists())


def _asked(word: str) -> QuerySet[OpeningWatch]:
    fresh = Q(confirmed_at__isnull=False) | Q(asked_at__gt=timezone.now() - UNCONFIRMED_KEPT)
    return OpeningWatch.objects.filter(fresh, token_hash=_hashed(word))


def _stop_url(row: OpeningWatch) -> str:
    return portal_url(f"/prevenir/arreter/{_STOP.sign(row.pk.hex)}/")


def _stopped(word: str) -> UUID | None:
    try:
        return UUID(_STOP.unsign(word))
    except (BadSignature, ValueError):
        return None


def _hashed(word: str) -> str:
    return sha256(word.encode()).hexdigest()
