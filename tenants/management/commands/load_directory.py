"""Load the communes of France into the registry."""

from typing import Any

from django.core.management import BaseCommand

from tenants.directory.load import load


class Command(BaseCommand):
    help = "Load the directory of communes. Does nothing when this edition is loaded already."

    def handle(self, *args: Any, **options: Any) -> None:
        report = load()
        if report.communes:
            self.stdout.write(f"{report.communes} communes and {report.contours} contours were loaded.")
        else:
            self.stdout.write("The directory is up to date.")
