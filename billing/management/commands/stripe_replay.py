"""Hear events of Stripe's that never came."""

from datetime import datetime, timedelta
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from billing.collecting import Unavailable, replay


class Command(BaseCommand):
    help = "Ask Stripe for events and hear them: by id, or all since a moment. Those heard already are not heard twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("events", nargs="*", help="ids of events: evt_…")
        parser.add_argument("--since", type=moment, help="2026-11-30, 2026-11-30T08:00, or 3d for three days")
        parser.add_argument("--anew", action="store_true", help="hear again what was heard already")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["events"] and options["since"] is None:
            raise CommandError("Name events, or say --since.")
        try:
            told = replay(options["events"], options["since"], anew=options["anew"])
        except Unavailable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(", ".join(f"{count} {outcome}" for outcome, count in sorted(told.items())) or "No event.")


def moment(text: str) -> datetime:
    if text.endswith("d") and text[:-1].isdecimal():
        return timezone.now() - timedelta(days=int(text[:-1]))
    day = parse_date(text) if len(text) == 10 else None
    found = datetime.combine(day, datetime.min.time()) if day else parse_datetime(text)
    if found is None:
        raise CommandError(f"« {text} » is no moment.")
    return timezone.make_aware(found) if timezone.is_naive(found) else found
