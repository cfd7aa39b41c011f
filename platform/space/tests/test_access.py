"""Who may open each page of the shell and send each of its forms: refusals first."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from core.audit.models import Entry
from space.tests.conftest import Inside
from space.tests.pages import ANYONE, FORMS, PAGES, Form, Page, below
from space.views.installable import TOUCH_ICONS
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
CLOSED = [page for page in PAGES if page.least != ANYONE]


def at(path: str, cast: Cast) -> str:
    return path.format(resident=cast.aubin.resident.id)


@pytest.mark.parametrize("page", CLOSED, ids=lambda page: page.path)
def test_a_page_sends_strangers_and_neighbours_to_sign_in(
    page: Page, cast: Cast, anyone: Client, client_of: Of
) -> None:
    path = at(page.path, cast)
    for browser in (anyone, client_of(cast.belleville.administrator, cast.aubin.host)):
        answer = browser.get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/connexion/?next=/")


@pytest.mark.parametrize("page", CLOSED, ids=lambda page: page.path)
def test_a_page_refuses_whoever_has_no_right_to_it(page: Page, cast: Cast, client_of: Of) -> None:
    for who in below(page.least):
        answer = client_of(getattr(cast.aubin, who)).get(at(page.path, cast))
        assert answer.status_code == 403
        assert "Cette page ne vous est pas ouverte" in answer.content.decode()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_page_opens_to_the_least_it_names_and_to_an_administrator(
    page: Page, cast: Cast, anyone: Client, client_of: Of
) -> None:
    path = at(page.path, cast)
    least = anyone if page.least == ANYONE else client_of(getattr(cast.aubin, page.least))
    answer = least.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/html")
    assert client_of(cast.aubin.administrator).get(path).status_code in {200, 302}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.path)
def test_a_form_changes_nothing_for_whoever_has_no_right_to_it(
    form: Form, cast: Cast, anyone: Client, client_of: Of, inside: Inside
) -> None:
    path = at(form.path, cast)
    before = (cast.aubin.space.version, cast.aubin.space.custom_name)
    for browser in (anyone, client_of(cast.belleville.administrator, cast.aubin.host)):
        assert browser.post(path, form.sent)["Location"].startswith("/connexion/")
    for who in below(form.least):
        assert client_of(getattr(cast.aubin, who)).post(path, form.sent).status_code == 403
    assert (cast.aubin.space.version, cast.aubin.space.custom_name) == before
    with inside():
        assert not Entry.objects.exists()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.path)
def test_a_form_is_refused_without_its_token(form: Form, cast: Cast, inside: Inside) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"host": cast.aubin.host, "x-forwarded-proto": "https"})
    answer = browser.post(at(form.path, cast), form.sent, headers={"referer": f"https://{cast.aubin.host}/"})
    assert answer.status_code == 403
    assert "Votre navigateur refuse nos cookies" in answer.content.decode()


@pytest.mark.parametrize("form", [form for form in FORMS if "mairie" in form.path], ids=lambda form: form.path)
def test_an_address_of_a_form_that_is_reloaded_leads_to_a_page(form: Form, cast: Cast, administrator: Client) -> None:
    answer = administrator.get(at(form.path, cast), follow=True)
    assert answer.status_code == 200


def test_every_page_and_form_of_the_shell_is_walked() -> None:
    walked = {each.path.partition("?")[0] for each in (*PAGES, *FORMS)}
    alone = {
        "/theme.css",
        "/manifest.webmanifest",
        "/icone.svg",
        "/sw.js",
        "/mairie/reglages/apercu/",
        "/mairie/mandat/",
    }
    alone |= {f"/icone-{name}.png" for name in TOUCH_ICONS}
    # Of one invitation, of one letter, of one file, of one export: walked in their own tests.
    keyed = {
        "/mairie/export/<uuid:key>/",
        "/invitation/<uuid:key>/",
        "/invitation/<uuid:key>/accepter/",
        "/mairie/habitants/invitations/<uuid:key>/renvoyer/",
        "/mairie/habitants/invitations/<uuid:key>/annuler/",
        "/mairie/reglages/fichiers/<uuid:asset>/effacer/",
        "/mairie/courriers/<uuid:letter>/imprimer/",
        "/mairie/courriers/<uuid:letter>/poste/",
    }
    (shell,) = (each for each in get_resolver("config.urls.space").url_patterns
                if isinstance(each, URLResolver) and each.app_name == "space")  # fmt: skip
    paths = {"/" + str(each.pattern) for each in shell.url_patterns}
    known = {
        path.replace("{resident}", "<uuid:pk>")
        .replace("options/news", "options/<slug:slug>")
        .replace("modules/news", "modules/<slug:slug>")
        for path in walked
    }
    assert paths - known == alone | keyed


def test_a_person_who_does_not_exist_is_not_found(administrator: Client) -> None:
    absent = "/mairie/habitants/0199aaaa-0000-7000-8000-000000000000/"
    assert administrator.get(absent).status_code == 404
    for act in ("role/", "fermer/", "rouvrir/"):
        assert administrator.post(absent + act, {"reason": "x"}).status_code == 404
