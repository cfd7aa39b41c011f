"""What opening a commune costs: the template's statements against stock `migrate_schemas` of the same apps.

Both begin with a commune that has no schema and end with one whose tables are equal. Rounds alternate; the time is
wall time, since the database does most of the work.
"""

import time
from collections.abc import Callable
from statistics import median

from django.core.management import call_command
from django.db import connection, transaction

from tenants.models import Commune, Space
from tenants.opening import erase_space, open_space
from tenants.template import template
from tests.benchmarks.machine import described, own_database
from tests.cast import COMMUNES

INSEE = COMMUNES["calme"][0]
ROUNDS = 7
LEAST_RATIO = 10


def by_template() -> None:
    open_space(Commune.objects.get(pk=INSEE))


def by_migrations() -> None:
    """As django-tenants does at a signup: the row, an empty schema, every migration."""
    with transaction.atomic():
        Space.objects.create(schema_name=f"c{INSEE}", commune=Commune.objects.get(pk=INSEE))
        with connection.cursor() as cursor:
            cursor.execute(f'create schema "c{INSEE}"')
    call_command("migrate_schemas", tenant=True, schema_name=f"c{INSEE}", interactive=False, verbosity=0)


def timed(make: Callable[[], None]) -> float:
    begun = time.perf_counter()
    make()
    spent = time.perf_counter() - begun
    with transaction.atomic():
        erase_space(Space.objects.get(schema_name=f"c{INSEE}"))
    return spent


def main() -> int:
    with own_database("opening"):
        begun = time.perf_counter()
        statements = template()
        rendered = time.perf_counter() - begun
        print(f"Opening a commune: {len(statements)} statements, rendered in {rendered * 1000:.0f} ms. {described()}")
        times: dict[str, list[float]] = {"template": [], "migrations": []}
        timed(by_template)
        for number in range(ROUNDS):
            times["template"].append(timed(by_template))
            times["migrations"].append(timed(by_migrations))
            print(
                f"round {number + 1}: template {times['template'][-1] * 1000:7.1f} ms, "
                f"migrations {times['migrations'][-1] * 1000:7.1f} ms, "
                f"ratio {times['migrations'][-1] / times['template'][-1]:.1f}"
            )
    ratio = min(times["migrations"]) / min(times["template"])  # other programs only ever add time
    middle = median(times["migrations"]) / median(times["template"])
    kept = ratio >= LEAST_RATIO
    print(f"Ratio of the best {ratio:.1f}, of the medians {middle:.1f}; at least {LEAST_RATIO}: ", end="")
    print("kept." if kept else "MISSED.")
    return 0 if kept else 1
