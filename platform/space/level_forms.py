"""What people type about where they live."""

from django import forms
from django.utils.translation import gettext_lazy as _

IDENTITY = _("pièce d’identité")
ADDRESS = _("justificatif de domicile")


class LetterForm(forms.Form):
    name = forms.CharField(
        label=_("Votre nom, comme sur la boîte aux lettres"),
        max_length=120,
        error_messages={"required": _("Écrivez le nom qui est sur la boîte aux lettres.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    address = forms.CharField(
        label=_("Votre adresse postale"),
        max_length=300,
        help_text=_(
            "Numéro et rue, code postal, commune. Elle est effacée dès que le code a servi, ou après 60 jours."
        ),
        error_messages={"required": _("Écrivez l’adresse où envoyer le courrier.")},
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Le code du courrier"),
        max_length=20,
        help_text=_("Huit lettres et chiffres, comme ABCD-3467."),
        error_messages={"required": _("Écrivez le code du courrier.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "code"}
        ),
    )


class CounterForm(forms.Form):
    """What somebody at the counter showed: nothing of it is copied."""

    proof = forms.BooleanField(
        label=_("Un justificatif de domicile de moins de trois mois"),
        error_messages={"required": _("Sans justificatif de domicile, rien ne dit où la personne habite.")},
    )
    identity = forms.BooleanField(label=_("Une pièce d’identité à son nom"), required=False)

    @property
    def seen(self) -> str:
        found = [ADDRESS, *([IDENTITY] if self.cleaned_data["identity"] else [])]
        return ", ".join(str(each) for each in found)


class WithdrawForm(forms.Form):
    why = forms.CharField(
        label=_("Pourquoi la retirer ?"),
        max_length=300,
        help_text=_("La personne lit cette raison sur son compte, et elle reste dans le journal."),
        error_messages={"required": _("Écrivez la raison : la personne la lira.")},
    )
