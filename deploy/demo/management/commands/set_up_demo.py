"""Everything between an empty database and a demo to serve, in one process: each start pays for one."""

from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command
from django.utils import timezone

from deploy.demo.seed import drawing, seed
from deploy.demo.texts import SLUGS, Place
from deploy.local.progress import Progress


class Command(BaseCommand):
    help = "Prepare the database, load the directory and open the demo's communes. Does nothing twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", type=float, help="The moment, by this machine's clock, that times count from.")
        parser.add_argument("--places", nargs="*", default=SLUGS, choices=SLUGS, help="The communes to open.")

    def handle(self, *args: Any, **options: Any) -> None:
        progress = Progress(started=options["since"])
        places = [Place.read(slug) for slug in options["places"]]
        with drawing(places) as pictures:
            with progress.step("Bringing the schemas up to date"):
                call_command("prepare", stdout=self.stderr)
            with progress.step("Loading the directory of communes"):
                call_command("load_directory", stdout=self.stderr)
            with progress.step("Opening the demo's communes"):
                for done in seed(places, pictures, timezone.now()):
                    self.stderr.write(done)
