"""Bring a database up to the code: shared tables, the operator's schema, every commune's schema."""

from typing import Any

from django.core.management import BaseCommand, call_command
from django.db import connection, transaction

from core.privacy.retention import RETAIN
from core.tenancy.here import OPERATOR
from tenants.models import Space

# Every schema owes its daily forgetting; one that lost its row gets it back.
_OWED = """
insert into public.tenancy_duework (id, schema_name, job, due_at, generation)
select gen_random_uuid(), schema_name, %s, now() + interval '1 day', 0 from public.tenants_space
on conflict (schema_name, job) do nothing
"""


class Command(BaseCommand):
    help = "Migrate the shared tables, the operator's schema and every commune. Does nothing twice."

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = {"interactive": False, "verbosity": options["verbosity"] - 1}
        call_command("migrate_schemas", shared=True, **quiet)
        self._operator()
        call_command("migrate_schemas", tenant=True, **quiet)
        with connection.cursor() as cursor:
            cursor.execute(_OWED, [RETAIN])
        call_command("load_price_books", stdout=self.stdout)
        self.stdout.write(f"{Space.objects.count()} schemas are up to date.")

    def _operator(self) -> None:
        if Space.objects.filter(schema_name=OPERATOR.schema_name).exists():
            return
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'create schema "{OPERATOR.schema_name}"')
            Space.objects.create(schema_name=OPERATOR.schema_name, state=Space.State.ACTIVE)
