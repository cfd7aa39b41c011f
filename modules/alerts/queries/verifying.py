"""Whether a proof that somebody holds is what the log of a commune says."""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from typing import Any, Final
from uuid import UUID

from core.documents import Unreadable, attachments
from modules.alerts.models import AlertMessage, digest_of, seal_of
from modules.alerts.queries.proof import LOG_FILE

PDF: Final = b"%PDF-"


class NoProof(Exception):
    """What was given is neither a proof nor a list of recipients."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one file of a proof is; `held`: the log says the same."""

    name: str
    held: bool
    what: str


def files_in(given: bytes) -> dict[str, bytes]:
    """The files of a proof: those inside a PDF, or the list of recipients itself. Raises NoProof."""
    if not given.startswith(PDF):
        return {"list": given}
    try:
        found = attachments(given)
    except Unreadable as error:
        raise NoProof("this PDF cannot be read") from error
    if LOG_FILE not in found:
        raise NoProof(f"this PDF holds no {LOG_FILE}: it is no proof of ours")
    return found


def compared(files: Mapping[str, bytes]) -> list[Found]:
    """Each file against the log of the commune that the code is in."""
    return [
        _log(name, content) if name == LOG_FILE else _list(name, content) for name, content in sorted(files.items())
    ]


def lines_of(files: Mapping[str, bytes], address: str) -> list[str]:
    """The lines of whoever has this address: an e-mail, or a number as +33612345678."""
    sought, found = address.strip().lower(), []
    for name, content in sorted(files.items()):
        if name == LOG_FILE:
            continue
        for cells in list(csv.reader(StringIO(content.decode("utf-8-sig", "replace")), delimiter=";"))[1:]:
            if len(cells) > 5 and _is_key(cells[1]) and cells[3] == seal_of(UUID(cells[1]), sought):
                found.append(f"{name}: {cells[0]} {cells[4]} {cells[5]}".rstrip())
    return found


def _list(name: str, content: bytes) -> Found:
    digest = sha256(content).hexdigest()
    report = AlertMessage.objects.reports().filter(content__outcomes=digest).first()
    if report:
        return Found(name, True, f"sealed by message {report.serial} on {report.at.isoformat(timespec='seconds')}")
    return Found(name, False, "sealed by no report of this log: changed since, or not final yet")


def _log(name: str, content: bytes) -> Found:
    """Every message says what its own digest asks for, and the log holds it."""
    try:
        given: list[dict[str, Any]] = json.loads(content)["messages"]
        digests = [(said.pop("digest"), said) for said in given]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoProof(f"{name} cannot be read") from error
    return _known(name, digests)


def _known(name: str, digests: Iterable[tuple[str, Mapping[str, Any]]]) -> Found:
    kept = list(digests)
    forged = [said.get("serial") for digest, said in kept if digest_of(said) != digest]
    if forged:
        return Found(name, False, f"message {forged[0]} does not say what its print asks for")
    held = set(
        AlertMessage.objects.filter(digest__in=[digest for digest, _said in kept]).values_list("digest", flat=True)
    )
    strange = [said.get("serial") for digest, said in kept if digest not in held]
    if strange:
        return Found(name, False, f"message {strange[0]} is not in this log")
    return Found(name, bool(kept), f"{len(kept)} messages, as the log holds them")


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
