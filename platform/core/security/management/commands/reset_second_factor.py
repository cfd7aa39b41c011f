"""For the last operator, who lost their device and their recovery codes: nobody else can reset their factors."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.accounts.models import User
from core.security.actions import reset_factors
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR


class Command(BaseCommand):
    help = "Reset the second factor of an operator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        with entered(OPERATOR):
            user = User.objects.filter(email__iexact=options["email"]).first()
            if user is None:
                raise CommandError(f"No operator has the address {options['email']}.")
            done = reset_factors(user, author=None)
        self.stdout.write("Done: they are told by e-mail." if done else "There was no second factor.")
