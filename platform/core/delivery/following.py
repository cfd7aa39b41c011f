"""Choosing the parts of the commune to be told of."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.delivery.models import Device, FollowedArea, SmsConsent
from core.territory.models import Area

Owner = User | Device | SmsConsent
CLOSED = _("Cette partie de la commune n’est plus proposée : %(name)s.")


def followed(owner: Owner) -> QuerySet[Area]:
    """The areas that it follows, those that are offered no more included; none is the whole commune."""
    return Area.objects.filter(pk__in=FollowedArea.objects.filter(**_owned(owner)).values("area"))


@transaction.atomic
def follow(owner: Owner, areas: Collection[Area]) -> None:
    """Follow these areas and no other; none is the whole commune. The devices and numbers of a person follow what the
    person does.

    Raises ValidationError (`closed`), changing nothing, for an area that is offered no more and was not followed.
    """
    owned = _owned(owner)
    ((_name, who),) = owned.items()
    who.__class__._default_manager.select_for_update(of=("self",)).get(pk=who.pk)
    kept = set(FollowedArea.objects.filter(**owned).values_list("area", flat=True))
    new = [area for area in areas if area.pk not in kept]
    if closed := next((area for area in new if area.closed_at), None):
        raise ValidationError(CLOSED, code="closed", params={"name": closed.name})
    FollowedArea.objects.filter(**owned).exclude(area__in=areas).delete()
    FollowedArea.objects.bulk_create(FollowedArea(**owned, area=area) for area in dict.fromkeys(new))


def _owned(owner: Owner) -> dict[str, Any]:
    if isinstance(owner, User):
        return {"user": owner}
    if owner.user is not None:
        return {"user": owner.user}
    return {"device": owner} if isinstance(owner, Device) else {"sms_consent": owner}
