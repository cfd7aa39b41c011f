#!/usr/bin/env python
"""Django's commands, with both import roots on the path."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - another Python than ours may be asked
        sys.exit("Beffroi needs Python 3.11 or newer: run « make setup », then .venv/bin/python manage.py.")
    sys.path.insert(1, str(ROOT / "platform"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    try:
        from django.core.management import execute_from_command_line
        from django.db import OperationalError
        from environs.exceptions import EnvError
    except ModuleNotFoundError as error:
        sys.exit(f"This Python lacks {error.name}: run « make setup », then .venv/bin/python manage.py.")
    try:
        execute_from_command_line(sys.argv)
    except EnvError as error:
        sys.exit(f"The environment is not complete: {error}. docs/architecture.md names every variable.")
    except OperationalError as error:
        if "--traceback" in sys.argv or "connection failed" not in str(error):
            raise
        sys.exit(f"The database that DATABASE_URL names does not answer: {str(error).splitlines()[0]}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
