"""What an operator types."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 2000


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
