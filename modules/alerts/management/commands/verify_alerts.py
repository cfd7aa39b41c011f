"""Verify the log of alerts of every open commune, or of those named, or a proof that somebody holds:

manage.py verify_alerts [c12013 …]
manage.py verify_alerts [c12013 …] --proof preuve.pdf
manage.py verify_alerts --proof destinataires-1.csv --recipient +33639980000
"""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.tenancy.context import enter
from modules.alerts.queries.log import verdict
from modules.alerts.queries.verifying import Found, NoProof, compared, files_in, lines_of
from tenants.models import Space


class Command(BaseCommand):
    help = "Recompute the chained log of alerts, or compare a proof with it, and say what does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("schemas", nargs="*", help="schemas of communes; every one if none")
        parser.add_argument("--proof", type=Path, help="a proof as PDF, or one of its lists as CSV")
        parser.add_argument("--recipient", help="find the lines of this address or number in the proof")

    def handle(self, *args: Any, schemas: list[str], proof: Path | None, recipient: str | None, **options: Any) -> None:
        known = list(Space.objects.order_by("schema_name").values_list("schema_name", flat=True))
        if unknown := sorted(set(schemas) - set(known)):
            raise CommandError(f"no such space: {', '.join(unknown)}")
        if proof:
            self._compare(schemas or known, proof, recipient)
        else:
            self._recompute(schemas or known)

    def _recompute(self, schemas: list[str]) -> None:
        broken = 0
        for schema_name in schemas:
            with enter(schema_name):
                found = verdict()
            self.stdout.write(f"{schema_name}: {found.messages} messages, {'holds' if found.holds else 'BROKEN'}")
            for fault in found.faults:
                self.stdout.write(f"  message {fault.serial} {fault.what}")
            broken += not found.holds
        if broken:
            raise CommandError(f"the log of {broken} commune(s) does not hold")

    def _compare(self, schemas: list[str], proof: Path, recipient: str | None) -> None:
        try:
            files = files_in(proof.read_bytes())
            schema_name, found = _closest(schemas, files)
        except (OSError, NoProof) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{proof.name}, against the log of {schema_name}:")
        for each in found:
            self.stdout.write(f"  {each.name}: {'holds' if each.held else 'DOES NOT HOLD'}, {each.what}")
        for line in lines_of(files, recipient) if recipient else ():
            self.stdout.write(f"  this recipient is in {line}")
        if not all(each.held for each in found):
            raise CommandError("this proof does not hold")


def _closest(schemas: list[str], files: Mapping[str, bytes]) -> tuple[str, list[Found]]:
    """The commune whose log says the most of it."""
    results: list[tuple[str, list[Found]]] = []
    for schema_name in schemas:
        with enter(schema_name):
            results.append((schema_name, compared(files)))
    if not results:
        raise NoProof("there is no commune")
    return max(results, key=lambda result: sum(each.held for each in result[1]))
