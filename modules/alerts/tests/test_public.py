"""What residents see: the banner on every page while an alert is in force, the list, and an alert's own page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.tenancy.context import enter
from modules.alerts import actions, hooks
from modules.alerts.models import Severity
from modules.alerts.tests.warning import cancelled, content, lifted, sent, user, written
from tenants.models import Space
from tenants.switches import switch_off
from tests.cast import Cast

On = Callable[[str], Client]
Of = Callable[..., Client]
PAGES = ("/", "/actualites/", "/alertes/", "/commune/", "/recherche/?q=mairie", "/mentions-legales/", "/nulle-part/")
SAID = "Voir les consignes"


def html(client: Client, path: str = "/") -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_every_public_page_says_what_to_do_while_an_alert_is_in_force(cast: Cast, client_on: On, page: str) -> None:
    anyone = client_on(cast.aubin.host)
    assert SAID not in html(anyone, page)
    sent(cast.aubin)
    text = html(anyone, page)
    assert SAID in text
    assert "Montez à l’étage." in text
    assert "Danger · Inondation" in text
    assert SAID not in html(client_on(cast.belleville.host), page)


def test_the_banner_goes_with_the_lift_from_the_next_page_on(cast: Cast, client_on: On) -> None:
    alert, anyone = sent(cast.aubin), client_on(cast.aubin.host)
    assert SAID in html(anyone)
    with enter(cast.aubin.schema_name):
        actions.lift(key=alert.pk, author=user(cast.aubin.administrator))
    assert SAID not in html(anyone)


def test_the_banner_goes_at_the_end_even_if_no_job_runs(cast: Cast, client_on: On) -> None:
    alert, anyone = sent(cast.aubin), client_on(cast.aubin.host)
    assert SAID in html(anyone)
    with time_machine.travel(alert.ends_at, tick=False):
        assert SAID not in html(anyone)
        assert "Aucune alerte en cours." in html(anyone, "/alertes/")


def test_the_banner_says_what_the_update_says(cast: Cast, client_on: On) -> None:
    alert, anyone = sent(cast.aubin), client_on(cast.aubin.host)
    html(anyone)
    with enter(cast.aubin.schema_name):
        more = content(instruction="Attendez les secours.")
        actions.update(key=alert.pk, version=2, content=more, author=user(cast.aubin.administrator))
    assert "Attendez les secours." in html(anyone)


def test_a_page_costs_no_more_statements_with_a_banner_than_without(cast: Cast, client_on: On) -> None:
    anyone, costs = client_on(cast.aubin.host), []
    for alerts in (0, 1, 5):
        for number in range(alerts):
            sent(cast.aubin, headline=f"Alerte {number}")
        html(anyone, "/mentions-legales/")
        with CaptureQueriesContext(connection) as asked:
            html(anyone, "/mentions-legales/")
        costs.append(len(asked))
    assert costs[0] == costs[1] == costs[2]


def test_the_gravest_comes_first_and_a_drill_last(cast: Cast, client_on: On) -> None:
    for severity in (Severity.MINOR, Severity.EXTREME, Severity.SEVERE):
        sent(cast.aubin, severity=severity.value, headline=f"C’est {severity.value}")
    sent(cast.aubin, severity=Severity.EXTREME.value, headline="Pour rire", drill=True)
    text = html(client_on(cast.aubin.host))
    assert text.index("C’est extreme") < text.index("C’est severe") < text.index("C’est minor")
    assert "Pour rire" not in text, "three at most"


def test_a_drill_says_so_in_the_banner_and_on_its_page(cast: Cast, client_on: On) -> None:
    alert, anyone = sent(cast.aubin, drill=True), client_on(cast.aubin.host)
    assert "EXERCICE · Montez à l’étage." in html(anyone)
    page = html(anyone, f"/alertes/{alert.pk}/")
    assert "<title>EXERCICE" in page
    assert "il n’y a aucun danger" in page
    assert "EXERCICE · La rivière monte" in html(anyone, "/alertes/")


def test_a_module_that_is_off_shows_no_banner(cast: Cast, client_on: On) -> None:
    sent(cast.aubin)
    html(client_on(cast.aubin.host))
    switch_off(Space.objects.get(schema_name=cast.aubin.schema_name), "alerts", author="test")
    assert SAID not in html(client_on(cast.aubin.host))


def test_what_is_in_force_comes_before_what_is_past_and_drafts_are_nowhere(cast: Cast, client_on: On) -> None:
    lifted(cast.aubin, headline="Passée")
    sent(cast.aubin, headline="Présente")
    draft = written(cast.aubin, headline="À venir")
    anyone = client_on(cast.aubin.host)
    text = html(anyone, "/alertes/")
    text = text[text.index("<main") :]
    assert text.index("Présente") < text.index("Passée")
    assert "À venir" not in text
    assert anyone.get(f"/alertes/{draft.pk}/").status_code == 404


def test_an_alerts_page_says_all_that_was_told_the_last_first(cast: Cast, client_on: On) -> None:
    alert = lifted(cast.aubin, words="Tout est calme.")
    text = html(client_on(cast.aubin.host), f"/alertes/{alert.pk}/")
    told = text[text.index("Ce que la mairie a dit") :]
    assert told.index("Fin d’alerte") < told.index("Danger · Inondation")
    assert "Tout est calme." in text
    assert "Ce qu’il fallait faire" in text


def test_a_cancelled_alert_says_that_it_was_an_error_and_what_is_true(cast: Cast, client_on: On) -> None:
    alert = cancelled(cast.aubin)
    text = html(client_on(cast.aubin.host), f"/alertes/{alert.pk}/")
    assert "Cette alerte était une erreur." in text
    assert "L’eau est bonne." in text


def test_the_home_says_for_a_day_what_was_lifted(cast: Cast, client_on: On) -> None:
    lifted(cast.aubin)
    anyone = client_on(cast.aubin.host)
    assert "<h2>Fin d’alerte</h2>" in html(anyone)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert "<h2>Fin d’alerte</h2>" not in html(anyone)


def test_lists_cost_the_same_with_many_alerts(cast: Cast, client_on: On, client_of: Of) -> None:
    readers = ((client_on(cast.aubin.host), "/alertes/"), (client_of(cast.aubin.editor), "/mairie/alertes/"))
    costs = []
    for count in (2, 6):
        for number in range(count):
            lifted(cast.aubin, headline=f"Passée {number}")
            sent(cast.aubin, headline=f"Présente {number}")
            written(cast.aubin, headline=f"Brouillon {number}")
        for reader, address in readers:
            reader.get(address)
            with CaptureQueriesContext(connection) as asked:
                reader.get(address)
            costs.append(len(asked))
    assert costs[:2] == costs[2:]


def test_an_alert_is_found_by_its_words_and_a_draft_by_its_writers(cast: Cast, client_on: On, client_of: Of) -> None:
    sent(cast.aubin, headline="La digue a cédé")
    written(cast.aubin, headline="La digue tiendra")
    asked = "/recherche/?q=DIGU+cede"
    assert "La digue a cédé" in html(client_on(cast.aubin.host), asked)
    found = html(client_on(cast.aubin.host), "/recherche/?q=tiendra")
    assert "La digue tiendra" not in found
    assert "La digue tiendra" in html(client_of(cast.aubin.editor), "/recherche/?q=tiendra")


def test_a_letter_holds_what_was_sent_since(cast: Cast) -> None:
    sent(cast.aubin, headline="La digue a cédé")
    written(cast.aubin)
    now = timezone.now()
    with enter(cast.aubin.schema_name):
        entries = list(hooks.digest(now - timedelta(hours=1), now + timedelta(seconds=1)))
    assert [(each.title, each.topic) for each in entries] == [("La digue a cédé", "alerts")]
