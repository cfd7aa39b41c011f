"""Tables as files that a French spreadsheet opens as they are."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any, Final

from django.http import HttpResponse

TYPE: Final = "text/csv; charset=utf-8"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Semicolons, a mark of order first, and no cell that a spreadsheet would compute."""
    written = StringIO("\ufeff")
    written.seek(0, 2)
    writer = csv.writer(written, delimiter=";")
    writer.writerow(head)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return written.getvalue()


def download(name: str, text: str | bytes, type_: str = TYPE) -> HttpResponse:
    """A file to be kept, under a name of ours."""
    response = HttpResponse(text, content_type=type_)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _plain(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
