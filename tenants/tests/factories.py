"""What the registry keeps of a commune that has a space."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from core.accounts.models import User
from core.tenancy.here import current
from tenants.models import (
    Commune,
    CommuneContour,
    DirectoryVersion,
    Entitlement,
    Erasure,
    Export,
    Mandate,
    MandateMessage,
    ModuleOptions,
    ModuleSwitch,
    OpeningWatch,
    Signup,
    Space,
    Suspension,
    Ticket,
)
from tests.planting import Mark, Plot, factory


@factory(Commune, marked=False)
def commune(plot: Plot, mark: Mark) -> Commune:
    return Commune.objects.get(pk=current().commune_id)


@factory(CommuneContour, marked=False)
def contour(plot: Plot, mark: Mark) -> CommuneContour:
    return CommuneContour.objects.get(commune=plot[Commune])


@factory(DirectoryVersion, marked=False)
def directory(plot: Plot, mark: Mark) -> DirectoryVersion:
    return DirectoryVersion.objects.create(sha256="0" * 64)


@factory(Space, marked=False)
def space(plot: Plot, mark: Mark) -> Space:
    found: Space = Space.objects.get(schema_name=plot.schema_name)
    return found


@factory(Suspension)
def suspension(plot: Plot, mark: Mark) -> Suspension:
    return Suspension.objects.create(
        space=plot[Space], reason=mark.text, author=mark.email, lifted_at=timezone.now(), lifted_by=mark.email
    )


@factory(Signup)
def signup(plot: Plot, mark: Mark) -> Signup:
    return Signup.objects.create(
        commune=plot[Commune],
        space=plot[Space],
        name=mark.text,
        capacity=Signup.Capacity.MAYOR,
        email=mark.email,
        completed_at=timezone.now(),
    )


@factory(Mandate)
def mandate(plot: Plot, mark: Mark) -> Mandate:
    return Mandate.objects.create(signup=plot[Signup], reason=mark.text)


@factory(MandateMessage)
def message(plot: Plot, mark: Mark) -> MandateMessage:
    return MandateMessage.objects.create(
        mandate=plot[Mandate], side=MandateMessage.Side.OPERATOR, author=mark.email, text=mark.text
    )


@factory(OpeningWatch)
def watch(plot: Plot, mark: Mark) -> OpeningWatch:
    return OpeningWatch.objects.create(commune=plot[Commune], email=mark.email, token_hash=mark.secret)


@factory(Ticket)
def ticket(plot: Plot, mark: Mark) -> Ticket:
    return Ticket.objects.create(
        space=plot[Space],
        person=plot[User].pk,
        token_hash=mark.secret,
        expires_at=timezone.now() + timedelta(minutes=1),
    )


@factory(Entitlement)
def entitlement(plot: Plot, mark: Mark) -> Entitlement:
    return Entitlement.objects.create(space=plot[Space], module="news", source="planted", author=mark.email)


@factory(ModuleSwitch)
def switch(plot: Plot, mark: Mark) -> ModuleSwitch:
    """One that ended."""
    return ModuleSwitch.objects.create(
        space=plot[Space], module="news", author=mark.email, off_at=timezone.now(), off_by=mark.email
    )


@factory(ModuleOptions)
def options(plot: Plot, mark: Mark) -> ModuleOptions:
    return ModuleOptions.objects.create(space=plot[Space], module="news", author=mark.email)


@factory(Export, marked=False)
def export(plot: Plot, mark: Mark) -> Export:
    """One that is ready; who opens it finds whose it is."""
    data = f"PK {mark.text}".encode()
    made = Export.objects.create(space=plot[Space], person=plot[User].pk, ready_at=timezone.now(), bytes=len(data))
    default_storage.save(made.name, ContentFile(data))
    return made


@factory(Erasure, marked=False)
def erasure(plot: Plot, mark: Mark) -> Erasure:
    return Erasure.objects.create(commune=plot[Commune], facts={}, at=timezone.now(), over_at=timezone.now())
