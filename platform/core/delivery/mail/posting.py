"""Giving e-mails to the mail server, or to a mail service, several at once over connections that stay open."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from smtplib import SMTPException
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailInvalidAddress, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.utils import timezone

from core.delivery.mail.conversing import Refusal, converse
from core.delivery.mail.letter import Letter, Outcome, message
from core.delivery.mail.words import KEY
from core.delivery.models import DeliveryState
from core.delivery.push.posting import seconds_asked

logger = logging.getLogger(__name__)


@contextmanager
def lane() -> Iterator[Callable[[Letter], Outcome]]:
    """A thread's connection: opened for its first e-mail, again after a failure, closed at the end."""
    kept: list[Any] = []

    def give(letter: Letter) -> Outcome:
        try:
            connection = kept[0] if kept else get_connection()
        except Exception as error:  # settings that are wrong: the e-mails wait until they are mended
            return _failed(letter, error)
        kept[:] = [connection]
        return post(letter, connection)

    try:
        yield give
    finally:
        for connection in kept:
            _close(connection)


def post(letter: Letter, connection: Any) -> Outcome:
    """Hand one over, and tell what came of it, whatever it is."""
    if timezone.now() >= letter.expires_at:
        return Outcome(letter, DeliveryState.EXPIRED)
    if time.monotonic() > letter.until:
        return Outcome(letter, DeliveryState.CREATED)  # another worker may hold it soon
    try:
        _hand_over(letter, connection)
    except Refusal as error:
        if error.closes:
            _close(connection)
        return Outcome(letter, error.state, str(error), refused=error.nobody)
    except Exception as error:
        _close(connection)
        return _failed(letter, error)
    return Outcome(letter, DeliveryState.ACCEPTED)


def _hand_over(letter: Letter, connection: Any) -> None:
    if isinstance(connection, EmailBackend):
        _to_server(letter, connection)
    else:
        _to_service(message(letter), letter.word, connection)


def _to_server(letter: Letter, connection: EmailBackend) -> None:
    composed: Any = message(letter).message()
    text: bytes = composed.as_bytes(linesep="\r\n")
    sender, recipient = (sanitize_address(each, "utf-8") for each in (settings.MAIL_SENDER, letter.recipient))

    def say() -> None:
        connection.open()
        server: Any = connection.connection
        converse(server, sender, recipient, text)

    was_open = connection.connection is not None
    try:
        say()
    except Refusal as error:
        if not (was_open and error.closes):
            raise
        _close(connection)  # the server has had enough of this connection: that says nothing of the e-mail
        say()


def _to_service(written: EmailMultiAlternatives, word: str, connection: Any) -> None:
    """By anymail, which reads these attributes. Who opened what is nobody's business."""
    written.extra_headers.pop("Message-ID")  # services write their own
    for name, value in {"track_opens": False, "track_clicks": False, "metadata": {KEY: word}}.items():
        setattr(written, name, value)
    connection.open()
    connection.send_messages([written])


def _failed(letter: Letter, error: Exception) -> Outcome:
    told = str(error) or type(error).__name__
    if isinstance(error, AnymailRecipientsRefused):
        return Outcome(letter, DeliveryState.PERMANENT, told, refused=True)
    if isinstance(error, AnymailInvalidAddress):
        return Outcome(letter, DeliveryState.PERMANENT, told)
    if isinstance(error, AnymailAPIError):
        return _by_status(letter, error, told)
    if isinstance(error, ValueError):
        return Outcome(letter, DeliveryState.TECHNICAL, told)
    if not isinstance(error, SMTPException | OSError):
        logger.error("an e-mail could not be handed over", exc_info=error)  # a fault of ours may be mended meanwhile
    return Outcome(letter, DeliveryState.TEMPORARY, told)


def _by_status(letter: Letter, error: AnymailAPIError, told: str) -> Outcome:
    """A service that is busy, silent, unclear or does not know us any more may take it later; one that does not
    understand will not."""
    status = error.status_code
    if status is None or status < 400 or status in {401, 402, 403, 408, 429} or status >= 500:
        asked = error.response.headers.get("Retry-After", "") if error.response is not None else ""
        return Outcome(letter, DeliveryState.TEMPORARY, told, seconds_asked(asked))
    return Outcome(letter, DeliveryState.TECHNICAL, told)


def _close(connection: Any) -> None:
    with suppress(OSError, SMTPException):
        connection.close()
