"""Publish the price books of the code; `prepare` calls it."""

from typing import Any

from django.core.management import BaseCommand

from billing.actions.books import load_books, sold_keys
from billing.queries.books import newest, unpriced


class Command(BaseCommand):
    help = "Publish the price books of the code that were never published. Does nothing twice."

    def handle(self, *args: Any, **options: Any) -> None:
        for version in load_books():
            self.stdout.write(f"Price book {version.number} is in force from {version.in_force_from}.")
        if missing := unpriced(newest(), sold_keys()):
            self.stderr.write(f"No price in the newest book: {', '.join(sorted(missing))}. Publish one in the console.")
