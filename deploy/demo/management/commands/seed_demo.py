"""Open the demo's communes with their people and their news. Does nothing twice."""

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from deploy.demo.seed import seed
from deploy.demo.texts import SLUGS, Place


class Command(BaseCommand):
    help = "Open the communes of the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        for done in seed(map(Place.read, SLUGS), timezone.now()):
            self.stdout.write(done)
