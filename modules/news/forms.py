"""What an editor may type."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.media.actions import ALT_NEEDED
from core.media.forms import PictureField
from core.tenancy.keys import uuid7
from modules.news.actions import NO_TIME, Content, Then
from modules.news.models import ItemState, NewsItem, Theme

_PICTURE_LOST = _("Choisissez de nouveau l’image : votre navigateur ne l’a pas gardée.")
_PICTURE_FORGOTTEN = _("Vous avez décrit une image : choisissez-la, ou effacez sa description.")
_DESCRIBED_TWICE = _("Vous avez décrit cette image : décochez la case, ou effacez la description.")
_TIME_UNUSED = _("Vous avez choisi une heure de parution : appuyez sur « Programmer », ou effacez-la.")
_TIME_CHANGED = _("Pour changer l’heure de parution, appuyez sur « Programmer ».")


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
    body = forms.CharField(
        label=_("Texte"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Une ligne vide sépare deux paragraphes. Les adresses web deviennent des liens."),
    )
    theme = forms.ChoiceField(label=_("Thème"), choices=Theme.choices)
    picture = PictureField(
        label=_("Image"),
        required=False,
        help_text=_("JPEG, PNG, WebP ou HEIC, 25 Mo au plus. Elle est allégée pour vous."),
    )
    alt = forms.CharField(
        label=_("Description de l’image"),
        max_length=200,
        required=False,
        help_text=_("Pour les personnes qui ne la voient pas : « Deux ouvriers posent un garde-corps »."),
    )
    decorative = forms.BooleanField(label=_("Image décorative : elle n’apprend rien de plus"), required=False)
    drop_picture = forms.BooleanField(label=_("Retirer l’image actuelle"), required=False)
    publish_at = forms.DateTimeField(
        label=_("Jour et heure de la parution"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Écrivez un jour et une heure, comme 03/12/2026 08:00.")},
    )

    def __init__(self, *args: Any, item: NewsItem | None = None, then: Then = Then.KEEP, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.then = item, then
        if item is None or item.picture is None:
            del self.fields["drop_picture"]
        if item and item.is_published:
            del self.fields["publish_at"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_picture(cleaned)
        if "publish_at" in cleaned:
            self._check_moment(cleaned["publish_at"])
        if self.errors and cleaned.get("picture"):
            self.add_error("picture", _PICTURE_LOST)
        return cleaned

    def _check_picture(self, cleaned: dict[str, Any]) -> None:
        kept = self.item and self.item.picture and not cleaned.get("drop_picture")
        described, decorative = bool(cleaned.get("alt")), bool(cleaned.get("decorative"))
        if described and decorative:
            self.add_error("decorative", _DESCRIBED_TWICE)
        elif cleaned.get("picture") or kept:
            if not described and not decorative and "alt" not in self.errors:
                self.add_error("alt", ALT_NEEDED)
        elif described and not self.errors.get("picture") and not cleaned.get("drop_picture"):
            self.add_error("picture", _PICTURE_FORGOTTEN)

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

    def tell(self, error: ValidationError) -> None:
        """Say what an action refused: at its field, or above the form when it has no such field."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, list(errors))
        if self.cleaned_data.get("picture"):
            self.add_error("picture", _PICTURE_LOST)

    @property
    def content(self) -> Content:
        names = ("title", "summary", "body", "theme", "picture", "alt", "decorative")
        return Content(
            **{name: self.cleaned_data[name] for name in names},
            drop_picture=self.cleaned_data.get("drop_picture", False),
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


def initial(item: NewsItem) -> dict[str, Any]:
    """The form's values for an item as it is."""
    picture = item.picture
    return {
        "version": item.version,
        "title": item.title,
        "summary": item.summary,
        "theme": item.theme,
        "body": item.body,
        "alt": picture.alt if picture else "",
        "decorative": bool(picture and not picture.alt),
        "publish_at": item.publish_at,
    }


class Tab(forms.Form):
    """How the office's list is narrowed; what is not understood is left out."""

    etat = forms.ChoiceField(choices=ItemState.choices, required=False)
    q = forms.CharField(max_length=100, required=False)

    @property
    def state(self) -> str:
        return self._kept("etat")

    @property
    def words(self) -> str:
        return self._kept("q")

    def _kept(self, name: str) -> str:
        return "" if name in self.errors else self.cleaned_data.get(name, "")
