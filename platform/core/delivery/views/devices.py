"""Being told on this device, with or without an account."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from core.accounts.models import User
from core.delivery.consenting import choices_of, choose
from core.delivery.following import follow, followed
from core.delivery.forms import DeviceForm
from core.delivery.models import Channel, Device
from core.delivery.push.receipts import displayed
from core.delivery.push.registering import forget_device, register
from core.delivery.push.vapid import can_push, public_key
from core.delivery.sms.codes import offered
from core.delivery.topics import TEXT, topics_of
from core.web.throttle import client_address, too_many

PER_HOUR, KEPT = 20, 200
RECEIPTS = 1000  # a minute from one address: behind that of a mobile network stand all of its telephones here


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return _page(request, _form(request))


@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """Keep the device and its topics; a person's go to all of their devices."""
    if request.method != "POST" or not can_push():
        return redirect("delivery:devices")
    form = _form(request, request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    if too_many("device", client_address(request), limit=PER_HOUR, seconds=3600):
        form.add_error(None, _("Trop de demandes à la suite. Attendez une heure, puis réessayez."))
        return _page(request, form, 429)
    user, given = _user(request), form.cleaned_data
    with transaction.atomic():
        forget_device(request.POST.get("former", "")[:1000])  # its browser made it anew
        device = register(endpoint=given["endpoint"], p256dh=given["p256dh"], auth=given["auth"], user=user)
        choose(user or device, form.wanted, among=form.among)
        follow(user or device, form.places)
    messages.success(request, _("C’est fait : cet appareil sera prévenu."))
    return redirect("delivery:devices")


@never_cache
@require_POST
def kept(request: HttpRequest) -> HttpResponse:
    """What a device without an account is told of, for its own page: its address is known to its browser and to us."""
    if too_many("device-kept", client_address(request), limit=KEPT, seconds=3600):
        return HttpResponse(status=429)
    device = Device.objects.filter(endpoint=request.POST.get("endpoint", "")[:1000], user=None).first()
    if device is None:
        return JsonResponse({"ticked": []})
    ticked = [f"id_{topic}-{channel.value}" for topic, channel in choices_of(device)]
    return JsonResponse({"ticked": ticked, "areas": [str(area.pk) for area in followed(device)]})


@never_cache
def stop(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        forget_device(request.POST.get("endpoint", "")[:1000])
        messages.success(request, _("C’est fait : cet appareil n’est plus prévenu."))
    return redirect("delivery:devices")


@csrf_exempt  # a service worker sends it without a cookie: nobody's session can be made to say it
@require_POST
def shown(request: HttpRequest) -> HttpResponse:
    """A notification was shown. The answer does not tell a number that is known from one that is not."""
    if too_many("receipt", client_address(request), limit=RECEIPTS, seconds=60):
        return HttpResponse(status=429)
    try:
        displayed(UUID(request.POST.get("receipt", "")[:36]))
    except ValueError:
        return HttpResponse(status=400)
    return HttpResponse(status=204)


def _form(request: HttpRequest, data: Any = None) -> DeviceForm:
    site: Any = request.site
    user = _user(request)
    kept, places = (choices_of(user), followed(user)) if user else (set(), None)
    return DeviceForm(topics_of(site.space.modules), [Channel.PUSH], kept, data, followed=places)


def _page(request: HttpRequest, form: DeviceForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "text": TEXT, "can_push": can_push(), "key": public_key() if can_push() else ""}
    context["by_sms"] = offered() and any(topic.sms for topic in form.topics)
    return render(request, "delivery/devices.html", context, status=status)


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) and request.user.is_authenticated else None
