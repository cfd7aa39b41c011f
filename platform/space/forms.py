"""What people type in the shell."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.catalogue import Manifest, Option, OptionKind, Role
from space.choices import ACCENTS, ARMS_FIGURES, ARMS_PATTERNS, LANDSCAPES
from space.roles import CHOICES


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Votre nom"),
        max_length=120,
        required=False,
        help_text=_("Seule la mairie le voit, et les personnes à qui vous écrivez."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class NoneOrOne(forms.ChoiceField):
    """A choice of which « none » is one: it is chosen, never what a form says that lost the field on its way."""

    widget = forms.RadioSelect
    default_error_messages = {"required": _("Choisissez une ligne.")}

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, **more)

    def clean(self, value: Any) -> Any:
        if value is None:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return super().clean(value)


class RoleForm(forms.Form):
    role = NoneOrOne(
        label=_("Rôle à la mairie"),
        choices=[("", _("Aucun : une personne de la commune")), *CHOICES],
    )


class HandOverForm(forms.Form):
    """What becomes of the administrator who hands over."""

    then = NoneOrOne(
        label=_("Votre rôle ensuite"),
        choices=[
            ("", _("Aucun : vous quittez l’équipe et restez parmi les habitants")),
            *(each for each in CHOICES if each[0] != Role.ADMINISTRATOR),
        ],
    )


class BlockForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=300,
        help_text=_("La raison reste dans le journal de la mairie. La personne ne la lit pas."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez la raison : quelqu’un pourra vous la demander.")},
    )


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("Son adresse e-mail"),
        max_length=254,
        error_messages={
            "required": _("Écrivez une adresse e-mail."),
            "invalid": _("Écrivez une adresse complète, comme prenom@exemple.fr."),
        },
    )
    name = forms.CharField(label=_("Son nom"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Son rôle"), choices=CHOICES, initial=str(Role.EDITOR), widget=forms.RadioSelect)


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Votre réponse"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Écrivez votre réponse.")},
    )


class HostForm(forms.Form):
    name = forms.CharField(
        label=_("Nom de l’adresse"),
        max_length=63,
        required=False,
        help_text=_("De 3 à 40 lettres sans accent, chiffres ou traits d’union."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )


class AppearanceForm(forms.Form):
    """Arms, colour and landscape; what is typed is checked here, what is drawn is corrected for contrast later."""

    OTHER = "other"

    arms_pattern = forms.ChoiceField(label=_("Le fond du blason"), choices=ARMS_PATTERNS, widget=forms.RadioSelect)
    arms_figure = forms.ChoiceField(label=_("La figure"), choices=ARMS_FIGURES, widget=forms.RadioSelect)
    tint = forms.ChoiceField(
        label=_("La couleur"), choices=[*ACCENTS, (OTHER, _("Une autre"))], widget=forms.RadioSelect
    )
    accent = forms.RegexField(
        r"^#[0-9a-fA-F]{6}\Z",
        label=_("Une autre couleur"),
        error_messages={
            "required": _("Écrivez une couleur comme #0f6b5c."),
            "invalid": _("Écrivez une couleur comme #0f6b5c."),
        },
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    landscape = forms.ChoiceField(label=_("Le paysage"), choices=LANDSCAPES, widget=forms.RadioSelect)

    @classmethod
    def of(cls, facts: Any) -> dict[str, str]:
        """The choices of a space, as the form reads them."""
        found = {name: getattr(facts, name) for name in ("arms_pattern", "arms_figure", "accent", "landscape")}
        return {**found, "tint": found["accent"] if found["accent"] in dict(ACCENTS) else cls.OTHER}

    @property
    def choices(self) -> dict[str, str]:
        """What to keep. Somebody who only moved the free colour means it, whatever stays ticked."""
        chosen = {name: str(self.cleaned_data[name]) for name in ("arms_pattern", "arms_figure", "landscape")}
        free = self.cleaned_data["tint"] == self.OTHER or (
            "accent" in self.changed_data and "tint" not in self.changed_data
        )
        return {**chosen, "accent": str(self.cleaned_data["accent" if free else "tint"]).lower()}


class OptionsForm(forms.Form):
    """A module's options, as its manifest declares them; `read` is the digest of those read, `theirs` what somebody
    else kept meanwhile."""

    read = ""
    theirs: list[tuple[str, str]] | None = None

    def __init__(self, manifest: Manifest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manifest = manifest
        for option in manifest.options:
            self.fields[option.name] = option_field(option)


def option_field(option: Option) -> forms.Field:
    match option.kind:
        case OptionKind.SWITCH:
            return forms.BooleanField(label=option.label, help_text=option.help, required=False)
        case OptionKind.NUMBER:
            return forms.IntegerField(
                label=option.label, help_text=option.help, min_value=option.minimum, max_value=option.maximum
            )
        case OptionKind.CHOICE:
            return forms.ChoiceField(
                label=option.label, help_text=option.help, choices=option.choices, widget=forms.RadioSelect
            )
