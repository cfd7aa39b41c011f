"""What stops a command, told to the person who typed it."""

import sys
from collections.abc import Callable

FULL_DISK = "The disk is full: free some space (1.5 GB is comfortable), then run the same command again."


class Problem(Exception):
    """One sentence: what is wrong, and what to do about it."""


def told(command: Callable[[], int]) -> int:
    """Run a command; a Problem becomes its sentence on standard error and status 1."""
    try:
        return command()
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
    except OSError as error:
        print(f"\n{_sentence(error)}", file=sys.stderr)
    return 1


def _sentence(error: OSError) -> str:
    match error:
        case OSError(errno=28):
            return FULL_DISK
        case PermissionError():
            return f"{error.filename} belongs to another user: run as that user, or remove it."
        case _:
            return f"The machine refused an operation: {error}."
