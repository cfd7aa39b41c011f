"""What opening a commune costs: the template's statements against stock `migrate_schemas` of the same apps.

Both begin with a commune that has no schema and end with one whose tables are equal. Rounds alternate, each opens
another commune, and nothing is dropped between them. Files are in memory where the server runs on this machine, unless
it is asked to measure on `disk`.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from django.core.management import call_command
from django.db import connection, transaction

from tenants.models import Commune, Space
from tenants.opening import open_space
from tenants.template import template
from tests.benchmarks.machine import DISK, Processor, described, files_in_memory, own_database

ROUNDS = 10
LEAST_RATIO = 10


def by_template(commune: Commune) -> None:
    open_space(commune)


def by_migrations(commune: Commune) -> None:
    """As django-tenants does at a signup: the row, an empty schema, every migration."""
    name = f"c{commune.insee}"
    with transaction.atomic():
        Space.objects.create(schema_name=name, commune=commune)
        with connection.cursor() as cursor:
            cursor.execute(f'create schema "{name}"')
    call_command("migrate_schemas", tenant=True, schema_name=name, interactive=False, verbosity=0)


@dataclass(slots=True)
class Way:
    """One way to open, and what each round of it cost in milliseconds."""

    name: str
    make: Callable[[Commune], None]
    first: int
    clock: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def round(self, number: int, processor: Processor) -> None:
        opened = commune(self.first + number)
        spent, begun = processor.seconds(), time.perf_counter()
        self.make(opened)
        self.clock.append((time.perf_counter() - begun) * 1000)
        self.cpu.append((processor.seconds() - spent) * 1000)


def commune(number: int) -> Commune:
    insee = f"98{number:03}"
    return Commune.objects.create(
        insee=insee, name=insee, folded=insee, sort_key=insee, slug=f"commune-{number}", departement="98", region="98"
    )


def main(where: str = "memory") -> int:
    with files_in_memory(wanted=where == "memory") as tablespace, own_database("opening", tablespace=tablespace):
        files = "on disk" if tablespace == DISK else "in memory"
        print(f"Opening a commune by {len(template())} statements, files {files}. {described()}")
        template_way = Way("template", by_template, 100)
        migrations_way = Way("migrations", by_migrations, 200)
        for number, way in enumerate((template_way, migrations_way)):
            way.make(commune(number))  # imports are paid here
        processor = Processor()
        for number in range(ROUNDS):
            for way in (template_way, migrations_way):
                way.round(number, processor)
        for way in (template_way, migrations_way):
            print(
                f"{way.name:12} clock: median {median(way.clock):7.1f} ms, least {min(way.clock):7.1f} ms; "
                f"CPU, ours and the server's: mean {sum(way.cpu) / ROUNDS:7.1f} ms"
            )
        print(f"Afterwards: {described()}")
    clock = median(migrations_way.clock) / median(template_way.clock)
    best = min(migrations_way.clock) / min(template_way.clock)
    cpu = sum(migrations_way.cpu) / sum(template_way.cpu)
    kept = clock >= LEAST_RATIO
    print(f"Ratio by the clock {clock:.1f} (best rounds {best:.1f}), by CPU {cpu:.1f}.")
    print(f"At least {LEAST_RATIO} by the clock: {'kept' if kept else 'MISSED'}.")
    return 0 if kept else 1
