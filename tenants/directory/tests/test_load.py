"""Loading the whole directory."""

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat

from tenants.directory.load import load
from tenants.models import Commune, CommuneContour, DirectoryVersion


def _exchange_slugs(one: str, other: str) -> None:
    """As an earlier edition had them."""
    slugs = dict(Commune.objects.filter(insee__in=[one, other]).values_list("insee", "slug"))
    Commune.objects.filter(insee=one).update(slug="")
    Commune.objects.filter(insee=other).update(slug=slugs[one])
    Commune.objects.filter(insee=one).update(slug=slugs[other])
    DirectoryVersion.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("drop table pg_temp.incoming, pg_temp.outlines")  # the first load is of this transaction too


@pytest.mark.django_db
def test_the_directory_is_loaded_once_and_keeps_what_the_operator_added() -> None:
    Commune.objects.update(slug=Concat(Value("cast-"), "insee"))  # the cast's names are others' in the real directory
    Commune.objects.create(insee="06059", name="Eze", slug="old", departement="06", official_email="mairie@eze.example")
    first, second = load(), load()
    assert (first.communes, second.communes) == (34_969, 0)
    assert first.contours == CommuneContour.objects.count() > 34_000
    eze = Commune.objects.get(insee="06059")
    assert (eze.name, eze.slug, eze.population) == ("Èze", "eze", 2144)
    _exchange_slugs("06059", "80001")
    assert load().communes == 34_969
    assert Commune.objects.get(insee="06059").slug == "eze"
    assert eze.official_email == "mairie@eze.example"
