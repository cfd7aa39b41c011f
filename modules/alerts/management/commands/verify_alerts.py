"""Verify the log of alerts of every open commune, or of those named: manage.py verify_alerts [c12013 …]."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.tenancy.context import enter
from modules.alerts.queries.log import verdict
from tenants.models import Space


class Command(BaseCommand):
    help = "Recompute the chained log of alerts and say where it does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("schemas", nargs="*", help="schemas of communes; every one if none")

    def handle(self, *args: Any, schemas: list[str], **options: Any) -> None:
        known = list(Space.objects.order_by("schema_name").values_list("schema_name", flat=True))
        if unknown := sorted(set(schemas) - set(known)):
            raise CommandError(f"no such space: {', '.join(unknown)}")
        broken = 0
        for schema_name in schemas or known:
            with enter(schema_name):
                found = verdict()
            self.stdout.write(f"{schema_name}: {found.messages} messages, {'holds' if found.holds else 'BROKEN'}")
            for fault in found.faults:
                self.stdout.write(f"  message {fault.serial} {fault.what}")
            broken += not found.holds
        if broken:
            raise CommandError(f"the log of {broken} commune(s) does not hold")
