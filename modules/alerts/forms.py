"""What a person may type."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.delivery.sms.carrying import can_sms
from core.tenancy.keys import uuid7
from core.territory.forms import LONGEST, OutlineField, lines
from core.territory.models import Area
from core.territory.queries import areas
from core.territory.shapes import Shape, shape
from modules.alerts.actions import Content
from modules.alerts.actions.telling import WORDS
from modules.alerts.actions.writing import end_refused
from modules.alerts.models import DESCRIPTION, HEADLINE, INSTRUCTION, Alert, Event, Severity, template_of

_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"]
_RADII = [(metres, f"{metres} m" if metres < 1000 else f"{metres // 1000} km") for metres in
          (100, 200, 500, 1000, 2000, 5000)]  # fmt: skip
USUAL_RADIUS = 500
_LEVELS = [(level.value, str(level.label).capitalize()) for level in Severity]


class MomentField(forms.DateTimeField):
    """A day and an hour, of the commune."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {"invalid": _("Écrivez un jour et une heure, comme 03/12/2026 08:00.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=_FORMATS, **options)


class AlertForm(forms.Form):
    """The whole of an alert, on one screen: what to do first. `version` is the one that was read; a new alert has none,
    and the `key` it will be kept under."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    instruction = forms.CharField(
        label=_("Ce qu’il faut faire"),
        max_length=INSTRUCTION,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("300 signes au plus. La première phrase est montrée en grand sur chaque page."),
    )
    headline = forms.CharField(
        label=_("Ce qui se passe"), max_length=HEADLINE, help_text=_("90 signes : « La rivière monte rapidement ».")
    )
    severity = forms.ChoiceField(label=_("Gravité"), choices=_LEVELS, widget=forms.RadioSelect)
    areas = forms.ModelMultipleChoiceField(
        label=_("Où"),
        queryset=Area.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Aucun : toute la commune. Qui ne suit que d’autres quartiers n’est pas dérangé."),
    )
    radius = forms.TypedChoiceField(label=_("Rayon autour d’un seul point"), choices=_RADII, coerce=int, required=False)
    outline = OutlineField(
        label=_("Points de la zone"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("La carte les écrit. Un par ligne : 45.7640, 4.8357."),
    )
    sms = forms.BooleanField(
        label=_("Aussi par SMS"),
        required=False,
        help_text=_(
            "À ceux qui ont donné leur numéro et n’ont pas vu la notification dans les cinq minutes. "
            "Danger vital : à tous ces numéros, tout de suite, que la case soit cochée ou non."
        ),
    )
    ends_at = MomentField(label=_("Jusqu’à"), help_text=_("Le bandeau disparaît à cette heure. Vous pourrez changer."))
    starts_at = MomentField(label=_("À partir de"), required=False, help_text=_("Vide : dès l’envoi."))
    description = forms.CharField(
        label=_("Précisions"),
        required=False,
        max_length=DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Se lisent sur la page de l’alerte : déviation, lieu d’accueil, numéro à appeler."),
    )
    drill = forms.BooleanField(
        label=_("C’est un exercice"),
        required=False,
        help_text=_("« EXERCICE » est écrit devant chaque titre, dans les notifications, les e-mails et le bandeau."),
    )

    def __init__(self, *args: Any, event: str, alert: Alert | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.alert = event, alert
        named = [area.pk for area in alert.areas.all()] if alert else []
        offered = areas() | Area.objects.filter(pk__in=named)
        if offered.exists():
            self.fields["areas"].queryset = offered  # type: ignore[attr-defined]
        else:
            del self.fields["areas"]
        if alert and not alert.is_unsent:
            del self.fields["drill"]
        if not can_sms():
            del self.fields["sms"]
        self.shape: Shape | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ends_at = cleaned.get("ends_at")
        if ends_at and (refusal := end_refused(cleaned.get("starts_at"), ends_at)):
            self.add_error("ends_at", refusal)
        try:
            self.shape = shape(cleaned.get("outline") or [], cleaned.get("radius") or USUAL_RADIUS)
        except ValidationError as refusal:
            self.add_error("outline", refusal)
        return cleaned

    def say(self, error: ValidationError) -> None:
        """Say what an action refused: at its field, or above the form when it has no such field."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, list(errors))

    @property
    def content(self) -> Content:
        data = self.cleaned_data
        same = ("severity", "headline", "instruction", "description", "starts_at", "ends_at")
        return Content(
            event=self.event,
            areas=tuple(data.get("areas", ())),
            shape=self.shape,
            sms=data.get("sms", False),
            drill=data["drill"] if "drill" in data else bool(self.alert and self.alert.drill),
            **{name: data[name] for name in same},
        )

    @property
    def new_key(self) -> UUID:
        return self.cleaned_data.get("key") or uuid7()

    @property
    def version_read(self) -> int:
        """0, which no alert has, when what was sent is no version."""
        return self.cleaned_data.get("version") or 0


def prefilled(event: str) -> dict[str, Any]:
    """A new alert as the event's template writes it."""
    template = template_of(event)
    same = ("headline", "instruction", "description", "severity")
    ends_at = (timezone.now() + timedelta(hours=template.hours + 1)).replace(minute=0, second=0, microsecond=0)
    costs = template.severity in {Severity.SEVERE, Severity.EXTREME}
    more = {"ends_at": ends_at, "key": uuid7(), "sms": costs, "radius": USUAL_RADIUS}
    return {**{name: getattr(template, name) for name in same}, **more}


def initial(alert: Alert) -> dict[str, Any]:
    same = ("version", "headline", "instruction", "description", "severity", "starts_at", "ends_at", "drill", "sms")
    points = alert.outline if alert.radius else alert.outline[:-1]
    more = {"radius": alert.radius or USUAL_RADIUS, "outline": lines(points)}
    return {**{name: getattr(alert, name) for name in same}, **more, "areas": [area.pk for area in alert.areas.all()]}


class LiftForm(forms.Form):
    """The end of an alert."""

    words = forms.CharField(
        label=_("Un mot de plus"),
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Vide : « Cette alerte est levée. Le danger est passé. »"),
    )


class CancelForm(forms.Form):
    """Why an alert was an error."""

    correction = forms.CharField(
        label=_("Ce qui est vrai"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("« L’eau du robinet peut être bue dans toute la commune. »"),
    )


class RulesForm(forms.Form):
    """What the commune asks of itself."""

    two_people = forms.BooleanField(label=_("Une deuxième personne relit et envoie"), required=False)


def is_event(event: str) -> bool:
    return event in Event.values
