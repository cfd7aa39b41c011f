"""What the finished list of news costs, the residents' and the mairie's, against a bare Django list of the same rows.

The bare list is what `startproject` and a paginated ListView give: stock middleware, stock engine on one schema, one
template of a heading, twenty links with their date and theme, and the pages. Rounds alternate; time is the CPU time of
this process; what the database server spends is not counted, for either.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test.utils import override_settings
from django.urls import include, path
from django.utils import timezone
from django.views.generic import ListView

from core.tenancy.context import enter
from modules.news.models import NewsItem
from tests.benchmarks.machine import described, own_database
from tests.benchmarks.request import ITEMS as SHOWN
from tests.benchmarks.request import Measure, Side, browsers, sides
from tests.cast import Place, read

LISTS = {"anonymous": ("/actualites/", "/bare/"), "editor": ("/mairie/actualites/", "/bare/office/")}
MANY, MOST_RATIO, MOST_STATEMENTS = 2_000, 2.0, 8
BLOCKS, REQUESTS = 8, 40
STOCK_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATE = """<!doctype html><html lang="fr"><head><title>News</title></head><body><h1>News</h1><ul>
{% for item in page_obj %}<li><a href="{{ item.get_absolute_url }}">{{ item.title }}</a>
{{ item.get_theme_display }}, {{ item.published_at }}</li>{% endfor %}</ul>
{% if page_obj.has_next %}<a href="?page={{ page_obj.next_page_number }}">Next</a>{% endif %}
{{ page_obj.number }} / {{ page_obj.paginator.num_pages }}</body></html>"""
BARE_ENGINE = {
    "NAME": "bare",
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ],
        "loaders": [
            ("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", {"bare": TEMPLATE})])
        ],
    },
}


class BareList(ListView):  # type: ignore[type-arg]
    template_name, template_engine = "bare", "bare"
    paginate_by = 20
    queryset = NewsItem.objects.filter(state="published").defer("body", "vector").order_by("-published_at", "-pk")


class BareOfficeList(LoginRequiredMixin, BareList):
    """What only those who signed in may see."""


urlpatterns = [
    path("bare/", BareList.as_view()),
    path("bare/office/", BareOfficeList.as_view()),
    path("", include("config.urls.space")),
]


def more_items(count: int) -> None:
    """Items older than those of the first page, so that the page shows the same rows."""
    begun = timezone.now() - timedelta(days=1)
    NewsItem.objects.bulk_create(
        NewsItem(
            title=f"Ancienne {number}",
            summary="Pour le nombre.",
            state="published",
            published_at=begun - timedelta(minutes=number),
        )
        for number in range(count)
    )
    NewsItem.objects.filter(title__startswith="Ancienne").update(updated_at=begun, created_at=begun)


def compared(both: tuple[Side, Side], environ: dict[str, Any], addresses: tuple[str, str]) -> tuple[Measure, Measure]:
    """The finished list and the bare one, in turn, each first every other time."""
    found = (Measure(), Measure())
    asked = [{**environ, "PATH_INFO": address} for address in addresses]
    for number in range(BLOCKS):
        for side in (0, 1) if number % 2 else (1, 0):
            found[side].add(both[side].block(asked[side], REQUESTS, cold=False))
    return found


def pair(place: Place) -> tuple[Side, Side]:
    """Ours whole, and stock Django on the engine that `sides` makes for it."""
    ours, plain = sides(place)
    with override_settings(MIDDLEWARE=STOCK_MIDDLEWARE):
        stock = WSGIHandler()
    return ours, Side("bare", plain.wrapper, stock, False)


def measure(both: tuple[Side, Side], readers: dict[str, dict[str, Any]], count: int) -> Iterator[tuple[int, float]]:
    for who, addresses in LISTS.items():
        for side, where in zip(both, addresses, strict=True):
            side.block({**readers[who], "PATH_INFO": where}, 3, cold=False)
        ours, bare = compared(both, readers[who], addresses)
        ratio = ours.cpu / bare.cpu
        print(
            f"{who + ', ' + addresses[0]:32}{count:>8}{ours.statements:>8}{bare.statements:>8}"
            f"{ours.milliseconds:>10.2f}{bare.milliseconds:>8.2f}{ratio:>8.2f}"
        )
        yield ours.statements, ratio


def main() -> int:
    """1 when a list sends more than eight statements, or costs more than twice the bare one."""
    settled = {"ROOT_URLCONF": "tests.benchmarks.lists", "TEMPLATES": [*settings.TEMPLATES, BARE_ENGINE]}
    with own_database("lists"), override_settings(**settled):
        place = read().aubin
        readers = browsers(place)
        both = pair(place)
        print(f"Lists of news, {SHOWN} shown. {described()}")
        print(f"{'':32}{'items':>8}{'statements':>16}{'CPU ms a request':>18}{'ratio':>8}")
        found = list(measure(both, readers, SHOWN))
        connections["default"] = both[0].wrapper
        with enter(place.schema_name):
            more_items(MANY - SHOWN)
        found += measure(both, readers, MANY)
        connections["default"] = both[0].wrapper
        for side in both:
            side.forget()
    statements, ratio = max(each[0] for each in found), max(each[1] for each in found)
    print(
        f"At most {MOST_STATEMENTS} statements: {'kept' if statements <= MOST_STATEMENTS else 'BROKEN'} ({statements})."
    )
    print(f"At most {MOST_RATIO} times the CPU: {'kept' if ratio <= MOST_RATIO else 'MISSED'} ({ratio:.2f}).")
    return 0 if statements <= MOST_STATEMENTS and ratio <= MOST_RATIO else 1
