"""Residents prove that they live here, by a code in a letter or at the counter; a level is taken back for a reason."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from core.accounts.levels import Level, Method
from core.accounts.models import ResidencyLetter, ResidencyProof, User
from core.audit.actions import record
from core.tenancy.due import due

FORGET = "accounts.forget_letters"
# People move: what was proved is asked again after three years.
PROOF_VALID = timedelta(days=3 * 365)
LETTER_VALID = timedelta(days=60)
TRIES = 5
LETTERS = 3
# No letter that reads like another, and none like a digit.
ALPHABET = "ABCDEFGHJKMNPQRTUVWXY346789"
REPLACED = "remplacé"


class Refusal(StrEnum):
    PROVED = "proved"
    WAITING = "waiting"
    TOO_MANY = "too_many"


class LetterRefused(Exception):
    """No letter is sent to this person."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class Outcome(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"
    NONE = "none"


@transaction.atomic
def ask_letter(user: User, *, name: str, address: str) -> ResidencyLetter:
    """Ask the mairie for a letter; asked twice for the same one, it is asked once.

    Raises LetterRefused, changing nothing.
    """
    user.take_turn()
    now = timezone.now()
    if user.level >= Level.N2:
        raise LetterRefused(Refusal.PROVED)
    waiting = user.letters.filter(closed_at__isnull=True, expires_at__gt=now).first()
    if waiting is not None:
        if (waiting.name, waiting.address) == (name, address):
            return waiting
        raise LetterRefused(Refusal.WAITING)
    if user.letters.filter(asked_at__gt=now - LETTER_VALID).count() >= LETTERS:
        raise LetterRefused(Refusal.TOO_MANY)
    _close(user)
    letter = ResidencyLetter.objects.create(user=user, name=name, address=address, expires_at=now + LETTER_VALID)
    due(FORGET, letter.expires_at)
    record("accounts.letter_asked", author=user)
    return letter


@transaction.atomic
def take_back_letter(user: User) -> None:
    user.take_turn()
    _close(user)


@transaction.atomic
def print_letter(letter: ResidencyLetter, *, author: User) -> str:
    """Make the code of the sheet, shown this once; a sheet printed before is worth nothing any more."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(8))
    letter.code_hash, letter.tries = make_password(code), 0
    letter.printed_at, letter.printed_by = timezone.now(), author.email
    letter.save(update_fields=["code_hash", "tries", "printed_at", "printed_by"])
    record("accounts.letter_printed", target=letter.user.email, author=author)
    return f"{code[:4]}-{code[4:]}"


@transaction.atomic
def mark_posted(letter: ResidencyLetter, *, author: User) -> None:
    letter.posted_at, letter.posted_by = timezone.now(), author.email
    letter.save(update_fields=["posted_at", "posted_by"])
    record("accounts.letter_posted", target=letter.user.email, author=author)


@transaction.atomic
def use_code(user: User, typed: str) -> Outcome:
    """Try the code of a letter: right, it proves the level; wrong five times, the letter is worth nothing."""
    user.take_turn()
    letter = ResidencyLetter.objects.waiting().filter(user=user).exclude(code_hash="").first()
    if letter is None:
        return Outcome.NONE
    if check_password(bare(typed), letter.code_hash):
        _close(user)
        prove(user, level=Level.N2, method=Method.LETTER, seen="", author=user)
        return Outcome.RIGHT
    letter.tries += 1
    letter.save(update_fields=["tries"])
    if letter.tries < TRIES:
        return Outcome.WRONG
    _close(user)
    return Outcome.SPENT


@transaction.atomic
def prove(user: User, *, level: Level, method: Method, seen: str, author: User) -> ResidencyProof:
    """Give a level, in place of the one held; a letter that waits is of no more use."""
    user.take_turn()
    _end_proof(user, author=author, reason=REPLACED)
    _close(user)
    proof = ResidencyProof.objects.create(
        user=user, level=level, method=method, seen=seen, author=author.email, expires_at=timezone.now() + PROOF_VALID
    )
    _forget_level(user)
    target = "" if author == user else user.email
    record("accounts.level_proved", target=target, author=author, level=int(level), method=str(method))
    return proof


@transaction.atomic
def withdraw_level(user: User, *, reason: str, author: User) -> bool:
    """Take a level back; False when there was none."""
    user.take_turn()
    ended = _end_proof(user, author=author, reason=reason)
    _forget_level(user)
    if ended:
        record("accounts.level_withdrawn", target=user.email, author=author, reason=reason)
    return ended


@transaction.atomic
def forget_addresses() -> datetime | None:
    """Close the letters whose days are over, and forget their addresses; return when the next one is due."""
    waiting = ResidencyLetter.objects.filter(closed_at__isnull=True)
    waiting.filter(expires_at__lte=timezone.now()).update(**_closed())
    following: datetime | None = waiting.aggregate(eldest=Min("expires_at"))["eldest"]
    return following


def bare(typed: str) -> str:
    """A code as it was printed, however it is typed."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def _close(user: User) -> None:
    user.letters.filter(closed_at__isnull=True).update(**_closed())


def _closed() -> dict[str, object]:
    return {"name": "", "address": "", "code_hash": "", "closed_at": timezone.now()}


def _end_proof(user: User, *, author: User, reason: str) -> bool:
    held = user.proofs.filter(withdrawn_at__isnull=True)
    return bool(held.update(withdrawn_at=timezone.now(), withdrawn_by=author.email, reason=reason))


def _forget_level(user: User) -> None:
    vars(user).pop("level", None)
