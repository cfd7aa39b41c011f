"""How often the news are read, for the council: sums, never people."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.readership import Channel
from core.web.spreadsheet import download, table
from modules.news.queries import readings_of_all


@never_cache
@require_safe
def readings_file(request: HttpRequest) -> HttpResponse:
    """Every item that was public, with how often it was read and by which way in; a spreadsheet opens it as it is."""
    ways = list(Channel)
    rows = []
    for item, sums in readings_of_all():
        day = timezone.localtime(item.published_at).strftime("%d/%m/%Y") if item.published_at else ""
        told = [item.get_theme_display(), item.get_state_display(), day, sums.total]
        rows.append([item.title, *told, *(sums.by_channel.get(way, 0) for way in ways)])
    head = ["Titre", "Thème", "État", "Parue le", "Lectures", *(way.label.capitalize() for way in ways)]
    return download("lectures-des-actualites.csv", table(head, rows))
