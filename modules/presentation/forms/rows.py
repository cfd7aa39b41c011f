"""Blocks that are typed in rows: timelines and tables."""

import csv
from io import StringIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.web.plain_text import many_lines, one_line
from modules.presentation.actions.blocks import Content
from modules.presentation.forms.blocks import BlockForm
from modules.presentation.models import BlockKind

MOST_MOMENTS = 60
MOST_COLUMNS = 20
MOST_CELLS = 2_000
LONGEST_CELL = 300
_ROWS_LOST = _("Les étapes n’ont pas été reçues : les voici telles qu’elles sont enregistrées.")
_TOO_MANY_MOMENTS = _("Soixante étapes au plus : commencez une seconde chronologie.")
_TOO_LARGE = _(
    "Ce tableau est trop grand : %(cells)d cellules pour 2 000 au plus. Gardez l’essentiel, ou joignez-le en PDF."
)


class MomentForm(forms.Form):
    """A step of a timeline. Its date is a text: « 1789 », « vers 1200 », « été 2024 »."""

    date = forms.CharField(label=_("Date"), max_length=40, required=False)
    title = forms.CharField(label=_("Événement"), max_length=120, required=False)
    text = forms.CharField(
        label=_("Précision"), max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and any(cleaned.values()):
            for name, sentence in (("date", _("Donnez une date.")), ("title", _("Dites ce qui s’est passé."))):
                if not cleaned.get(name):
                    self.add_error(name, sentence)
        return cleaned


_MomentRows: Any = forms.formset_factory(
    MomentForm, extra=3, max_num=MOST_MOMENTS, absolute_max=MOST_MOMENTS, validate_max=True
)


class TimelineForm(BlockForm):
    kind = BlockKind.TIMELINE

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self._present = self.initial.get("moments", [])
        self._rows = self._bound(data) if data is not None else self._bound(None)

    def _bound(self, data: Any) -> Any:
        messages = {"too_many_forms": _TOO_MANY_MOMENTS, "missing_management_form": _ROWS_LOST}
        present = self._present if data is None else None
        return _MomentRows(data, initial=present, prefix="etapes", error_messages=messages)

    @property
    def rows(self) -> Any:
        return self._rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self._rows.is_valid():
            lost = not self._rows.management_form.is_valid()
            self.add_error(None, list(self._rows.non_form_errors()) or [_("Complétez les étapes signalées.")])
            if lost:
                self._rows = self._bound(None)
        elif not self._moments:
            self.add_error(None, _("Une chronologie a au moins une étape."))
        return cleaned

    @property
    def _moments(self) -> list[dict[str, str]]:
        rows = (form.cleaned_data for form in self._rows.forms)
        return [
            {"date": one_line(row["date"]), "title": one_line(row["title"]), "text": many_lines(row["text"])}
            for row in rows
            if row.get("title")
        ]

    @property
    def content(self) -> Content:
        return Content({"title": one_line(self.cleaned_data["title"]), "moments": self._moments})


class TableForm(BlockForm):
    kind = BlockKind.TABLE
    title = None  # type: ignore[assignment]
    caption = forms.CharField(
        label=_("Légende"), max_length=200, help_text=_("Ce que montre le tableau : « Tarifs de la salle des fêtes ».")
    )
    cells = forms.CharField(
        label=_("Tableau"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "Collez-le depuis un tableur, ou écrivez une ligne par rangée avec une barre entre les cases : "
            "« Salle | Habitants | Extérieurs »."
        ),
    )
    header = forms.BooleanField(label=_("La première ligne dit ce que contient chaque colonne"), required=False)

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.initial["cells"] = written(self.initial.get("rows", []))
        self.initial.setdefault("header", True)

    def clean_cells(self) -> list[list[str]]:
        rows = read_cells(self.cleaned_data["cells"])
        count = sum(len(row) for row in rows)
        if count > MOST_CELLS:
            raise ValidationError(_TOO_LARGE, "too_large", {"cells": count})
        if not count:
            raise ValidationError(_("Écrivez au moins une case."), "empty")
        if len(rows[0]) > MOST_COLUMNS:
            raise ValidationError(_("Vingt colonnes au plus : un tableau plus large ne se lit pas sur un téléphone."))
        if any(len(cell) > LONGEST_CELL for row in rows for cell in row):
            raise ValidationError(_("Une case tient en 300 signes : écrivez le reste dans un bloc de texte."))
        return rows

    @property
    def content(self) -> Content:
        said = self.cleaned_data
        return Content({"caption": one_line(said["caption"]), "header": bool(said["header"]), "rows": said["cells"]})


def read_cells(text: str) -> list[list[str]]:
    """The rows of a table that was pasted from a spreadsheet (tabs) or typed (bars or semicolons), all of one width;
    rows and columns that hold nothing at the end are left out."""
    mark = next((each for each in "\t|;" if each in text), "|")
    try:
        read = list(csv.reader(StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter=mark,
                               skipinitialspace=mark != "\t"))  # fmt: skip
    except csv.Error as error:
        raise ValidationError(_("Ce tableau ne se lit pas : vérifiez ses guillemets."), "unreadable") from error
    rows = [[one_line(cell) for cell in row] for row in read]
    rows = [row for row in rows if any(row)]
    width = max((max(at for at, cell in enumerate(row, start=1) if cell) for row in rows), default=0)
    return [[*row[:width], *[""] * (width - len(row))] for row in rows]


def written(rows: list[list[str]]) -> str:
    """A table as it is typed: a cell that holds a bar or a quotation mark is quoted."""
    return "\n".join(" | ".join(_quoted(cell) for cell in row) for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in '|;"\t') else cell
