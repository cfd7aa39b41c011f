"""A form sent several times at the same moment: real transactions."""

from core.accounts.models import User
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from core.territory.actions import draw_area
from core.territory.models import Area
from tests.at_once import at_once
from tests.cast import Cast

OUTLINE = [(45.00, 4.00), (45.01, 4.00), (45.01, 4.01)]


def test_a_new_area_sent_several_times_at_once_is_kept_once(committed_cast: Cast) -> None:
    place, key = committed_cast.aubin, uuid7()
    with enter(place.schema_name):
        author = User.objects.get(pk=place.administrator.id)
    sent = {"name": "La Combe", "kind": Area.Kind.choices[0][0], "outline": OUTLINE, "author": author, "key": key}
    done = at_once(place, lambda _: draw_area(None, **sent, read=""))
    assert [getattr(each, "pk", each) for each in done] == [key] * 4
    with enter(place.schema_name):
        assert Area.objects.count() == 1
