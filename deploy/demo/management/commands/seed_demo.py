"""Open the demo's three communes and write their first news. Does nothing twice."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import BaseCommand
from django.db import transaction
from django.utils import timezone

from billing.actions import grant_trial
from core.accounts.models import RoleGrant, User
from core.catalogue import Role
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR
from modules.news.models import NewsItem
from tenants.models import Commune, Space
from tenants.opening import open_space
from tenants.sites import commune_facts
from tenants.switches import switch_on

COMMUNES = {"sainte-colombe-05": "#7a3b69", "eze": "#0f6b5c", "abbeville": "#1f5fa8"}
NEWS = [
    ("La fontaine de la place est hors gel jusqu’en mars", "Elle coulera de nouveau au printemps."),
    ("La collecte des encombrants passe au mercredi", "Sortez vos objets la veille, après dix-huit heures."),
    ("Le sentier rouvre samedi, avec un nouveau garde-corps", "Deux passages sont plus sûrs."),
]


class Command(BaseCommand):
    help = "Open the three communes of the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        with entered(OPERATOR):
            if not User.objects.exists():
                person("operateur@demo.example", Role.OPERATOR)
        for slug, accent in COMMUNES.items():
            commune = Commune.objects.get(slug=slug)
            if not Space.objects.filter(commune=commune).exists():
                self._open(commune, accent)
                self.stdout.write(f"{commune.name} is open.")

    @transaction.atomic
    def _open(self, commune: Commune, accent: str) -> None:
        space = open_space(commune, is_demo=True)
        grant_trial(space, author="demo")
        for slug in sorted(settings.CATALOGUE.slugs):
            switch_on(space, slug, author="demo")
        Space.objects.filter(pk=space.pk).update(state=Space.State.ACTIVE, accent=accent)
        with enter(space.schema_name):
            for manifest in settings.CATALOGUE:
                if opened := settings.CATALOGUE.hook(manifest.slug, "opened"):
                    opened(commune_facts(commune))
            secretary = person(f"secretaire@{commune.slug}.example", Role.ADMINISTRATOR)
            self._write(secretary)

    def _write(self, author: User) -> None:
        from modules.news import actions
        from modules.news.models import Theme

        for title, summary in NEWS:
            item = NewsItem.objects.create(
                title=title, summary=summary, body=f"{summary}\n\nTexte de démonstration.", theme=Theme.values[0]
            )
            actions.publish(key=item.pk, author=author)


def person(email: str, role: Role) -> User:
    user = User.objects.create_person(email, name="Personne fictive")
    User.objects.filter(pk=user.pk).update(verified_at=timezone.now())
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    RoleGrant.objects.create(user=user, role=role, author="demo")
    return user
