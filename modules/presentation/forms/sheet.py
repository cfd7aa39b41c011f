"""Reading a council from the rows of a spreadsheet: columns named or in their order, errors by line."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.web.plain_text import one_line
from modules.presentation.actions.terms import Elected
from modules.presentation.models import Member
from tenants.directory.folding import fold

# The columns in the order that is taken when nothing names them.
COLUMNS = ("first_name", "surname", "function", "group", "delegations", "permanence")
NEEDED = ("first_name", "surname", "function")
NAMES: Mapping[str, str] = {
    "prenom": "first_name",
    "prenoms": "first_name",
    "nom": "surname",
    "nom de famille": "surname",
    "nom d usage": "surname",
    "fonction": "function",
    "qualite": "function",
    "mandat": "function",
    "liste": "group",
    "groupe": "group",
    "liste ou groupe": "group",
    "delegation": "delegations",
    "delegations": "delegations",
    "permanence": "permanence",
    "permanences": "permanence",
}
MOST_LINES = 400
_EMPTY = gettext_lazy("Collez la liste, ou choisissez un fichier.")
_NOT_TEXT = gettext_lazy("Ce fichier n’est pas un texte : enregistrez le tableau au format CSV.")
_TOO_LONG = gettext_lazy("Ce fichier est trop long pour la liste d’un conseil.")
_ODD = gettext_lazy("Des lettres accentuées sont illisibles : enregistrez le fichier en « CSV UTF-8 ».")


@dataclass(frozen=True, slots=True)
class LineError:
    """What is wrong in one line of the list, numbered as the spreadsheet numbers it."""

    line: int
    sentence: str


def text_of(file: Any, longest: int) -> str:
    """The text of a file, whichever of the two usual encodings it has. Raises ValidationError."""
    if file.size > 4 * longest:
        raise ValidationError(_TOO_LONG)
    raw: bytes = file.read()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = raw.decode("utf-16")
        except UnicodeDecodeError:
            raise ValidationError(_NOT_TEXT) from None
    elif b"\0" in raw or raw.startswith((b"PK", b"%PDF")):
        raise ValidationError(_NOT_TEXT)
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
    if len(text) > longest:
        raise ValidationError(_TOO_LONG)
    return text


def read_council(text: str) -> tuple[list[Elected], list[LineError]]:
    """The people of a list and what is wrong in it. Raises ValidationError when it is no list at all."""
    if not text.strip():
        raise ValidationError(_EMPTY)
    if "\ufffd" in text:
        raise ValidationError(_ODD)
    rows = [(number, row) for number, row in enumerate(_rows(text), start=1) if any(cell.strip() for cell in row)]
    if len(rows) > MOST_LINES:
        raise ValidationError(_TOO_LONG)
    columns, rows = _columns(rows)
    people: list[Elected] = []
    wrong: list[LineError] = []
    seen: dict[tuple[str, str], int] = {}
    for number, row in rows:
        values, said = _values(columns, row)
        name = (fold(values.get("first_name", "")), fold(values.get("surname", "")))
        if not said and name in seen:
            said = [_("la même personne est déjà à la ligne %(line)d.") % {"line": seen[name]}]
        seen.setdefault(name, number)
        wrong += [LineError(number, sentence) for sentence in said]
        if not said:
            people.append(Elected(**values))
    return people, wrong


def _rows(text: str) -> list[list[str]]:
    """Cells, by the sign that separates most of them: a tabulation as spreadsheets copy, else ; or ,."""
    first = next(line for line in text.splitlines() if line.strip())
    sign = max("\t;,", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter=sign))
    except csv.Error:
        raise ValidationError(_NOT_TEXT) from None


def _columns(rows: list[tuple[int, list[str]]]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Which column is which: named by the first row when it is one of names, else in their order."""
    header = [NAMES.get(re.sub(r"[^a-z]+", " ", fold(cell)).strip(), "") for cell in rows[0][1]]
    named = [name for name in header if name]
    if not {"surname", "first_name"} & set(named):
        return list(COLUMNS), rows
    if twice := next((name for name in named if named.count(name) > 1), None):
        raise ValidationError(_("La colonne « %(name)s » est là deux fois.") % {"name": _label(twice)})
    if missing := [name for name in NEEDED if name not in named]:
        labels = ", ".join(f"« {_label(name)} »" for name in missing)
        raise ValidationError(_("Il manque la colonne %(labels)s.") % {"labels": labels})
    return header, rows[1:]


def _values(columns: list[str], row: list[str]) -> tuple[dict[str, str], list[str]]:
    """What a line says, and what is wrong with it."""
    values = {name: one_line(cell) for name, cell in zip(columns, row, strict=False) if name}
    said = []
    if extra := [cell for cell in row[len(columns) :] if cell.strip()]:
        said.append(_("%(count)d cellules de trop : « %(cell)s ».") % {"count": len(extra), "cell": extra[0][:40]})
    for name in NEEDED:
        if not values.get(name):
            said.append(_("il manque : %(label)s.") % {"label": _label(name)})
    for name, value in values.items():
        most = _field(name).max_length
        if most and len(value) > most:
            said.append(_("%(label)s : %(most)d lettres au plus.") % {"label": _label(name), "most": most})
    return values, said


def _label(name: str) -> str:
    return str(_field(name).verbose_name)


def _field(name: str) -> Any:
    return Member._meta.get_field(name)
