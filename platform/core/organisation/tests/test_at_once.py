"""A form sent several times at the same moment: real transactions."""

from datetime import time

from core.accounts.models import User
from core.organisation.actions import Description, Hours, describe
from core.organisation.models import Department
from core.tenancy.context import enter
from core.tenancy.keys import uuid7
from tests.at_once import at_once
from tests.cast import Cast


def test_a_new_department_sent_several_times_at_once_is_kept_once(committed_cast: Cast) -> None:
    place, key = committed_cast.aubin, uuid7()
    week = [Hours(1, time(9), time(12))]
    with enter(place.schema_name):
        author = User.objects.get(pk=place.administrator.id)
    done = at_once(
        place, lambda _: describe(None, description=Description("Accueil"), hours=week, author=author, key=key, read="")
    )
    assert [getattr(each, "pk", each) for each in done] == [key] * 4
    with enter(place.schema_name):
        assert Department.objects.get().slots.count() == 1
