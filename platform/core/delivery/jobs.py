"""Jobs of the outbox."""

from datetime import datetime

from core.delivery.actions import OUTBOX, PUSHES, SMS
from core.delivery.letters import LETTERS
from core.delivery.letters import send_letters as write_letters
from core.delivery.outbox import empty_outbox
from core.delivery.push.sending import empty_pushes
from core.delivery.sms.codes import FORGET
from core.delivery.sms.codes import forget_codes as forget_sms_codes
from core.delivery.sms.sending import empty_sms
from core.tenancy.due import due_job


@due_job(OUTBOX)
def send_outbox() -> datetime | None:
    return empty_outbox()


@due_job(LETTERS)
def send_letters() -> datetime | None:
    return write_letters()


@due_job(PUSHES)
def send_pushes() -> datetime | None:
    return empty_pushes()


@due_job(SMS)
def send_sms() -> datetime | None:
    return empty_sms()


@due_job(FORGET)
def forget_codes() -> datetime | None:
    return forget_sms_codes()
