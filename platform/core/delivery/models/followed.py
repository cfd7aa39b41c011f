"""The parts of the commune that somebody asked to be told of."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.delivery.models.consent import Device
from core.delivery.models.sms import SmsConsent
from core.tenancy.models import CommuneModel
from core.territory.models import Area


class FollowedArea(CommuneModel):
    """A person, or a device or number without an account, follows an area. Who follows none is told everything; who
    follows some, what is of the whole commune and what touches one of theirs."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="followed", db_index=False
    )
    device = models.ForeignKey(Device, models.CASCADE, null=True, blank=True, related_name="followed", db_index=False)
    sms_consent = models.ForeignKey(
        SmsConsent, models.CASCADE, null=True, blank=True, related_name="followed", db_index=False
    )
    area = models.ForeignKey(Area, models.CASCADE, related_name="+", db_index=False)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, device__isnull=True, sms_consent__isnull=True)
                | Q(user__isnull=True, device__isnull=False, sms_consent__isnull=True)
                | Q(user__isnull=True, device__isnull=True, sms_consent__isnull=False),
                name="an_area_is_followed_by_one",
            ),
            models.UniqueConstraint(fields=["user", "area"], name="a_person_follows_an_area_once"),
            models.UniqueConstraint(fields=["device", "area"], name="a_device_follows_an_area_once"),
            models.UniqueConstraint(fields=["sms_consent", "area"], name="a_number_follows_an_area_once"),
        ]

    def __str__(self) -> str:
        return f"area {self.area_id} since {self.since:%Y-%m-%d}"
