"""What a person asks to be told of, and the link of the mails that stops it."""

from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.accounts.models import User
from core.delivery.consenting import choices_of, choose, obey
from core.delivery.following import follow, followed
from core.delivery.forms import ChoicesForm
from core.delivery.mail.suppressing import restore, suppression_of
from core.delivery.models import Channel
from core.delivery.push.vapid import can_push
from core.delivery.sms.codes import offered
from core.delivery.sms.consenting import numbers_of
from core.delivery.sms.numbers import unbroken
from core.delivery.topics import TEXT, label_of, topics_of
from core.delivery.unsubscribing import read


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    user, site = cast(User, request.user), cast(Any, request).site
    topics = topics_of(site.space.modules)
    channels = [each for each in Channel if each is not Channel.PUSH or can_push()]
    posted = request.POST if request.method == "POST" else None
    form = ChoicesForm(topics, channels, choices_of(user), posted, followed=followed(user))
    if form.is_valid():
        with transaction.atomic():
            choose(user, form.wanted, among=form.among)
            follow(user, form.places)
        messages.success(request, _("C’est noté."))
        return redirect("delivery:preferences")
    context = {"form": form, "topics": topics, "text": TEXT, "devices": user.devices.count(), "can_push": can_push()}
    context["refused"] = suppression_of(user.email)
    context |= {"numbers": _numbers(user), "by_sms": offered() and any(topic.sms for topic in topics)}
    return render(request, "delivery/preferences.html", context, status=422 if form.errors else 200)


@never_cache
def restore_address(request: HttpRequest) -> HttpResponse:
    """Their address works, or they want our e-mails again: said twice, it is heard twice."""
    if request.method == "POST":
        user = cast(User, request.user)
        restore(user.email, author=user)
        messages.success(request, _("C’est noté : nous vous écrivons de nouveau à cette adresse."))
    return redirect("delivery:preferences")


def _numbers(user: User) -> list[dict[str, str]]:
    return [
        {"number": number, "shown": unbroken(number), "topics": ", ".join(label_of(topic) for topic in topics)}
        for number, topics in numbers_of(user).items()
    ]


@csrf_exempt  # the signed word says who asks; a mail program presses the button by itself (RFC 8058) and has no cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, word: str) -> HttpResponse:
    """The link shows a button: programs that read mails follow links, they press nothing. A link that served already
    says the same."""
    stop = read(word)
    if stop is None:
        return render(request, "delivery/unsubscribe.html", {"stale": True}, status=410)
    done = request.method == "POST"
    if done:
        obey(stop)
    context = {"done": done, "channel": stop.channel.label, "topic": label_of(stop.topic) if stop.topic else ""}
    return render(request, "delivery/unsubscribe.html", context)
