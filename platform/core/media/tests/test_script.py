"""What the browser does with the field: a real one, whose requests our views answer."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django import forms
from django.conf import settings as all_settings
from django.db import connections
from django.template import engines
from django.test import Client
from playwright.sync_api import Page, Route, expect, sync_playwright

from core.media.fields import AssetField
from core.media.models import Asset, Upload
from core.media.tests.pictures import drawn
from core.tenancy.context import enter
from tests.cast import Cast

pytestmark = pytest.mark.browser
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PAGE = """<!doctype html><html lang="fr"><title>Essai</title><form method="post" enctype="multipart/form-data">
<input type="hidden" name="csrfmiddlewaretoken" value="x">{{ form.files }}<button>Enregistrer</button></form></html>"""


class Files(forms.Form):
    files = AssetField(kinds=["picture"], several=True, most=5)


class Desk:
    """A page with the field. `cuts` is how many parts are lost before one arrives."""

    def __init__(self, client: Client, host: str, html: str) -> None:
        self.client, self.host, self.html, self.cuts, self.asked = client, host, html, 0, list[str]()
        # The driver keeps a loop in the thread of the test, where Django asks no database: it is lent to another.
        lent = connections["default"]
        lent.inc_thread_sharing()
        self.thread = ThreadPoolExecutor(1, initializer=connections.__setitem__, initargs=("default", lent))

    def ask(self, question: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        return self.thread.submit(question, *arguments, **more).result()

    def inside(self, schema_name: str, question: Callable[[], Any]) -> Any:
        def asked() -> Any:
            with enter(schema_name):
                return question()

        return self.ask(asked)

    def answer(self, route: Route) -> None:
        request = route.request
        path = request.url.split(self.host, 1)[1]
        if path == "/essai":
            return route.fulfill(body=self.html, content_type="text/html; charset=utf-8")
        if path.startswith("/static/"):
            return route.fulfill(path=f"{all_settings.ROOT}/platform/core/media{path}", content_type="text/javascript")
        if request.method == "PATCH" and self.cuts:
            self.cuts -= 1
            return route.abort()
        self.asked.append(request.method)
        kept = {name: value for name, value in request.headers.items() if name.startswith(("tus-", "upload-"))}
        kind = request.headers.get("content-type", "application/octet-stream")
        body = request.post_data_buffer or b""
        found = self.ask(self.client.generic, request.method, path, body, content_type=kind, headers=kept)
        return route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.getvalue())


@pytest.fixture
def desk(cast: Cast, client_of: Callable[..., Client], settings: Any) -> Iterator[tuple[Desk, Page]]:
    if CHROMIUM is None:
        pytest.skip("not run: this machine has no Chromium")
    settings.ROOT_URLCONF = settings.SITE_URLCONFS["space"]
    with enter(cast.aubin.schema_name):
        html = engines["django"].from_string(PAGE).render({"form": Files()})
    shown = Desk(client_of(cast.aubin.editor), cast.aubin.host, html)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.route("**/*", shown.answer)
        page.goto(f"https://{cast.aubin.host}/essai")
        yield shown, page
        browser.close()
    shown.thread.shutdown()
    connections["default"].dec_thread_sharing()


def photo(name: str, size: tuple[int, int] = (900, 700)) -> Any:
    return {"name": name, "mimeType": "image/jpeg", "buffer": drawn(size)}


def test_a_chosen_file_is_sent_at_once_and_goes_on_after_a_cut(cast: Cast, desk: tuple[Desk, Page]) -> None:
    shown, page = desk
    shown.cuts = 1
    page.locator("input[type=file]").set_input_files([photo("colline.jpg")])
    expect(page.get_by_text("colline.jpg")).to_be_visible()
    expect(page.get_by_label("Description de l’image")).to_have_count(2, timeout=15_000)  # the plain form's is hidden
    assert shown.asked[:3] == ["POST", "HEAD", "PATCH"]
    asset = shown.inside(cast.aubin.schema_name, Asset.objects.get)
    assert page.locator("input[name=files-assets]").input_value() == str(asset.pk)


def test_what_is_refused_says_why_and_can_be_taken_away(cast: Cast, desk: tuple[Desk, Page]) -> None:
    _shown, page = desk
    page.locator("input[type=file]").set_input_files([{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"<html>"}])
    expect(page.get_by_role("alert")).to_contain_text("n’est pas une image", timeout=15_000)
    page.get_by_role("button", name="Retirer", exact=True).click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_sending_is_cancelled(cast: Cast, desk: tuple[Desk, Page]) -> None:
    shown, page = desk
    shown.cuts = 1000
    page.locator("input[type=file]").set_input_files([photo("colline.jpg")])
    expect(page.get_by_text("La connexion est coupée")).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Annuler l’envoi").click()
    expect(page.get_by_text("colline.jpg")).to_have_count(0)
    page.wait_for_function("() => Object.keys(localStorage).length === 0")
    assert "DELETE" in shown.asked
    assert not shown.inside(cast.aubin.schema_name, Upload.objects.exists)


def test_files_are_moved_by_the_keyboard(desk: tuple[Desk, Page]) -> None:
    _shown, page = desk
    for number, name in enumerate(("une.jpg", "deux.jpg"), 1):
        page.locator("input[type=file]").set_input_files([photo(name)])
        expect(page.locator("input[name=files-assets]")).to_have_count(number, timeout=15_000)
    page.get_by_role("button", name="Monter : deux.jpg").press("Enter")
    assert page.locator(".chosen b").all_text_contents() == ["deux.jpg", "une.jpg"]
    assert [each.input_value() for each in page.locator("input[name$='-place']").all()] == ["1", "2"]
