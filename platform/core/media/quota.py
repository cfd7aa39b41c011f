"""How much a commune may keep, and who must wait their turn to be counted."""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.media.models import Asset, AssetKind, Upload
from core.tenancy.here import current
from core.tenancy.registry import registry
from core.web.throttle import too_many

MOST_AN_HOUR: Final = 200
_NAMES: Final = {
    AssetKind.PICTURE: gettext_lazy("Images"),
    AssetKind.DOCUMENT: gettext_lazy("Documents"),
    AssetKind.VIDEO: gettext_lazy("Vidéos"),
}


@dataclass(frozen=True, slots=True)
class Usage:
    """Bytes: what is kept or announced, and how much may be."""

    used: int
    quota: int


def usage() -> Usage:
    kept = Asset.objects.aggregate(total=Sum("stored_bytes"))["total"] or 0
    coming = Upload.objects.filter(asset=None, refusal="").aggregate(total=Sum("size"))["total"] or 0
    return Usage(kept + coming, registry().media_quota(current().schema_name) or settings.MEDIA_QUOTA_BYTES)


def usage_by_kind() -> list[tuple[str, int, int]]:
    """For each kind of file its name, how many are kept, and their bytes; what nobody kept is not told."""
    found = Asset.objects.values("kind").annotate(count=Count("pk"), total=Sum("stored_bytes"))
    rows = {row["kind"]: (row["count"], row["total"]) for row in found}
    return [(str(_NAMES[kind]), *rows[kind]) for kind in AssetKind if kind in rows]


def make_room(weight: int, *, announced: int = 0) -> None:
    """Refuse what would not fit, `announced` of it being counted already. Until the transaction ends, nobody else of
    this commune is counted: two that fit alone cannot both be let in."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"media {current().schema_name}"])
    now = usage()
    if now.used - announced + weight > now.quota:
        told = {"weight": words(weight), "used": words(now.used - announced), "quota": words(now.quota)}
        said = _(
            "Il n’y a plus assez de place : ce fichier pèse %(weight)s, la commune garde déjà %(used)s sur %(quota)s. "
            "Supprimez des fichiers qui ne servent plus."
        )
        raise ValidationError(said % told, code="quota")


def admit(person: Any) -> None:
    """Refuse somebody who sends too many files."""
    if too_many("media", f"{current().schema_name} {getattr(person, 'pk', '')}", limit=MOST_AN_HOUR, seconds=3600):
        raise ValidationError(
            _("Vous avez envoyé beaucoup de fichiers. Réessayez dans une heure."), code="too_many_sent"
        )


def words(size: int) -> str:
    """A weight as people say it: « 12 ko », « 3,4 Mo », « 5 Go »."""
    for name, unit in ((_("Go"), 1024**3), (_("Mo"), 1024**2)):
        if size >= unit:
            number = f"{size / unit:.1f}".removesuffix(".0").replace(".", ",")
            return f"{number}\N{NARROW NO-BREAK SPACE}{name}"
    return f"{max(1, round(size / 1024)) if size else 0}\N{NARROW NO-BREAK SPACE}{_('ko')}"
