"""What a person types to open a space: seven fields, the search being the eighth."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.catalogue import Catalogue, Want
from tenants.models import Signup

WANTS = [
    (str(Want.INFORM), _("Donner les nouvelles de la commune")),
    (str(Want.PRESENT), _("Présenter la commune et ses services")),
    (str(Want.WARN), _("Prévenir vite quand il se passe quelque chose")),
    (str(Want.LISTEN), _("Écouter les habitants et leur répondre")),
]
# A name goes into e-mails to the mairie: letters and what joins them, nothing that a mail reader makes a link of.
_NAME = re.compile(r"(?:[^\W\d_]|[ '’-]|\.(?![^\W_]))+")


class QuestionsForm(forms.Form):
    team = forms.IntegerField(
        label=_("Combien de personnes travaillent à la mairie ?"),
        help_text=_("Agents et élus qui publieront ou répondront. Un ordre de grandeur suffit."),
        min_value=1,
        max_value=9999,
        error_messages={
            "required": _("Écrivez un nombre, même approximatif."),
            "invalid": _("Écrivez un nombre entier, comme 3."),
            "min_value": _("Écrivez au moins 1 : vous en êtes."),
            "max_value": _("Écrivez un nombre d’au plus quatre chiffres."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    hours = forms.IntegerField(
        label=_("Combien d’heures par semaine le secrétariat est-il tenu ?"),
        help_text=_("Un secrétariat partagé compte pour les heures passées chez vous."),
        min_value=0,
        max_value=168,
        error_messages={
            "required": _("Écrivez un nombre d’heures, même approximatif."),
            "invalid": _("Écrivez un nombre entier d’heures, comme 12."),
            "min_value": _("Écrivez un nombre d’heures de 0 à 168."),
            "max_value": _("Une semaine n’a que 168 heures : écrivez un nombre plus petit."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    want = forms.ChoiceField(
        label=_("Que voulez-vous d’abord ?"),
        choices=WANTS,
        error_messages={
            "required": _("Choisissez une réponse."),
            "invalid_choice": _("Choisissez une des réponses proposées."),
        },
        widget=forms.RadioSelect,
    )


class ModulesForm(forms.Form):
    modules = forms.MultipleChoiceField(
        label=_("Les modules"),
        error_messages={
            "required": _("Choisissez au moins un module. Vous pourrez changer d’avis à tout moment."),
            "invalid_choice": _("Un de ces modules n’est plus au catalogue. Choisissez parmi ceux de la page."),
        },
    )

    def __init__(self, catalogue: Catalogue, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["modules"]
        field.choices = [(manifest.slug, manifest.label) for manifest in catalogue]


class PersonForm(forms.Form):
    name = forms.CharField(
        label=_("Votre prénom et votre nom"),
        min_length=2,
        max_length=120,
        error_messages={
            "required": _("Écrivez votre prénom et votre nom."),
            "min_length": _("Écrivez votre nom en entier."),
            "max_length": _("Écrivez un nom d’au plus 120 caractères."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    capacity = forms.ChoiceField(
        label=_("Vous êtes"),
        choices=Signup.Capacity.choices,
        error_messages={
            "required": _("Choisissez à quel titre vous ouvrez cet espace."),
            "invalid_choice": _("Choisissez une des réponses proposées."),
        },
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label=_("Une adresse e-mail que vous pouvez lire maintenant"),
        max_length=254,
        error_messages={
            "required": _("Écrivez une adresse e-mail : nous y envoyons un code."),
            "invalid": _("Écrivez une adresse complète, comme mairie@exemple.fr."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}),
    )

    def clean_name(self) -> str:
        name = unicodedata.normalize("NFC", " ".join(self.cleaned_data["name"].split()))
        if not _NAME.fullmatch(name):
            raise ValidationError(_("Écrivez votre nom avec des lettres, des espaces et des traits d’union seulement."))
        return name

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class TermsForm(forms.Form):
    accept = forms.BooleanField(
        label=_("Accepter"),
        error_messages={"required": _("Pour aller plus loin, acceptez les deux textes avec le bouton ci-dessous.")},
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Le code à six chiffres"),
        max_length=40,
        error_messages={
            "required": _("Écrivez le code reçu par e-mail."),
            "max_length": _("Le code n’a que six chiffres."),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "class": "code"}
        ),
    )

    def clean_code(self) -> str:
        code = "".join(str(int(each)) for each in self.cleaned_data["code"] if each.isdecimal())
        if len(code) != 6:
            raise ValidationError(_("Le code a six chiffres. Recopiez ceux du dernier e-mail reçu."))
        return code
