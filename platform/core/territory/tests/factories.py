"""An area, an address in it, and the file it came from."""

from core.territory.models import Address, AddressImport, Area
from tests.planting import Mark, Plot, factory

SAMPLES = {
    ("territory", "pk"): Area,
    ("territory:tile", "zoom"): 12,
    ("territory:tile", "x"): 2093,
    ("territory:tile", "y"): 1473,
}


@factory(Area)
def area(plot: Plot, mark: Mark) -> Area:
    ring = [[45.01, 4.01], [45.01, 4.02], [45.02, 4.02], [45.02, 4.01], [45.01, 4.01]]
    return Area.objects.create(
        name=mark.text, kind=Area.Kind.HAMLET, polygon=[ring], south=45.01, west=4.01, north=45.02, east=4.02,
        author=mark.email,
    )  # fmt: skip


@factory(Address)
def address(plot: Plot, mark: Mark) -> Address:
    return Address.objects.create(
        ban_id=mark.secret[:60], number=1, street=mark.text, folded=f" 1 {mark.text} ",
        latitude=45.015, longitude=4.015, area=plot[Area],
    )  # fmt: skip


@factory(AddressImport)
def address_import(plot: Plot, mark: Mark) -> AddressImport:
    return AddressImport.objects.create(
        file_name=mark.text, rows_read=1, rows_kept=1, rows_refused=0, rows_gone=0, author=mark.email
    )
