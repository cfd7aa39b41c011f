"""What the media keep about a person: which files they sent."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.catalogue import PersonalRecord
from core.media import actions
from core.media.models import Asset
from core.privacy.registry import forgets, keeps


@keeps(gettext_lazy("Les fichiers que vous avez envoyés"), order=61)
def files(user: User) -> Iterable[PersonalRecord]:
    for asset in Asset.objects.filter(author_id=user.pk).order_by("created_at"):
        yield PersonalRecord(
            _("Fichier envoyé"), asset.created_at, {"nom": asset.original_name, "description": asset.alt}
        )


@forgets(
    gettext_lazy("Qui a envoyé les photos et les fichiers"),
    months=60,
    why=gettext_lazy("Savoir à qui demander si une photo peut rester en ligne."),
)
def old_authors(before: datetime) -> int:
    return actions.forget_authors(before)
