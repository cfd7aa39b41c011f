"""How much room a commune's files have."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console import actions
from console.forms import GIGABYTE, RoomForm
from core.accounts.models import User
from core.media.quota import usage, usage_by_kind, words
from core.tenancy.context import enter
from core.web.french import typographic
from tenants.models import Space


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, insee: str) -> HttpResponse:
    space = get_object_or_404(Space.objects.select_related("commune"), commune=insee)
    own = space.media_quota // GIGABYTE if space.media_quota else None
    form = RoomForm(request.POST if request.method == "POST" else None, initial={"gigabytes": own})
    if form.is_valid():
        actions.set_room(space=space, quota=form.quota, author=cast(User, request.user))
        messages.success(request, _("C’est noté : la place de la commune est celle-ci dès maintenant."))
        return redirect("console:commune", insee)
    with enter(space.schema_name):
        held = usage()
        kinds = [(label, count, words(total)) for label, count, total in usage_by_kind()]
    context = {
        "commune": space.commune,
        "title": typographic(str(space.commune)),
        "form": form,
        "used": words(held.used),
        "quota": words(held.quota),
        "kinds": kinds,
    }
    return render(request, "console/room.html", context, status=422 if form.is_bound else 200)
