"""A disk that stops in the middle of a file, for who is killed then; run as a program, it makes what is asked for."""

import os
import sys
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class Stalling(FileSystemStorage):
    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(content.size // 2))
        print("half", flush=True)  # noqa: T201 - to the test that waits for it
        sys.stdin.read()
        return name


def main(schema_name: str) -> None:
    import django
    from django.conf import settings

    django.setup()
    stalling = {"BACKEND": "tenants.leaving.tests.stalling.Stalling"}
    settings.STORAGES = {**settings.STORAGES, "default": stalling}
    from core.tenancy.context import enter
    from tenants.leaving.keeping import work

    with enter(schema_name):
        work()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.tests")
    main(sys.argv[1])
