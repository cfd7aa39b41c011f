"""A factor, a session and a change of address of somebody of the commune."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.utils import timezone

from core.accounts.models import User
from core.security.models import AddressChange, SignedIn, TrustedDevice
from tests.planting import Mark, Plot, factory


@factory(Authenticator)
def authenticator(plot: Plot, mark: Mark) -> Authenticator:
    found: Authenticator = Authenticator.objects.create(
        user=plot[User], type=Authenticator.Type.WEBAUTHN, data={"name": mark.text, "credential": {}}
    )
    return found


@factory(SignedIn)
def signed_in(plot: Plot, mark: Mark) -> SignedIn:
    return SignedIn.objects.create(
        user=plot[User], session_key=plot[Session].pk, browser=mark.text[:60], seen_on=timezone.now().date()
    )


@factory(TrustedDevice)
def trusted_device(plot: Plot, mark: Mark) -> TrustedDevice:
    return TrustedDevice.objects.create(
        user=plot[User], token=mark.secret[:64], browser=mark.text[:60], seen_on=timezone.now().date()
    )


@factory(AddressChange)
def change(plot: Plot, mark: Mark) -> AddressChange:
    return AddressChange.objects.create(
        user=plot[User],
        old=mark.email,
        new=plot[User].email,
        token=mark.secret[:64],
        until=timezone.now() + timedelta(days=1),
    )


SAMPLES = {
    ("security:remove", "pk"): Authenticator,
    ("security:end", "pk"): SignedIn,
    ("security:forget", "pk"): TrustedDevice,
}
