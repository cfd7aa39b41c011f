"""A film that somebody made is put in the news, transcoded, and played by whoever reads it."""

import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from core.media.decoding.process import ffmpeg
from deploy.local.address import Address
from tests.e2e.conftest import PLACE, Window
from tests.e2e.steps import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not ffmpeg(), reason="this machine has no ffmpeg")]

ADMINISTRATOR = f"secretaire@{PLACE}.example"
TITLE = "La fête du pain en film"
SECONDS = 3
TRANSCODED = 60_000
MOVES = "film => !film.error && film.currentTime > 0.5"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """As a telephone of ten years ago gives it: MPEG-4 part 2, which no browser plays."""
    made = tmp_path / "fete.mp4"
    drawn, hummed = f"testsrc=duration={SECONDS}:size=640x360:rate=15", f"sine=duration={SECONDS}"
    command = [ffmpeg(), "-loglevel", "error", "-f", "lavfi", "-i", drawn, "-f", "lavfi", "-i", hummed]
    subprocess.run([*command, "-c:v", "mpeg4", "-c:a", "aac", str(made)], check=True)
    return made


def test_a_film_is_sent_published_and_played(window: Window, site: Address, film: Path) -> None:
    writer = window()
    sign_in(writer, site, ADMINISTRATOR, PLACE)
    writer.goto(site.url(PLACE, "/mairie/actualites/nouvelle/"))
    writer.get_by_label("Titre").fill(TITLE)
    writer.get_by_label("Résumé").fill("Trois secondes de four à bois.")
    writer.get_by_role("textbox", name="Texte").click()
    writer.keyboard.type("Le film de la fête.")
    writer.locator("input[name=attachments]").set_input_files(film)
    sent = writer.locator("li.asset", has_text=film.name)
    expect(sent.get_by_label("Légende")).to_be_visible(timeout=TRANSCODED)
    sent.get_by_label("Légende").fill("Le four à bois")
    writer.get_by_role("button", name="Publier maintenant").click()
    expect(writer.get_by_role("heading", name="C’est en ligne")).to_be_visible()
    item = urlsplit(writer.get_by_role("link", name="Lire l’actualité").get_attribute("href") or "").path

    reader = window()
    reader.goto(site.url(PLACE, item))
    player = reader.locator("video")
    until = time.monotonic() + TRANSCODED / 1000
    while not player.count() and time.monotonic() < until:
        reader.reload()
    expect(player).to_be_visible()
    assert player.evaluate("film => [film.preload, film.currentTime]") == ["none", 0]
    player.evaluate("film => { film.muted = true; return film.play() }")
    handle = player.element_handle()
    assert handle is not None
    reader.wait_for_function(MOVES, arg=handle)
    assert player.evaluate("film => [film.videoWidth, Math.round(film.duration)]") == [640, SECONDS]
