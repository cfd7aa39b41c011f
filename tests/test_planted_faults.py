"""The walks over what is typed, over limits and over headers see: a fault planted in one view is reported."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from core.accounts import access
from core.audit.models import Entry
from modules.presentation.models import PageVersion
from tests import test_headers, test_limits
from tests.conftest import Neighbours
from tests.test_naughty_addresses import BADLY_WRITTEN, faults_of
from tests.typing_in import Typist
from tests.walks import Route, routes

On = Callable[[str], Client]
Of = Callable[..., Client]
GoOn = Callable[[], HttpResponse]
Fault = Callable[[HttpRequest, GoOn], HttpResponse]
Plant = Callable[[str, Fault], Route]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Plant:
    """Put a fault in a view, which may go on to the view as it is."""

    def put(name: str, fault: Fault) -> Route:
        route = next(each for each in routes("space") if each.name == name)
        view = route.pattern.callback

        def spoilt(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            return fault(request, lambda: view(request, **kwargs))

        spoilt.access = view.access  # type: ignore[attr-defined]
        monkeypatch.setattr(route.pattern, "callback", spoilt)
        return route

    return put


def _crashes(request: HttpRequest, go_on: GoOn) -> HttpResponse:
    request.POST.get("title", "").encode("latin-1")
    return go_on()


def _echoes(request: HttpRequest, go_on: GoOn) -> HttpResponse:
    return HttpResponse(f"<h1>{request.POST['title']}</h1>") if "title" in request.POST else go_on()


def _forgets(request: HttpRequest, go_on: GoOn) -> HttpResponse:
    sent, request.method = request.method, "GET"
    answer = go_on()
    answer.status_code = 422 if sent == "POST" else 200
    return answer


def _is_mute(request: HttpRequest, go_on: GoOn) -> HttpResponse:
    return HttpResponse("non", status=400) if request.method == "POST" else go_on()


def _saves_half(request: HttpRequest, go_on: GoOn) -> HttpResponse:
    if request.method == "POST":
        Entry.objects.create(verb="presentation.page_named")
    return _forgets(request, go_on)


def _cuts(request: HttpRequest, go_on: GoOn) -> HttpResponse:
    if request.method != "POST":
        return go_on()
    PageVersion.objects.working().update(title=request.POST.get("title", "").encode("ascii", "ignore").decode()[:3])
    return HttpResponse(status=302, headers={"Location": "/"})


@pytest.mark.parametrize(
    ("fault", "wanted"),
    [
        (_crashes, "UnicodeEncodeError"),
        (_echoes, "showed what was typed as a tag"),
        (_forgets, "did not come back as typed"),
        (_is_mute, "without a sentence"),
        (_saves_half, "half of it was saved"),
        (_cuts, "was taken and is not kept as typed"),
    ],
)
def test_a_form_that_mistreats_what_is_typed_is_seen(
    fault: Fault,
    wanted: str,
    plant: Plant,
    one_way: Neighbours,
    client_of: Of,
) -> None:
    place = one_way.victim
    route = plant("presentation-office:heading", fault)
    typist = Typist(place.space.here)
    url = one_way.victims.url(route)
    found = typist.find("space", {"administrator": (client_of(place.administrator), "/")}, {route: url})
    target = next(each for each in found if each.route == route.name)
    typist.type_odd(target)
    if not any(wanted in each for each in typist.faults):
        typist.type_hostile(target)
    assert any(wanted in each for each in typist.faults)


def test_a_query_that_breaks_a_page_is_seen(plant: Plant, one_way: Neighbours, client_on: On) -> None:
    def counts(request: HttpRequest, go_on: GoOn) -> HttpResponse:
        return HttpResponse(str(int(request.GET.get("page", "1"))))

    url = one_way.victims.url(plant("news:list", counts))
    browser = client_on(one_way.victim.host)
    assert not list(faults_of(browser, "GET", url, "as it is"))
    assert [each for each in faults_of(browser, "GET", f"{url}?{BADLY_WRITTEN}", "bad") if "ValueError" in each]


@pytest.mark.parametrize("counted", [True, False])
def test_a_route_without_a_limit_is_seen(
    counted: bool, one_way: Neighbours, client_on: On, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "planted"}}
    settings.ANONYMOUS_WRITES = 2
    if not counted:
        monkeypatch.setattr(access, "asks_too_much", lambda request: False)
    route = next(each for each in routes("space") if each.name == "news:list")
    found = test_limits.faults(client_on(one_way.victim.host), route, one_way.victims.url(route), settings)
    assert bool(found) is not counted


def _exempt(name: str) -> Fault:
    def fault(request: HttpRequest, go_on: GoOn) -> HttpResponse:
        answer = go_on()
        if name == "cookie":
            answer.set_cookie("trace", "1")
        else:
            setattr(answer, name, True)
        return answer

    return fault


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("cookie", "cookie trace"), ("xframe_options_exempt", "X-Frame-Options"), ("_csp_exempt", "default-src 'none'")],
)
def test_an_answer_without_its_protection_is_seen(
    name: str, wanted: str, plant: Plant, one_way: Neighbours, client_on: On
) -> None:
    browser = client_on(one_way.victim.host)
    assert not test_headers.faults(browser.get("/actualites/"))
    plant("news:list", _exempt(name))
    assert wanted in test_headers.faults(browser.get("/actualites/"))
