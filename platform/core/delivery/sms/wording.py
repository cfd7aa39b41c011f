"""What an announcement says by SMS."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sms:
    """`text` is what the telephone shows, and what it costs is counted from it. `at_once` is for mortal danger: it
    waits for no notification to be shown, and no lack of credit stops it."""

    text: str
    at_once: bool = False
