"""Jobs of the accounts."""

from datetime import datetime

from core.accounts.actions import purge_unverified
from core.accounts.invitations import forget_invitations
from core.accounts.residency import forget_addresses
from core.tenancy.due import due_job


@due_job("accounts.purge")
def purge() -> datetime | None:
    return purge_unverified()


@due_job("accounts.forget_invitations")
def forget_old_invitations() -> datetime | None:
    return forget_invitations()


@due_job("accounts.forget_letters")
def forget_old_letters() -> datetime | None:
    return forget_addresses()
