"""The demo's own walk over HTTP: each step with its time, and a status that says whether all of them passed."""

import http.client
import sys
from http import HTTPStatus

from deploy.local.address import Address
from deploy.local.progress import Progress

STEPS = (
    ("The portal presents Beffroi", "", "/", HTTPStatus.OK),
    ("Èze reads its home page", "eze", "/", HTTPStatus.OK),
    ("Abbeville reads its news", "abbeville", "/actualites/", HTTPStatus.OK),
    ("A program reads the same news", "abbeville", "/api/v1/actualites/", HTTPStatus.OK),
    ("A commune without a space answers with the directory's facts", "rouen", "/", HTTPStatus.OK),
    ("The back office asks who it is", "sainte-colombe-05", "/mairie/", HTTPStatus.FOUND),
    ("An unknown host is refused", "nulle-part-en-france", "/", HTTPStatus.NOT_FOUND),
)


def walk(base: Address) -> int:
    """Read one page of each kind; 0 when every answer is the expected one."""
    progress = Progress()
    for text, label, path, expected in STEPS:
        try:
            with progress.step(text):
                _expect(base, label, path, expected)
        except AssertionError as error:
            progress.note(str(error))
            return 1
    return 0


def _expect(base: Address, label: str, path: str, expected: HTTPStatus) -> None:
    connection = http.client.HTTPConnection(base.ip, base.port, timeout=20)
    try:
        connection.request("GET", path, headers={"Host": base.host(label)})
        status = connection.getresponse().status
    finally:
        connection.close()
    if status != expected:
        raise AssertionError(f"{base.url(label, path)} answered {status} instead of {expected}.")


if __name__ == "__main__":
    sys.exit(walk(Address.from_environment()))
