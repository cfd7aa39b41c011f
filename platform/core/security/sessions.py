"""Where a person is signed in: noted at sign-in, shown in words, ended one by one or all at once."""

import re
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.privacy.retention import MOST, some
from core.security.models import SignedIn, TrustedDevice

SEEN, SINCE = "seen_on", "signed_in_at"
# The first that is found names the browser: Edge and Opera also call themselves Chrome, and Chrome Safari.
BROWSERS = [
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"OPR/", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
]
SYSTEMS = [
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Mac OS X|Macintosh", "Mac"),
    (r"Linux|X11", "Linux"),
]


def device(user_agent: str) -> str:
    """A browser and a system in two words; nothing else of what a browser says of itself is kept."""
    named = [next((name for mark, name in marks if re.search(mark, user_agent)), "") for marks in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, named)) or _("Navigateur inconnu")


def begun(sender: Any, request: HttpRequest, user: User, **_more: Any) -> None:
    """Note a sign-in; the session has its new key already."""
    now = timezone.now()
    if request.session.session_key is None:
        request.session.save()
    request.session[SINCE] = now.timestamp()
    request.session[SEEN] = _today()
    _drop_the_gone(user)
    SignedIn.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={"user": user, "browser": device(request.META.get("HTTP_USER_AGENT", "")), "seen_on": now.date()},
    )


def ended(sender: Any, request: HttpRequest, user: User | None, **_more: Any) -> None:
    if user is not None and request.session.session_key:
        SignedIn.objects.filter(session_key=request.session.session_key).delete()


def seen(request: HttpRequest) -> None:
    """Note the day, once a day."""
    request.session[SEEN] = _today()
    SignedIn.objects.filter(session_key=request.session.session_key).update(seen_on=timezone.now().date())


def sessions_of(user: User) -> list[SignedIn]:
    """Where the person is signed in now."""
    return list(SignedIn.objects.filter(user=user, session_key__in=_alive()))


def end_sessions(user: User, *, but: str | None = None) -> int:
    """Sign the person out everywhere, but in the session of this key; return in how many browsers. No device is trusted
    any more."""
    TrustedDevice.objects.filter(user=user).delete()
    mine = SignedIn.objects.filter(user=user).exclude(session_key=but or "")
    keys = list(mine.values_list("session_key", flat=True))
    _rows().filter(session_key__in=keys).delete()
    return mine.delete()[0]


def end_session(found: SignedIn) -> None:
    _rows().filter(session_key=found.session_key).delete()
    found.delete()


def forget_sessions(before: datetime) -> int:
    """Delete those that nobody used since, and those that are over."""
    over = Q(seen_on__lt=before) | ~Q(session_key__in=_alive())
    keys = list(SignedIn.objects.filter(over).values_list("session_key", flat=True)[:MOST])
    dead = some(_rows().filter(Q(expire_date__lte=timezone.now()) | Q(session_key__in=keys)))
    return max(SignedIn.objects.filter(session_key__in=keys).delete()[0], dead.delete()[0])


def is_seen_today(request: HttpRequest) -> bool:
    return bool(request.session.get(SEEN) == _today())


def _drop_the_gone(user: User) -> None:
    SignedIn.objects.filter(user=user).exclude(session_key__in=_alive()).delete()


def _alive() -> Any:
    return _rows().filter(expire_date__gt=timezone.now()).values("session_key")


def _rows() -> Any:
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    return store.get_model_class().objects


def _today() -> str:
    return timezone.now().date().isoformat()
