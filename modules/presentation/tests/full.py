"""A commune that filled every list of its presentation, with as many rows as one asks for."""

from datetime import date, time, timedelta

from core.organisation.models import Department, OpeningSlot
from core.tenancy.context import enter
from modules.presentation.models import (
    CanteenWeek,
    Collection,
    CollectionChange,
    LocalNumber,
    Market,
    Member,
    Stream,
    Term,
    UsefulLink,
)
from tests.cast import Place


def fill(place: Place, count: int, today: date) -> None:
    """`count` more rows in every list."""
    with enter(place.schema_name):
        term, _made = Term.objects.get_or_create(current=True)
        for number in range(count):
            department = Department.objects.create(name=f"Service {Department.objects.count()}", phone="04 00 00 00 00")
            OpeningSlot.objects.create(department=department, weekday=number % 5, opens=time(9), closes=time(12))
            Member.objects.create(
                term=term,
                first_name="Ada",
                surname=f"Lac {number}",
                function="Adjointe",
                group=f"Liste {number}",
                departments=[department.pk],
            )
            UsefulLink.objects.create(label=f"Lien {number}", url="https://exemple.fr", theme=f"Thème {number}")
            LocalNumber.objects.create(label=f"Astreinte {number}", phone="04 00 00 00 00")
            collection = Collection.objects.create(stream=Stream.SORTED, weekdays=[0, 3])
            CollectionChange.objects.create(collection=collection, day=today + timedelta(days=2), reason="Férié")
            Market.objects.create(name=f"Marché {number}", weekday=5, opens=time(8), closes=time(12))
        monday = today - timedelta(days=today.weekday())
        CanteenWeek.objects.get_or_create(monday=monday, defaults={"days": {"0": {"dishes": "Soupe"}}})
