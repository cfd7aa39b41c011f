"""What an editor may type."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.media.forms import PictureField
from modules.news.actions import Content
from modules.news.models import ItemState, NewsItem, Theme


class ItemForm(forms.Form):
    """The whole of an item, on one screen. `version` is the one the editor read."""

    version = forms.IntegerField(min_value=1, initial=1, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Titre"),
        max_length=80,
        help_text=_("80 signes au plus. Dites l’essentiel : « La mairie ferme mardi »."),
    )
    summary = forms.CharField(
        label=_("Résumé"),
        max_length=160,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("160 signes au plus. Il se lit sur l’accueil, sous le titre."),
    )
    theme = forms.ChoiceField(label=_("Thème"), choices=Theme.choices)
    body = forms.CharField(
        label=_("Texte"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Une ligne vide sépare deux paragraphes. Les adresses web deviennent des liens."),
    )
    picture = PictureField(
        label=_("Image"), required=False, help_text=_("JPEG, PNG ou WebP, 8 Mo au plus. Elle est allégée pour vous.")
    )
    alt = forms.CharField(
        label=_("Description de l’image"),
        max_length=200,
        required=False,
        help_text=_("Pour les personnes qui ne la voient pas : « Deux ouvriers posent un garde-corps »."),
    )
    decorative = forms.BooleanField(label=_("Image décorative : elle n’apprend rien de plus"), required=False)
    drop_picture = forms.BooleanField(label=_("Retirer l’image actuelle"), required=False)
    publish_at = forms.DateTimeField(
        label=_("Parution programmée"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Seulement pour « Programmer » : le jour et l’heure auxquels l’actualité paraîtra."),
    )

    def __init__(self, *args: Any, item: NewsItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        if item is None or item.picture is None:
            del self.fields["drop_picture"]
        if item and item.is_published:
            del self.fields["publish_at"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        shown = cleaned.get("picture") or (self.item and self.item.picture and not cleaned.get("drop_picture"))
        if shown and not cleaned.get("decorative") and not cleaned.get("alt", "").strip():
            self.add_error("alt", _("Décrivez l’image en quelques mots, ou cochez « Image décorative »."))
        if self.errors and cleaned.get("picture"):
            self.add_error("picture", _("Choisissez de nouveau l’image : votre navigateur ne l’a pas gardée."))
        return cleaned

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
