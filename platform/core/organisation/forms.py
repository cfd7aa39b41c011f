"""What a secretary types: a department, its week, the days that are different."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.organisation.actions import Description, Hours, LegalWords
from core.organisation.models import Department, Weekday, Weeks

SPANS = (1, 2)
_INCOMPLETE = _("Écrivez les deux heures, ou aucune.")
_BACKWARDS = _("L’heure de fermeture doit suivre l’heure d’ouverture.")


def hour_field(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%Hh", "%H h", "%H"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Écrivez une heure comme 14:30.")},
    )


class DepartmentForm(forms.Form):
    name = forms.CharField(label=_("Nom du service"), max_length=80, help_text=_("Comme les habitants le nomment."))
    mission = forms.CharField(
        label=_("Ce qu’il fait"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    place = forms.CharField(label=_("Où le trouver"), max_length=200, required=False)
    access = forms.CharField(
        label=_("Accès"), max_length=200, required=False, help_text=_("Rampe, sonnette, boucle magnétique, parking…")
    )
    phone = forms.CharField(
        label=_("Téléphone"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.EmailField(label=_("Adresse e-mail"), required=False)

    @property
    def description(self) -> Description:
        return Description(**self.cleaned_data)


class WeekForm(forms.Form):
    """Two spans a day, as a notice board shows them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, name in Weekday.choices:
            for span in SPANS:
                self.fields[f"opens_{day}_{span}"] = hour_field(f"{name}, ouvre à")
                self.fields[f"closes_{day}_{span}"] = hour_field(f"{name}, ferme à")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for day in Weekday.values:
            for span in SPANS:
                opens, closes = cleaned.get(f"opens_{day}_{span}"), cleaned.get(f"closes_{day}_{span}")
                check_span(self, opens, closes, f"opens_{day}_{span}", f"closes_{day}_{span}")
        return cleaned

    @property
    def hours(self) -> list[Hours]:
        found = (
            (day, self.cleaned_data[f"opens_{day}_{span}"], self.cleaned_data[f"closes_{day}_{span}"])
            for day in Weekday.values
            for span in SPANS
        )
        return [Hours(day, opens, closes) for day, opens, closes in found if opens and closes]

    def rows(self) -> list[tuple[str, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Each day with its two pairs of fields."""
        return [
            (
                str(name).capitalize(),
                [(self[f"opens_{day}_{span}"], self[f"closes_{day}_{span}"]) for span in SPANS],
            )
            for day, name in Weekday.choices
        ]


class OtherSlotForm(forms.Form):
    """A span that does not stand every week."""

    weekday = forms.TypedChoiceField(label=_("Jour"), choices=[("", "—"), *Weekday.choices], coerce=int, required=False)
    weeks = forms.ChoiceField(label=_("Quand"), choices=[c for c in Weeks.choices if c[0] != Weeks.EVERY])
    opens = hour_field(_("Ouvre à"))
    closes = hour_field(_("Ferme à"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("weekday") in (None, ""):
            return cleaned
        check_span(self, cleaned.get("opens"), cleaned.get("closes"), "opens", "closes", needed=True)
        return cleaned

    @property
    def hours(self) -> Hours | None:
        data = self.cleaned_data
        if data.get("weekday") in (None, ""):
            return None
        return Hours(data["weekday"], data["opens"], data["closes"], data["weeks"])


OtherSlots: Any = forms.formset_factory(OtherSlotForm, extra=2, max_num=8, absolute_max=8, validate_max=True)


class PeriodForm(forms.Form):
    department = forms.ModelChoiceField(
        label=_("Pour quel service ?"), queryset=Department.objects.none(), required=False, empty_label=_("Tous")
    )
    first_day = forms.DateField(label=_("Du"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last_day = forms.DateField(
        label=_("Au"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Vide : un seul jour."),
    )
    opens = hour_field(_("Ouvert de"))
    closes = hour_field(_("à"))
    reason = forms.CharField(
        label=_("Pourquoi ?"), max_length=120, help_text=_("Les habitants la lisent : « Congés », « Formation ».")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Department.objects.filter(closed_at__isnull=True)  # type: ignore[attr-defined]
        self.fields["opens"].help_text = _("Vide : fermé toute la journée.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Le dernier jour vient avant le premier."))
        cleaned["last_day"] = last or first
        check_span(self, cleaned.get("opens"), cleaned.get("closes"), "opens", "closes")
        return cleaned


class DelegationForm(forms.Form):
    user = forms.ModelChoiceField(label=_("Qui ?"), queryset=User.objects.none())
    title = forms.CharField(
        label=_("À quel titre ?"), max_length=80, help_text=_("« Adjointe aux travaux », « agent d’accueil ».")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.staff().order_by("name", "email")  # type: ignore[attr-defined]


class NoticeForm(forms.Form):
    """What only the mairie knows of its legal pages; left empty, they say it without a name."""

    director_role = forms.CharField(
        label=_("Sa fonction"), max_length=80, required=False, help_text=_("Le plus souvent : « Maire ».")
    )
    director_name = forms.CharField(label=_("Son nom"), max_length=120, required=False)
    dpo_name = forms.CharField(
        label=_("Personne ou organisme délégué"),
        max_length=120,
        required=False,
        help_text=_("Une personne, ou l’organisme qui tient ce rôle, comme un centre de gestion."),
    )
    dpo_email = forms.EmailField(
        label=_("Son adresse e-mail"),
        required=False,
        error_messages={"invalid": _("Écrivez une adresse complète, comme dpo@exemple.fr.")},
    )
    dpo_contact = forms.CharField(label=_("Son téléphone ou son adresse postale"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("director_name") and not cleaned.get("director_role") and "director_role" not in self.errors:
            self.add_error("director_role", _("Indiquez aussi la fonction."))
        if cleaned.get("director_role") and not cleaned.get("director_name") and "director_name" not in self.errors:
            self.add_error("director_name", _("Indiquez aussi le nom."))
        reached = cleaned.get("dpo_email") or cleaned.get("dpo_contact") or "dpo_email" in self.errors
        if cleaned.get("dpo_name") and not reached:
            self.add_error("dpo_email", _("Indiquez comment joindre cette personne ou cet organisme."))
        return cleaned

    @property
    def words(self) -> LegalWords:
        return LegalWords(**self.cleaned_data)


def check_span(
    form: forms.Form, opens: time | None, closes: time | None, first: str, second: str, *, needed: bool = False
) -> None:
    if bool(opens) != bool(closes) or (needed and not opens):
        lacking = second if opens else first
        if lacking not in form.errors:
            form.add_error(lacking, _INCOMPLETE)
    elif opens and closes and closes <= opens:
        form.add_error(second, _BACKWARDS)


def initial_week(department: Department) -> dict[str, time]:
    """The week's two first spans of each day, as WeekForm names them."""
    values: dict[str, time] = {}
    seen: dict[int, int] = {}
    for slot in department.slots.all():
        if slot.weeks == Weeks.EVERY:
            seen[slot.weekday] = seen.get(slot.weekday, 0) + 1
            values[f"opens_{slot.weekday}_{seen[slot.weekday]}"] = slot.opens
            values[f"closes_{slot.weekday}_{seen[slot.weekday]}"] = slot.closes
    return values


def initial_others(department: Department) -> list[dict[str, Any]]:
    return [
        {"weekday": slot.weekday, "weeks": slot.weeks, "opens": slot.opens, "closes": slot.closes}
        for slot in department.slots.all()
        if slot.weeks != Weeks.EVERY
    ]
