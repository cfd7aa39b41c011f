"""What the console says is open: in days, by what, and what is only read."""

from datetime import date

from billing.actions.advancing import advance
from billing.tests.living import DAY, given, on, ordered, trying
from console.opened import opened
from tests.cast import Cast

FIRST, LAST = date(2027, 1, 1), date(2027, 3, 1)
END = date(2027, 12, 31)


def test_a_module_that_goes_on_after_its_trial_is_open_until_the_last_day_that_was_ordered(cast: Cast) -> None:
    found = trying(cast.aubin, FIRST, LAST)
    ordered(found, LAST + DAY, END, ["news"])
    with on(LAST, found):
        given(found)
        said = {each.label: each for each in opened(cast.aubin.space, found.commune)}
    assert (said["Actualités"].sources, said["Actualités"].until) == (("essai",), END)
    assert said["Alertes"].until == LAST


def test_what_may_only_be_read_is_given_by_nothing(cast: Cast) -> None:
    found = trying(cast.aubin, FIRST, LAST)
    with on(LAST + DAY, found):
        advance(found)
        said = opened(cast.aubin.space, found.commune)
    assert said
    assert {each.sources for each in said} == {()}
    assert {each.read_until for each in said} == {LAST + 90 * DAY}
