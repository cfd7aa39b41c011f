"""Bring a database up to the code: shared tables, the operator's schema, every commune's schema."""

from typing import Any

from django.core.management import BaseCommand, call_command
from django.db import connection, transaction

from core.tenancy.here import OPERATOR
from tenants.models import Space


class Command(BaseCommand):
    help = "Migrate the shared tables, the operator's schema and every commune. Does nothing twice."

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = {"interactive": False, "verbosity": options["verbosity"] - 1}
        call_command("migrate_schemas", shared=True, **quiet)
        self._operator()
        call_command("migrate_schemas", tenant=True, **quiet)
        self.stdout.write(f"{Space.objects.count()} schemas are up to date.")

    def _operator(self) -> None:
        if Space.objects.filter(schema_name=OPERATOR.schema_name).exists():
            return
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'create schema "{OPERATOR.schema_name}"')
            Space.objects.create(schema_name=OPERATOR.schema_name, state=Space.State.ACTIVE)
