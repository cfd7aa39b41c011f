"""Two people, or one who presses twice, at the same moment: real transactions."""

from core.tenancy.context import enter
from modules.alerts import actions
from modules.alerts.models import Alert
from modules.alerts.queries.log import verdict
from modules.alerts.tests.warning import announced, ask_for_alerts, content, messages, user, written
from tests.at_once import at_once
from tests.cast import Cast


def test_an_alert_sent_by_several_at_once_is_told_once(committed_cast: Cast) -> None:
    place = committed_cast.aubin
    ask_for_alerts(place)
    alert, author = written(place), user(place.administrator)
    done = at_once(place, lambda _: actions.send(key=alert.pk, version=1, author=author))
    assert [type(each) for each in done] == [Alert] * 4
    assert len(announced(place)) == len(messages(place)) == 1


def test_several_alerts_sent_at_once_make_one_log(committed_cast: Cast) -> None:
    place = committed_cast.aubin
    alerts, author = [written(place, headline=f"Alerte {number}") for number in range(4)], user(place.administrator)
    done = at_once(place, lambda number: actions.send(key=alerts[number].pk, version=1, author=author))
    assert [type(each) for each in done] == [Alert] * 4
    with enter(place.schema_name):
        assert verdict().holds
    assert [each.serial for each in messages(place)] == [1, 2, 3, 4]


def test_a_lift_and_an_update_at_once_leave_one_truth(committed_cast: Cast) -> None:
    place = committed_cast.aubin
    alert, author = written(place), user(place.administrator)
    with enter(place.schema_name):
        actions.send(key=alert.pk, version=1, author=author)

    def act(number: int) -> Alert:
        if number % 2:
            return actions.lift(key=alert.pk, author=author)
        return actions.update(key=alert.pk, version=2, content=content(headline="Autre"), author=author)

    at_once(place, act)
    kinds = [each.kind for each in messages(place)]
    assert kinds in (["sent", "lift"], ["sent", "update", "lift"])
