"""What notifications keep about a person: what was told to their devices, and what these showed of it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.catalogue import PersonalRecord
from core.delivery.models import OutgoingPush
from core.privacy.registry import forgets, keeps
from core.privacy.retention import some


@keeps(gettext_lazy("Les notifications que nous vous envoyons"), order=43)
def notifications(user: User) -> Iterable[PersonalRecord]:
    for push in OutgoingPush.objects.filter(device__user=user).select_related("announcement").order_by("pk"):
        said = {"titre": push.announcement.title, "état": push.get_state_display()}
        yield PersonalRecord(_("Notification"), push.done_at or push.not_before, said)


@forgets(
    gettext_lazy("Sur quel appareil une notification est arrivée"),
    months=3,
    why=gettext_lazy("Montrer qui a vu une alerte, et remarquer les appareils qui ne montrent plus rien."),
)
def old_arrivals(before: datetime) -> int:
    return some(OutgoingPush.objects.filter(device__isnull=False, done_at__lte=before)).update(device=None)
