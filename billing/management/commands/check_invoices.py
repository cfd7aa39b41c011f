"""Recompute what was issued: numbers without a gap, sums, the XML inside each file, the print of each paper.

manage.py check_invoices
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from billing.queries.verifying import verdict


class Command(BaseCommand):
    help = "Recompute invoices, credit notes, numbers and papers, and say what does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        found = verdict()
        for number, fault in found.faults:
            self.stdout.write(f"{number}: {fault}")
        self.stdout.write(f"{found.invoices} invoices and credit notes, {found.papers} papers")
        if found.faults:
            raise CommandError(f"{len(found.faults)} fault(s)")
