"""Say who can sign in to the demo, one plain line each."""

from typing import Any

from django.core.management import BaseCommand

from core.accounts.models import User
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR
from tenants.hosts import console_url, space_url
from tenants.models import Space


class Command(BaseCommand):
    help = "List the demo's accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        with entered(OPERATOR):
            self._list("The operator", console_url("/"))
        for space in Space.objects.filter(is_demo=True).select_related("commune").order_by("commune__slug"):
            with enter(space.schema_name):
                self._list(str(space.commune), space_url(space, "/mairie/"))

    def _list(self, name: str, url: str) -> None:
        self.stdout.write(f"{name}: {url}")
        for user in User.objects.staff().order_by("email"):
            self.stdout.write(f"  {user.email} ({', '.join(sorted(user.roles))})")
