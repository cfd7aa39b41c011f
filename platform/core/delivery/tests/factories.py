"""E-mails and notifications that wait, and who asked for them."""

from datetime import timedelta

from django.utils import timezone

from core.accounts.models import User
from core.delivery.models import (
    Announcement,
    Channel,
    Consent,
    DeliveryState,
    Device,
    FollowedArea,
    LetterIssue,
    OutgoingEmail,
    OutgoingPush,
    OutgoingSms,
    PhoneCode,
    Rules,
    SmsConsent,
    SmsCredit,
    SmsRoute,
    SmsTally,
    SuppressedAddress,
)
from core.delivery.models.email import Kind
from core.tenancy.keys import uuid7
from core.territory.models import Area
from tests.planting import Mark, Plot, factory

# A browser's keys, from RFC 8291, appendix A.
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"


@factory(OutgoingEmail)
def email(plot: Plot, mark: Mark) -> OutgoingEmail:
    now = timezone.now()
    return OutgoingEmail.objects.create(
        recipient=mark.email,
        subject=mark.text,
        text=mark.text,
        html=f"<p>{mark.text}</p>",
        not_before=now,
        expires_at=now + timedelta(days=1),
    )


@factory(SuppressedAddress)
def suppressed(plot: Plot, mark: Mark) -> SuppressedAddress:
    return SuppressedAddress.objects.create(address=mark.email, kind=Kind.REFUSED, reason=mark.text)


@factory(Device)
def device(plot: Plot, mark: Mark) -> Device:
    return Device.objects.create(
        user=plot[User],
        endpoint=f"https://fcm.googleapis.com/fcm/send/{mark.secret}",
        p256dh=P256DH,
        auth=AUTH,
        seen_at=timezone.now(),
        silent_since=timezone.now(),
    )


@factory(Consent)
def consent(plot: Plot, mark: Mark) -> Consent:
    return Consent.objects.create(
        user=plot[User], topic=mark.secret[:31], channel=Channel.PUSH, version="2026-11", withdrawn_at=timezone.now()
    )


@factory(FollowedArea, marked=False)
def followed(plot: Plot, mark: Mark) -> FollowedArea:
    return FollowedArea.objects.create(user=plot[User], area=plot[Area])


@factory(Announcement)
def announcement(plot: Plot, mark: Mark) -> Announcement:
    now = timezone.now()
    return Announcement.objects.create(
        topic="news",
        key=uuid7(),
        title=mark.text,
        text=mark.text,
        url="/actualites/",
        author=mark.email,
        leaves_at=now,
        expires_at=now + timedelta(days=1),
    )


@factory(OutgoingPush)
def push(plot: Plot, mark: Mark) -> OutgoingPush:
    told = plot[Announcement]
    return OutgoingPush.objects.create(
        announcement=told,
        device=plot[Device],
        state=DeliveryState.ACCEPTED,
        done_at=told.leaves_at,
        not_before=told.leaves_at,
        expires_at=told.expires_at,
        last_error=mark.text,
    )


@factory(Rules)
def rules(plot: Plot, mark: Mark) -> Rules:
    return Rules.objects.create(daily_cap=3, author=mark.email)


@factory(LetterIssue, marked=False)
def issue(plot: Plot, mark: Mark) -> LetterIssue:
    now = timezone.now()
    return LetterIssue.objects.create(period=Channel.DAILY, since=now - timedelta(days=1), until=now, recipients=1)


@factory(OutgoingSms)
def sms(plot: Plot, mark: Mark) -> OutgoingSms:
    now = timezone.now()
    return OutgoingSms.objects.create(
        key=uuid7(),
        user=plot[User],
        recipient="+33612345678",
        text=mark.text,
        segments=1,
        not_before=now,
        expires_at=now + timedelta(hours=6),
        last_error=mark.text,
    )


@factory(SmsConsent)
def sms_consent(plot: Plot, mark: Mark) -> SmsConsent:
    return SmsConsent.objects.create(
        user=plot[User],
        number="+33612345678",
        topic=mark.secret[:31],
        version="2026-11",
        author=mark.email,
        withdrawn_at=timezone.now(),
    )


@factory(PhoneCode, marked=False)
def phone_code(plot: Plot, mark: Mark) -> PhoneCode:
    later = timezone.now() + timedelta(minutes=15)
    return PhoneCode.objects.create(user=plot[User], number="+33612345678", topics=["alerts"], expires_at=later)


@factory(SmsCredit)
def sms_credit(plot: Plot, mark: Mark) -> SmsCredit:
    return SmsCredit.objects.create(kind=SmsCredit.Kind.SPENT, segments=-1, note=mark.text, author=mark.email)


@factory(SmsRoute, marked=False)
def sms_route(plot: Plot, mark: Mark) -> SmsRoute:
    return SmsRoute.objects.create(provider="ovh", provider_id=uuid7().hex, schema_name=plot.schema_name)


@factory(SmsTally, marked=False)
def sms_tally(plot: Plot, mark: Mark) -> SmsTally:
    return SmsTally.objects.create(provider="ovh", day=timezone.localdate(), kind="taken", count=1)


# No address of a provider: the walks are strangers to it.
SAMPLES = {("delivery:unsubscribe", "word"): "mot-signe", ("sms", "secret"): "devine", ("mail", "secret"): "devine"}
