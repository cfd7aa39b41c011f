"""How much a commune keeps: said with its figures, and held when two come at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from core.accounts.models import User
from core.media import uploads
from core.media.actions import forget, keep, usage
from core.media.models import Asset, Upload
from core.media.quota import words
from core.media.tests.pictures import drawn, upload
from core.tenancy.context import enter
from tests.cast import Cast


def test_a_file_that_does_not_fit_is_refused_with_the_figures(cast: Cast, settings: Any, media_root: Any) -> None:
    settings.MEDIA_QUOTA_BYTES = 3000
    with enter(cast.aubin.schema_name), pytest.raises(ValidationError) as refusal:
        keep(upload(drawn()), author=None)
    assert "la commune garde déjà 0 ko sur 3 ko" in refusal.value.messages[0].replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert not [path for path in media_root.rglob("*") if path.is_file()]


def test_a_commune_may_have_another_quota_than_the_others(cast: Cast) -> None:
    space = cast.aubin.space
    space.media_quota = 12
    space.save(update_fields=["media_quota"])
    for place, quota in ((cast.aubin, 12), (cast.belleville, 5 * 1024**3)):
        with enter(place.schema_name):
            assert usage().quota == quota


def test_what_is_erased_makes_room(cast: Cast) -> None:
    with enter(cast.aubin.schema_name):
        asset = keep(upload(drawn()), author=None)
        assert usage().used == asset.stored_bytes == sum(each["bytes"] for each in asset.renditions) > 0
        forget(Asset.objects.get())
        assert usage().used == 0


def test_two_files_that_fit_alone_and_not_together_are_not_both_let_in(committed_cast: Cast, settings: Any) -> None:
    settings.MEDIA_QUOTA_BYTES = 1000
    place, together = committed_cast.aubin, Barrier(2, timeout=20)

    def begin(_number: int) -> bool:
        try:
            with enter(place.schema_name):
                owner = User.objects.get(pk=place.editor.id)
                together.wait()
                uploads.begin(owner=owner, name="a.jpg", size=600, kinds=["picture"])
            return True
        except ValidationError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(begin, range(2))) == [False, True]
    with enter(place.schema_name):
        assert Upload.objects.count() == 1


@pytest.mark.parametrize(
    ("size", "said"), [(0, "0 ko"), (12, "1 ko"), (2048, "2 ko"), (3_565_158, "3,4 Mo"), (5 * 1024**3, "5 Go")]
)
def test_a_weight_is_said_as_people_say_it(size: int, said: str) -> None:
    assert words(size).replace("\N{NARROW NO-BREAK SPACE}", " ") == said
