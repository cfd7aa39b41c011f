"""What an editor may type."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.delivery.audience import audience
from core.media.external import ExternalVideoField
from core.media.fields import AssetField
from core.organisation.models import Department
from core.richtext.forms import RichTextFormField
from core.tenancy.keys import uuid7
from core.territory.models import Area
from core.territory.queries import areas
from modules.news.actions import MOST_FILES, NO_TIME, TOPIC, Content, Showing, Then
from modules.news.models import NewsItem, Theme
from modules.news.models.items import THE_MAIRIE
from modules.news.queries import TABS, files_ever, was_told

_TIME_UNUSED = _("Vous avez choisi une heure de parution : appuyez sur « Programmer », ou effacez-la.")
_TIME_CHANGED = _("Pour changer l’heure de parution, appuyez sur « Programmer ».")
_TOO_FAR = _("Choisissez une date dans les dix ans à venir.")
_FURTHEST = timedelta(days=3652)


class LastDayField(forms.DateField):
    """A day, included: cleans to the moment that ends it, at the hour of the commune."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("Écrivez un jour, comme 03/12/2026.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is None:
            return None
        if day > timezone.localdate() + _FURTHEST:
            raise ValidationError(_TOO_FAR, code="too_far")
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))

    def prepare_value(self, value: Any) -> Any:
        return last_day(value) if isinstance(value, datetime) else value


def last_day(moment: datetime) -> date:
    """The day that this moment ends."""
    return timezone.localdate(moment - timedelta(microseconds=1))


