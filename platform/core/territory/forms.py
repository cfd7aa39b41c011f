"""What a secretary types of the territory: an area point by point, a file of addresses."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.territory.ban import LARGEST_FILE
from core.territory.models import Area, AreaKind
from core.web.contour import Point

MOST_FLAWS = 10
LONGEST = 40_000
_SPACES = re.compile(r"\s*;\s*|,\s+|\s+")


class OutlineField(forms.CharField):
    """Cleans lines « latitude, longitude » to points."""

    widget = forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        typed: str = super().clean(value)
        points, flaws = [], []
        for number, line in enumerate(typed.splitlines(), 1):
            if line.strip():
                point = parsed(line)
                if point is None:
                    flaws.append(
                        _("Ligne %(line)s : « %(text)s » n’est pas « latitude, longitude ».")
                        % {"line": number, "text": line.strip()[:40]}
                    )
                else:
                    points.append(point)
        if flaws:
            raise ValidationError(flaws[:MOST_FLAWS])
        return points


class AreaForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Nom de la zone"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("C’est un…"), choices=AreaKind.choices)
    outline = OutlineField(
        label=gettext_lazy("Contour"),
        max_length=LONGEST,
        help_text=gettext_lazy(
            "Un point par ligne, « latitude, longitude », en suivant le bord : 45.7640, 4.8357. La carte remplit ces "
            "lignes quand on y dessine."
        ),
    )


class AddressFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Fichier des adresses"),
        widget=forms.FileInput(attrs={"accept": ".csv,.gz,text/csv,application/gzip"}),
        error_messages={"empty": gettext_lazy("Ce fichier est vide.")},
        help_text=gettext_lazy("Le fichier .csv, ou .csv.gz tel que téléchargé, de 30 Mo au plus."),
    )

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if (sent.size or 0) > LARGEST_FILE:
            raise ValidationError(_("Ce fichier dépasse 30 Mo."))
        return sent


def parsed(line: str) -> Point | None:
    """A point as people write it: 45.1, 4.2 · 45.1 4.2 · 45,1 ; 4,2."""
    parts = _SPACES.split(line.strip())
    if len(parts) == 1:
        parts = line.strip().split(",")
    try:
        latitude, longitude = (float(part.replace(",", ".")) for part in parts)
    except ValueError:
        return None
    return latitude, longitude


def initial_area(area: Area) -> dict[str, Any]:
    return {"name": area.name, "kind": area.kind, "outline": lines(area.rings[0][:-1])}


def lines(points: Any) -> str:
    return "\n".join(f"{latitude:.6f}, {longitude:.6f}" for latitude, longitude in points)
