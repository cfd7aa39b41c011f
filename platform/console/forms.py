"""What an operator types."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.plain_text import one_line

LONGEST = 2000
GIGABYTE = 1024**3


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=LONGEST,
        help_text=_("La personne lit cette raison, mot pour mot."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Écrivez la raison : la personne la recevra.")},
    )


class QuestionForm(forms.Form):
    text = forms.CharField(
        label=_("Votre question"),
        max_length=LONGEST,
        help_text=_("La mairie la reçoit par e-mail et répond dans son espace."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Écrivez votre question.")},
    )


class SuspensionForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=LONGEST,
        help_text=_("L’équipe de la mairie lit cette raison, mot pour mot. Le public ne la lit pas."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Écrivez la raison : la mairie la recevra.")},
    )


class RoomForm(forms.Form):
    """How much a commune may keep; nothing is what every commune has."""

    gigabytes = forms.IntegerField(
        label=_("Place, en Go"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("Laissez vide pour la place de toutes les communes. Ce qui est déjà gardé reste, même au-delà."),
        error_messages={
            "invalid": _("Écrivez un nombre entier de Go."),
            "min_value": _("Au moins 1 Go."),
            "max_value": _("Au plus 1 000 Go."),
        },
    )

    @property
    def quota(self) -> int | None:
        """In bytes."""
        chosen: int | None = self.cleaned_data["gigabytes"]
        return chosen * GIGABYTE if chosen else None


class SmsOrderForm(forms.Form):
    """An order that the commune paid."""

    segments = forms.IntegerField(
        label=_("Nombre de SMS"),
        min_value=1,
        max_value=1_000_000,
        error_messages={
            "required": _("Écrivez combien de SMS la commune a payés."),
            "invalid": _("Écrivez un nombre entier de SMS."),
            "min_value": _("Au moins 1 SMS."),
            "max_value": _("Au plus 1 000 000 de SMS à la fois."),
        },
    )
    reference = forms.CharField(
        label=_("Référence de la commande payée"),
        max_length=100,
        help_text=_("Celle du bon de commande ou de la facture. La mairie la lit. La même n’est ajoutée qu’une fois."),
        error_messages={
            "required": _("Écrivez la référence de la commande payée."),
            "max_length": _("100 signes au plus."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_reference(self) -> str:
        return one_line(self.cleaned_data["reference"])
