"""Write all that a commune wrote into a file, for who asks the operator for it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import transaction

from core.audit.actions import record
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR
from core.web.french import typographic
from tenants.leaving.making import make
from tenants.models import Space


class Command(BaseCommand):
    help = "Export a commune's space into a ZIP. Its journal says so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("insee", help="the commune's INSEE code")
        parser.add_argument("path", type=Path, help="the file to write; it must not be there")

    def handle(self, *args: Any, insee: str, path: Path, **options: Any) -> None:
        space = Space.objects.select_related("commune").filter(commune_id=insee).first()
        if space is None:
            raise CommandError(f"{insee} has no space")
        if path.exists():
            raise CommandError(f"{path} is there already")
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("w+b") as out:
                made = make(space, out)
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
        told: dict[str, Any] = {"rows": made.rows, "files": made.files, "bytes": made.bytes, "sha256": made.sha256}
        with transaction.atomic():
            with enter(space.schema_name):
                record("leaving.exported", **told)
            with entered(OPERATOR):
                record("leaving.exported", target=typographic(str(space.commune)), insee=insee, **told)
        self.stdout.write(f"{made.rows} rows and {made.files} files, {made.bytes} bytes\n{made.sha256}  {path}")
        for name in made.missing:
            self.stderr.write(f"not there any more: {name}")
