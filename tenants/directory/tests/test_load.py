"""Loading the whole directory."""

import pytest
from django.db.models import Value
from django.db.models.functions import Concat

from tenants.directory.load import load
from tenants.models import Commune, CommuneContour


@pytest.mark.django_db
def test_the_directory_is_loaded_once_and_keeps_what_the_operator_added() -> None:
    Commune.objects.update(slug=Concat(Value("cast-"), "insee"))  # the cast's names are others' in the real directory
    Commune.objects.create(insee="06059", name="Eze", slug="old", departement="06", official_email="mairie@eze.example")
    first, second = load(), load()
    assert (first.communes, second.communes) == (34_969, 0)
    assert first.contours == CommuneContour.objects.count() > 34_000
    eze = Commune.objects.get(insee="06059")
    assert (eze.name, eze.slug, eze.population) == ("Èze", "eze", 2144)
    assert eze.official_email == "mairie@eze.example"
