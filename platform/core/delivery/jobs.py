"""Jobs of the outbox. What was decided just now begins in a short run, which no long one keeps waiting; a job of its
own goes on with what is left."""

from datetime import datetime

from core.delivery.actions import MORE_MAILS, MORE_PUSHES, MORE_SMS, OUTBOX, PUSHES, SMS, WATCH
from core.delivery.letters import LETTERS
from core.delivery.letters import send_letters as write_letters
from core.delivery.outbox import empty_outbox
from core.delivery.push.sending import empty_pushes
from core.delivery.push.silence import watch
from core.delivery.sms.codes import FORGET
from core.delivery.sms.codes import forget_codes as forget_sms_codes
from core.delivery.sms.sending import empty_sms
from core.tenancy.due import due_job

FIRST_TURN, FIRST_SAFE = 0.2, 2.0  # seconds


@due_job(OUTBOX, short=True)
def send_outbox() -> datetime | None:
    return empty_outbox(FIRST_TURN, safe=FIRST_SAFE)


@due_job(MORE_MAILS, short=True)
def more_mails() -> datetime | None:
    return empty_outbox()


@due_job(LETTERS)
def send_letters() -> datetime | None:
    return write_letters()


@due_job(PUSHES, short=True)
def send_pushes() -> datetime | None:
    return empty_pushes(FIRST_TURN, safe=FIRST_SAFE, rest=MORE_PUSHES)


@due_job(MORE_PUSHES, short=True)
def more_pushes() -> datetime | None:
    return empty_pushes(rest=MORE_PUSHES)


@due_job(SMS, short=True)
def send_sms() -> datetime | None:
    return empty_sms(FIRST_TURN, safe=FIRST_SAFE, rest=MORE_SMS)


@due_job(MORE_SMS, short=True)
def more_sms() -> datetime | None:
    return empty_sms(rest=MORE_SMS)


@due_job(FORGET)
def forget_codes() -> datetime | None:
    return forget_sms_codes()


@due_job(WATCH)
def watch_devices() -> datetime | None:
    return watch()
