"""Collections, the canteen's menu, the market."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.media.fields import AssetField
from core.organisation.forms import check_span, hour_field
from core.organisation.hours import in_weeks
from core.organisation.models import Weekday, Weeks
from core.territory.models import Area
from modules.presentation.forms.listed import Day, Line, ListedForm, Text
from modules.presentation.models import CanteenWeek, Collection, CollectionChange, Listed, Market, Stream
from modules.presentation.models.practical import SCHOOL_DAYS
from tenants.directory.folding import fold

_FAR = _("Choisissez un jour de l’année qui vient ou de celle qui finit.")
_NOT_A_DAY = _("Rien n’est collecté ce jour-là d’habitude : vérifiez la date.")
_SAME = _("C’est le jour habituel : choisissez-en un autre, ou laissez vide.")
_NO_MENU = _("Écrivez au moins un repas, ou joignez le menu en PDF.")
_NAMES = [fold(Weekday(day).label) for day in SCHOOL_DAYS]


class CollectionForm(ListedForm):
    model = Collection
    stream = forms.ChoiceField(label=_("Ce qui est collecté"), choices=[("", "—"), *Stream.choices])
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Jours"), choices=Weekday.choices, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    weeks = forms.ChoiceField(label=_("Semaines"), choices=Weeks.choices, initial=Weeks.EVERY)
    area = forms.ModelChoiceField(
        label=_("Où ?"), queryset=Area.objects.none(), required=False, empty_label=_("Dans toute la commune")
    )
    note = Line(label=_("Consigne"), max_length=160, required=False, help_text=_("« À sortir la veille après 19 h »."))

    def prepare(self) -> None:
        self.fields["area"].queryset = Area.objects.filter(closed_at__isnull=True)  # type: ignore[attr-defined]

    def clean_weekdays(self) -> list[int]:
        return sorted(self.cleaned_data["weekdays"])

    def initial_of(self, row: Listed) -> dict[str, Any]:
        found = super().initial_of(row)
        return found | {"area": getattr(found["area"], "pk", None)}


class ChangeForm(ListedForm):
    model = CollectionChange
    collection = forms.ModelChoiceField(label=_("Collecte"), queryset=Collection.objects.none())
    day = Day(label=_("Jour habituel"), help_text=_("Celui où elle n’aura pas lieu."))
    moved_to = Day(label=_("Nouveau jour"), required=False, help_text=_("Vide : elle est supprimée."))
    reason = Line(label=_("Raison"), max_length=120, required=False, help_text=_("« Jour férié »."))

    def prepare(self) -> None:
        self.fields["collection"].queryset = Collection.objects.kept().select_related("area")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        collection, day, moved = (cleaned.get(name) for name in ("collection", "day", "moved_to"))
        for name, value in (("day", day), ("moved_to", moved)):
            if value and not _near(value):
                self.add_error(name, _FAR)
        if self.errors or not collection or not day:
            return cleaned
        if day.weekday() not in collection.weekdays or not in_weeks(collection.weeks, day):
            self.add_error("day", _NOT_A_DAY)
        elif moved == day:
            self.add_error("moved_to", _SAME)
        return cleaned

    def initial_of(self, row: Listed) -> dict[str, Any]:
        return super().initial_of(row) | {"collection": getattr(row, "collection_id", None)}


class CanteenForm(ListedForm):
    """The menu of a week: day by day, pasted whole, or as a PDF."""

    model = CanteenWeek
    monday = Day(label=_("Semaine"), help_text=_("N’importe quel jour de cette semaine."))
    pasted = Text(
        label=_("Coller le menu entier"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Chaque jour commence par son nom : « Lundi : … ». Il remplit les jours laissés vides."),
    )
    document = AssetField(label=_("Le menu en PDF"), kinds=["document"], required=False)

    def prepare(self) -> None:
        for day in SCHOOL_DAYS:
            name = str(day.label).capitalize()
            self.fields[f"dishes_{day}"] = Text(
                label=name, required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 3})
            )
            self.fields[f"allergens_{day}"] = Line(
                label=_("%(day)s, allergènes") % {"day": name}, required=False, max_length=200
            )
        self.order_fields(["monday", "pasted", "document", *self.day_names()])
        present = self.row.document if isinstance(self.row, CanteenWeek) else None
        self.fields["document"].for_person(self.author, [present])  # type: ignore[attr-defined]

    @staticmethod
    def day_names() -> list[str]:
        return [f"{part}_{day}" for day in SCHOOL_DAYS for part in ("dishes", "allergens")]

    def clean_monday(self) -> date:
        day: date = self.cleaned_data["monday"]
        if not _near(day):
            raise forms.ValidationError(_FAR)
        return day - timedelta(days=day.weekday())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        pasted = days_of(cleaned.get("pasted") or "")
        days: dict[str, dict[str, str]] = {}
        for day in SCHOOL_DAYS:
            dishes = cleaned.get(f"dishes_{day}") or pasted.get(day, "")[:600]
            allergens = cleaned.get(f"allergens_{day}") or ""
            if dishes or allergens:
                days[str(int(day))] = {"dishes": dishes, "allergens": allergens}
        cleaned["days"] = days
        if not self.errors and not days and not cleaned.get("document"):
            self.add_error("pasted", _NO_MENU)
        return cleaned

    def initial_of(self, row: Listed) -> dict[str, Any]:
        found = super().initial_of(row)
        for day, meal in found.pop("days").items():
            found |= {f"{part}_{day}": meal.get(part, "") for part in ("dishes", "allergens")}
        return found


class MarketForm(ListedForm):
    model = Market
    name = Line(label=_("Nom"), max_length=80, help_text=_("« Marché de la place », « marché de producteurs »."))
    weekday = forms.TypedChoiceField(label=_("Jour"), choices=[("", "—"), *Weekday.choices], coerce=int)
    weeks = forms.ChoiceField(label=_("Semaines"), choices=Weeks.choices, initial=Weeks.EVERY)
    opens = hour_field(_("Ouvre à"))
    closes = hour_field(_("Ferme à"))
    place = Line(label=_("Lieu"), max_length=120, required=False)
    note = Line(label=_("Précision"), max_length=160, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not {"opens", "closes"} & set(self.errors):
            check_span(self, cleaned.get("opens"), cleaned.get("closes"), "opens", "closes", needed=True)
        return cleaned


def days_of(text: str) -> dict[int, str]:
    """A whole menu cut at the names of its days: « Lundi 3 : … »."""
    found: dict[int, list[str]] = {}
    day = None
    for line in text.splitlines():
        word, _sign, rest = line.strip().partition(" ")
        name = fold(word.rstrip(" :,-–"))
        if name in _NAMES:
            day = _NAMES.index(name)
            line = re.sub(r"^[\d/.\s]*(?:[a-zéû]+\s*)?[:\t–-]\s*", "", rest.strip()) if rest else ""
        if day is not None and line.strip():
            found.setdefault(day, []).append(line.strip())
    return {each: "\n".join(lines) for each, lines in found.items()}


def _near(day: date) -> bool:
    """Within a year: another century is a slip of the finger."""
    return abs((day - timezone.localdate()).days) <= 400
