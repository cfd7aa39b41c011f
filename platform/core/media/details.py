"""What is said of one asset, inside the form that takes it."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.media.actions import ALT_NEEDED
from core.media.captions import read_captions
from core.media.models import Asset

_DESCRIBED_TWICE: Final = _("Vous avez décrit cette image : décochez la case, ou effacez la description.")
_OF_A_PICTURE: Final = ("alt", "decorative")
_NOT_OF_A_DOCUMENT: Final = ("consent", "consent_until")


class AltField(forms.CharField):
    """Not « facultatif », yet empty for a decorative picture: the form judges."""

    def validate(self, value: Any) -> None:
        return


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Fields that were not sent keep their value. `Asset` is changed in memory: `actions.describe` saves it."""

    use_required_attribute = False
    alt = AltField(
        label=_("Description de l’image"),
        max_length=200,
        help_text=_("Pour les personnes qui ne la voient pas : « Deux ouvriers posent un garde-corps »."),
    )
    captions_file = forms.FileField(
        label=_("Sous-titres (fichier WebVTT)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
    )
    instance: Asset

    class Meta:
        model = Asset
        fields = Asset.DESCRIBED
        labels = {"decorative": _("Image décorative : elle n’apprend rien de plus")}
        widgets = {"consent_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = name == "alt" and not self.instance._state.adding
        for name in self._needless():
            del self.fields[name]
        if self.is_bound:
            for name in [each for each in self.fields if each not in (*_OF_A_PICTURE, "captions_file")]:
                if self.add_prefix(name) not in self.data:
                    del self.fields[name]

    def _needless(self) -> list[str]:
        asset = self.instance
        without = [] if asset.is_picture else [*_OF_A_PICTURE]
        without += [] if asset.is_video else ["captions_file"]
        return without + ([*_NOT_OF_A_DOCUMENT] if asset.is_document else [])

    def clean_captions_file(self) -> Any:
        upload = self.cleaned_data["captions_file"]
        return read_captions(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.is_picture and "alt" not in self.errors:
            described, decorative = bool(cleaned.get("alt")), bool(cleaned.get("decorative"))
            if described and decorative:
                self.add_error("decorative", _DESCRIBED_TWICE)
            elif not described and not decorative:
                self.add_error("alt", ValidationError(ALT_NEEDED, "required"))
        if cleaned.get("captions_file"):
            self.instance.new_captions = cleaned["captions_file"]
        return cleaned

    @property
    def main_fields(self) -> list[Any]:
        return [self[name] for name in ("alt", "decorative", "caption") if name in self.fields]

    @property
    def more_fields(self) -> list[Any]:
        shown = ("credit", "licence", "consent", "consent_until", "captions_file")
        return [self[name] for name in shown if name in self.fields]

    @property
    def shows_more(self) -> bool:
        """Whether the folded part is open: something there is wrong."""
        return any(field.errors for field in self.more_fields)
