"""How often the news are read, for the council: sums, never people."""

import csv

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.readership import Channel
from modules.news.queries import readings_of_all

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@never_cache
@require_safe
def readings_file(request: HttpRequest) -> HttpResponse:
    """Every item that was public, with how often it was read and by which way in; a spreadsheet opens it as it is."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="lectures-des-actualites.csv"'
    writer = csv.writer(response, delimiter=";")
    ways = list(Channel)
    writer.writerow(["Titre", "Thème", "État", "Parue le", "Lectures", *(way.label.capitalize() for way in ways)])
    for item, sums in readings_of_all():
        day = timezone.localtime(item.published_at).strftime("%d/%m/%Y") if item.published_at else ""
        told = [item.get_theme_display(), item.get_state_display(), day, sums.total]
        writer.writerow([_plain(item.title), *told, *(sums.by_channel.get(way, 0) for way in ways)])
    return response


def _plain(text: str) -> str:
    """A title that a spreadsheet would compute is shown instead."""
    return f"'{text}" if text.startswith(_FORMULA) else text
