"""Reading the local mailbox as a person would: the newest e-mail that an address received, and the code in it."""

import json
import re
import time
from typing import Any
from urllib.parse import urlencode

from deploy.local.visitor import Unexpected, Visitor

CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
PATIENCE = 60.0


class Letters:
    """What `to` receives from now on."""

    def __init__(self, visitor: Visitor, to: str) -> None:
        self.visitor, self.to = visitor, to
        self._seen = {letter["id"] for letter in self._all()}

    def code(self) -> str:
        """Wait for the next e-mail that has a code of six digits. Raises Unexpected when none comes."""
        return self.next(CODE, "a code")[0]

    def next(self, wanted: re.Pattern[str], told: str) -> re.Match[str]:
        """Wait for the next e-mail whose text has what is wanted. Raises Unexpected when none comes."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for letter in self._all():
                if letter["id"] not in self._seen and (found := wanted.search(letter["text"])):
                    self._seen.add(letter["id"])
                    return found
            time.sleep(0.1)
        raise Unexpected(f"No e-mail with {told} came to {self.to} in {PATIENCE:.0f} s.")

    def _all(self) -> list[dict[str, Any]]:
        query = urlencode({"to": self.to})
        url = f"{self.visitor.address.mailbox_url}api/messages?{query}"
        found: list[dict[str, Any]] = json.loads(self.visitor.expect(url).text)
        return found
