"""Devices of a person that show nothing any more."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core.accounts.models import User
from core.delivery.push.silence import remove_silent


@never_cache
def remove(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        remove_silent(cast(User, request.user))
        messages.success(request, _("C’est fait : les appareils muets sont retirés."))
    return redirect("delivery:preferences")