class ItemForm(forms.Form):
    """The whole of an item, on one screen.

    `version` is the one the editor read; a new item has none, and the `key` it will be kept under: a form sent twice
    makes one item.
    """

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Titre"), max_length=80, help_text=_("L’essentiel en 80 signes : « La mairie ferme mardi ».")
    )
    summary = forms.CharField(
        label=_("Résumé"),
        max_length=160,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("160 signes au plus. Il se lit sur l’accueil, sous le titre."),
    )
    body = RichTextFormField(label=_("Texte"), max_length=20_000, required=False)
    attachments = AssetField(
        label=_("Images, documents et vidéos"),
        required=False,
        several=True,
        most=MOST_FILES,
        help_text=_("La première image est montrée en grand. Les images sont allégées pour vous."),
    )
    theme = forms.ChoiceField(label=_("Thème"), choices=Theme.choices)
    areas = forms.ModelMultipleChoiceField(
        label=_("Secteurs concernés"),
        queryset=Area.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Aucun : toute la commune."),
    )
    department = forms.ModelChoiceField(
        label=_("Qui s’exprime"), queryset=Department.objects.none(), required=False, empty_label=THE_MAIRIE
    )
    video = ExternalVideoField(
        label=_("Vidéo d’un autre site"),
        required=False,
        help_text=_("L’adresse d’une vidéo YouTube ou PeerTube. Rien n’en est chargé avant que le lecteur appuie."),
    )
    pin_until = LastDayField(
        label=_("En tête de liste jusqu’au"), help_text=_("Ce jour compris. Trois actualités au plus restent en tête.")
    )
    expire_at = LastDayField(
        label=_("Visible jusqu’au"), help_text=_("Ce jour compris. Ensuite elle disparaît de la liste et de l’accueil.")
    )
    tell = forms.BooleanField(label=_("Prévenir les habitants"), required=False)
    publish_at = forms.DateTimeField(
        label=_("Jour et heure de la parution"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Écrivez un jour et une heure, comme 03/12/2026 08:00.")},
    )

    def __init__(
        self, *args: Any, author: Any, item: NewsItem | None = None, then: Then = Then.KEEP, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.then = item, then
        self.fields["attachments"].for_person(author, files_ever(item) if item else ())  # type: ignore[attr-defined]
        named = list(item.areas.all()) if item else []
        self._offer("areas", areas() | Area.objects.filter(pk__in=[area.pk for area in named]))
        offered = Department.objects.filter(closed_at__isnull=True)
        if item and item.department_id:
            offered = offered | Department.objects.filter(pk=item.department_id)
        self._offer("department", offered)
        if item and item.is_published:
            del self.fields["publish_at"]
        if item and (item.is_readable or was_told(item)):
            del self.fields["tell"]
        else:
            self.fields["tell"].help_text = audience(TOPIC, item.publish_at if item else None).sentence

    def _offer(self, name: str, rows: Any) -> None:
        """What may be chosen; nothing is asked when there is nothing to choose from."""
        if rows.exists():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "publish_at" in cleaned:
            self._check_moment(cleaned["publish_at"])
        return cleaned

    def _check_moment(self, moment: datetime | None) -> None:
        """A time that the pressed button does not use is said, not forgotten."""
        before = self.item.publish_at if self.item else None
        if self.then is Then.SCHEDULE:
            if moment is None:
                self.add_error("publish_at", NO_TIME)
        elif before is None and moment:
            self.add_error("publish_at", _TIME_UNUSED)
        elif before and (moment is None or moment != before.replace(second=0, microsecond=0)):
            self.add_error("publish_at", _TIME_CHANGED)

    def say(self, error: ValidationError) -> None:
        """Say what an action refused: at its field, or above the form when it has no such field."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, list(errors))

    @property
    def content(self) -> Content:
        data = self.cleaned_data
        return Content(
            **{name: data[name] for name in ("title", "summary", "body", "theme", "video")},
            attachments=tuple(data["attachments"]),
            areas=tuple(data.get("areas", ())),
        )

    @property
    def showing(self) -> Showing:
        data = self.cleaned_data
        return Showing(
            department=data.get("department"),
            pin_until=data["pin_until"],
            expire_at=data["expire_at"],
            tell=data.get("tell", bool(self.item and self.item.tell)),
        )

    @property
    def moment(self) -> datetime | None:
        return self.cleaned_data.get("publish_at")

    @property
    def new_key(self) -> UUID:
        """Where a new item will be kept: never none, whatever was sent."""
        return self.cleaned_data.get("key") or uuid7()

    @property
    def version_read(self) -> int:
        """0, which no item has, when what was sent is no version."""
        return self.cleaned_data.get("version") or 0

    @property
    def shows_more(self) -> bool:
        """Whether the folded part is open: something there is wrong, or is not as it usually is."""
        names = ("theme", "areas", "department", "video", "pin_until", "expire_at", "publish_at")
        if any(name in self.errors for name in names) if self.is_bound else False:
            return True
        return any(self[name].value() for name in names[1:] if name in self.fields)


def initial(item: NewsItem) -> dict[str, Any]:
    """The form's values for an item as it is."""
    same = ("version", "title", "summary", "theme", "body", "pin_until", "expire_at", "publish_at", "video", "tell")
    return {
        **{name: getattr(item, name) for name in same},
        "attachments": item.assets,
        "areas": [area.pk for area in item.areas.all()],
        "department": item.department_id,
    }


class Narrowing(forms.Form):
    """How the office's list is narrowed; what is not understood is left out."""

    etat = forms.ChoiceField(choices=TABS, required=False)
    q = forms.CharField(max_length=100, required=False)
    theme = forms.ChoiceField(choices=Theme.choices, required=False)
    miennes = forms.BooleanField(required=False)

    def kept(self, name: str) -> Any:
        return "" if name in self.errors else self.cleaned_data.get(name, "")

    def items(self, author: Any) -> Any:
        """Those that are searched and filtered, in every state."""
        words = self.kept("q")
        found: Any = NewsItem.objects.all()
        found = found.matching(words) if words else found.order_by("-updated_at", "-pk")
        found = found.filter(theme=self.kept("theme")) if self.kept("theme") else found
        return found.filter(author=author) if self.kept("miennes") else found

    @property
    def state(self) -> str:
        return str(self.kept("etat"))

    @property
    def query(self) -> dict[str, str]:
        """What is asked, as an address says it, its state left out."""
        kept = {name: self.kept(name) for name in ("q", "theme")}
        mine = {"miennes": "1"} if self.kept("miennes") else {}
        return {name: value for name, value in {**kept, **mine}.items() if value}


class ReasonForm(forms.Form):
    """Why an item is given back."""

    reason = forms.CharField(
        label=_("Ce qu’il faut corriger"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("La personne qui l’a écrite le lira : « La date du concert manque »."),
    )
