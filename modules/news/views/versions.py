"""The versions of an item: listed, compared, taken back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from modules.news import actions
from modules.news.actions import EditedMeanwhile
from modules.news.models import NewsItem, Revision
from modules.news.queries import versions
from modules.news.views.comparing import differences
from modules.news.views.office import item_view, may_change

_MEANWHILE = "Cette actualité a changé entre-temps : relisez-la avant de reprendre une version."


@item_view
def version_list(request: HttpRequest, item: NewsItem) -> HttpResponse:
    """Every version, and what differs between two of them: the last two unless others are asked."""
    found = versions(item)
    context: dict[str, Any] = {"item": item, "versions": found, "may_change": may_change(request, item)}
    if len(found) > 1:
        numbers = [each.number for each in found]
        after = _asked(request, "apres", numbers, numbers[0])
        before = _asked(request, "avant", numbers, next((each for each in numbers if each < after), numbers[-1]))
        texts = {each.number: each for each in item.revisions.filter(number__in=[before, after])}
        context |= {
            "before": texts[before],
            "after": texts[after],
            "differences": differences(texts[before], texts[after]),
        }
    return render(request, "news/versions.html", context)


def _asked(request: HttpRequest, name: str, numbers: list[int], usual: int) -> int:
    typed = request.GET.get(name, "")
    number = int(typed) if typed.isdecimal() and len(typed) < 6 else 0
    return number if number in numbers else usual


@never_cache
@require_POST
def restore(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    try:
        actions.restore(key=key, number=number, version=version, author=request.user)
    except (NewsItem.DoesNotExist, Revision.DoesNotExist) as error:
        raise Http404(str(error)) from error
    except EditedMeanwhile:
        messages.error(request, _(_MEANWHILE))
        return redirect("news-office:versions", key=key)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("news-office:versions", key=key)
    messages.success(request, _("La version %(number)s est reprise.") % {"number": number})
    return redirect("news-office:preview", key=key)
