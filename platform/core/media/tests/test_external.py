"""Videos of other sites: known by a pasted address, loaded by nobody before a click."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.template import engines

from core.media.csp import allow_frames, hosts_of
from core.media.external import ExternalVideoField, read_address

YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
PEERTUBE = "https://videos.exemple.fr/w/kkGMgK9ZtnKfYAgnEtQxbv"


@pytest.mark.parametrize(
    "address",
    [YOUTUBE, f"{YOUTUBE}&t=12s", "youtu.be/dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ?si=x",
     "https://m.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube.com/shorts/dQw4w9WgXcQ",
     "http://youtube.com/embed/dQw4w9WgXcQ", "  https://www.youtube.com/live/dQw4w9WgXcQ?feature=share "],
)  # fmt: skip
def test_every_way_to_write_a_youtube_address_is_one_video(address: str) -> None:
    video = read_address(address)
    assert (video.page, video.frame_host) == (YOUTUBE, "www.youtube-nocookie.com")
    assert video.frame.startswith("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?")


@pytest.mark.parametrize(
    "address",
    [PEERTUBE, "https://videos.exemple.fr/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d",
     "https://videos.exemple.fr/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d"],
)  # fmt: skip
def test_a_peertube_video_is_played_by_its_own_host(address: str) -> None:
    video = read_address(address)
    assert video.frame_host == "videos.exemple.fr"
    assert video.frame.startswith("https://videos.exemple.fr/videos/embed/")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://127.0.0.1/w/kkGMgK9ZtnKfYAgnEtQxbv", "https://localhost/w/kkGMgK9ZtnKfYAgnEtQxbv",
     "https://[::1]/w/kkGMgK9ZtnKfYAgnEtQxbv", "https://a.b.localhost/w/kkGMgK9ZtnKfYAgnEtQxbv",
     f"https://aubin.{settings.BASE_DOMAIN}/w/kkGMgK9ZtnKfYAgnEtQxbv", "https://videos.exemple.fr/",
     "https://videos.exemple.fr:8443/w/kkGMgK9ZtnKfYAgnEtQxbv", "https://moi@videos.exemple.fr/w/kkGMgK9ZtnKfYAgnEtQxbv",
     "https://www.youtube.com/watch?v=court", "https://www.youtube.com/@mairie", "https://youtu.be/", "bonjour",
     "https://exemple.fr;script-src *//w/kkGMgK9ZtnKfYAgnEtQxbv", "https://[", "https://x:y/"],
)  # fmt: skip
def test_what_is_no_video_of_the_public_internet_is_refused(address: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read_address(address)
    assert "Collez l’adresse" in refusal.value.messages[0]


def test_the_field_gives_a_video_or_none() -> None:
    assert ExternalVideoField(required=False).clean("") is None
    found = ExternalVideoField().clean(YOUTUBE)
    assert found is not None
    assert found.key == "dQw4w9WgXcQ"


def test_nothing_of_it_is_loaded_before_the_click_and_it_works_without_script() -> None:
    html = (
        engines["django"]
        .from_string("{% load media %}{% external_video video %}")
        .render({"video": read_address(YOUTUBE, "La fête <b>")})
    )
    assert f'href="{YOUTUBE}"' in html
    assert "<iframe" not in html
    assert 'src="https' not in html
    assert "La fête &lt;b&gt;" in html


def test_only_the_page_that_shows_it_may_frame_it() -> None:
    response = allow_frames(HttpResponse(), hosts_of([read_address(YOUTUBE), read_address(PEERTUBE)]))
    allowed = response._csp_update["frame-src"]  # type: ignore[attr-defined]
    assert allowed == ["https://videos.exemple.fr", "https://www.youtube-nocookie.com"]
    assert "frame-src" not in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
