"""What Stripe told us is kept as long as it is said, and not longer."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Model
from django.utils import timezone

from billing.collecting.forgetting import FORGOTTEN, LASTING, MONTHS, forget
from billing.collecting.jobs import forget_what_has_served
from billing.models import StripeDifference, StripeEvent
from billing.models import stripe as models
from core.audit.models import Entry
from core.privacy.retention import months_before
from core.tenancy.context import entered
from core.tenancy.here import OPERATOR
from tests.cast import Cast

GUIDE = Path(settings.ROOT) / "docs/architecture.md"


def made(model: type[Model], name: str) -> Model:
    facts = {
        StripeEvent: {"id": name, "type": "invoice.paid", "outcome": "stranger", "created_at": timezone.now()},
        StripeDifference: {"subject": name, "text": "Stripe ne l’a pas.", "gone_at": timezone.now()},
    }
    return model._default_manager.create(**facts[model])


def aged(row: Model, at: datetime) -> None:
    _label, since = FORGOTTEN[type(row)]
    type(row)._default_manager.filter(pk=row.pk).update(**{since: at})


def test_every_table_of_stripes_says_how_long_it_is_kept() -> None:
    found = {each for each in vars(models).values() if isinstance(each, type) and each.__module__ == models.__name__}
    assert {each for each in found if issubclass(each, Model)} == {*FORGOTTEN, *LASTING}


@pytest.mark.parametrize("model", [*FORGOTTEN, *LASTING])
def test_the_guide_says_it_too(model: type[Model]) -> None:
    (row,) = re.findall(rf"^\| [^|]*`{model.__name__}`[^|]*\|(.*)\|$", GUIDE.read_text(), flags=re.MULTILINE)
    assert (f"{MONTHS} months" in row) is (model in FORGOTTEN)
    assert ("`stripe.forget`" in row) is (model in FORGOTTEN)


@pytest.mark.parametrize("model", FORGOTTEN)
def test_it_is_forgotten_when_its_term_is_over_and_no_sooner(cast: Cast, model: type[Model]) -> None:
    term = months_before(MONTHS, timezone.now())
    early, late = made(model, "early"), made(model, "late")
    aged(early, term + timedelta(days=1))
    aged(late, term - timedelta(days=1))
    assert (forget(), forget()) == (1, 0)
    assert list(model._default_manager.values_list("pk", flat=True)) == [early.pk]
    with entered(OPERATOR):
        label = str(FORGOTTEN[model][0])
        assert Entry.objects.get(verb="privacy.forgotten").detail["erased"] == {label: 1}


def test_a_difference_that_lasts_is_never_forgotten(cast: Cast) -> None:
    StripeDifference.objects.create(subject="FAC-1", text="Stripe ne l’a pas.")
    StripeDifference.objects.update(found_at=timezone.now() - timedelta(days=4000))
    assert forget() == 0
    assert StripeDifference.objects.count() == 1


def test_more_than_a_batch_goes_in_one_night(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.privacy.retention.MOST", 2)
    monkeypatch.setattr("billing.collecting.forgetting.MOST", 2)
    for number in range(5):
        aged(made(StripeEvent, f"evt_{number}"), months_before(MONTHS + 1, timezone.now()))
    assert forget() == 5


def test_the_night_runs_it_with_keys_and_without() -> None:
    assert not settings.STRIPE_SECRET_KEY
    assert forget_what_has_served.name in {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
