"""Opening the demo's communes: each in one transaction, from its schema to its last item."""

from datetime import datetime, timedelta

from django.conf import settings

from core.accounts.models import User
from core.media.files import files_in_transaction
from core.tenancy.context import enter
from deploy.demo import alerts, daily, news, pages, people, services, showcase, telephones
from deploy.demo.clock import at
from deploy.demo.texts import Place
from portal.opening import Opened, open_commune
from space.actions import dress, tune
from tenants.models import Commune, Space


def open_place(place: Place, pictures: news.Pictures, now: datetime) -> Space:
    """Open the place with its people, its page and its news."""
    opened = now - timedelta(days=place.opened)
    with files_in_transaction():
        with at(opened):
            begun = open_with_everything(place.slug, name=place.staff[0].name, email=place.address(place.staff[0]))
        with enter(begun.space.schema_name):
            team = [begun.administrator, *people.hire(place, begun.administrator, opened)]
            with at(opened + timedelta(days=1)):
                _furnish(begun.space, place, begun.administrator)
            people.settle(place, begun.administrator, now)
            assert begun.space.commune is not None
            services.furnish(place, begun.space.commune, team, opened, now)
            telephones.furnish(place, begun.administrator, team, now)
            daily.furnish(place, begun.administrator, opened, now)
            with at(opened + timedelta(days=12)):
                showcase.furnish(place, begun.administrator, pictures)
            alerts.tell(place, next(each for each in team if each.has_perm("alerts.send")), now)
            news.write(place, [each for each in team if each.has_perm("news.publish")], pictures, now)
    return begun.space


def open_with_everything(slug: str, *, name: str, email: str) -> Opened:
    """Open a commune as its signup does, with every module on."""
    commune = Commune.objects.get(slug=slug)
    return open_commune(commune, modules=settings.CATALOGUE.slugs, email=email, name=name, is_demo=True)


def _furnish(space: Space, place: Place, administrator: User) -> None:
    choices = {name: getattr(place, name) for name in ("accent", "arms_pattern", "arms_figure", "landscape")}
    dress(space, choices, author=administrator)
    tune(space, "news", {"home_items": place.home_items, "show_author": True}, author=administrator)
    pages.furnish(place, administrator)
