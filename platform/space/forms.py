"""What people type in the shell."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.catalogue import Manifest, Option, OptionKind, Role
from space.choices import ARMS_FIGURES, ARMS_PATTERNS, LANDSCAPES
from space.roles import LABELS

_ROLES = [(str(role), label) for role, label in LABELS.items()]


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Votre nom"),
        max_length=120,
        required=False,
        help_text=_("Seule la mairie le voit, et les personnes à qui vous écrivez."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Rôle à la mairie"),
        choices=[("", _("Aucun : une personne de la commune")), *_ROLES],
        required=False,
        widget=forms.RadioSelect,
    )


class BlockForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=300,
        help_text=_("La raison reste dans le journal de la mairie. La personne ne la lit pas."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez la raison : quelqu’un pourra vous la demander.")},
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
    role = forms.ChoiceField(label=_("Son rôle"), choices=_ROLES, initial=str(Role.EDITOR), widget=forms.RadioSelect)


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
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )


class AppearanceForm(forms.Form):
    """Arms, colour and landscape; what is typed is checked here, what is drawn is corrected for contrast later."""

    arms_pattern = forms.ChoiceField(label=_("Le fond du blason"), choices=ARMS_PATTERNS, widget=forms.RadioSelect)
    arms_figure = forms.ChoiceField(label=_("La figure"), choices=ARMS_FIGURES, widget=forms.RadioSelect)
    accent = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$",
        label=_("La couleur"),
        help_text=_("Elle est éclaircie ou foncée si besoin, pour que tout reste lisible."),
        error_messages={"invalid": _("Écrivez une couleur comme #0f6b5c.")},
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    landscape = forms.ChoiceField(label=_("Le paysage"), choices=LANDSCAPES, widget=forms.RadioSelect)

    @staticmethod
    def of(facts: Any) -> dict[str, str]:
        """The choices of a space, as the form reads them."""
        return {name: getattr(facts, name) for name in ("arms_pattern", "arms_figure", "accent", "landscape")}

    def clean_accent(self) -> str:
        return str(self.cleaned_data["accent"]).lower()


class OptionsForm(forms.Form):
    """A module's options, as its manifest declares them."""

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
