"""What the mairie types about its subscription."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from billing.forms import PaperOrderForm
from billing.models import Account
from billing.models.quote import OrderMeans
from billing.papers import valid_siret
from core.web.plain_text import one_line


class AccountForm(forms.Form):
    """What invoices say of the payer. `siren` is the commune's own, that its SIRET begins with."""

    siret = forms.CharField(
        label=_("Numéro SIRET"),
        max_length=40,
        required=False,
        help_text=_("Les 14 chiffres de la mairie. Chorus Pro les demande : sans eux, aucune facture ne part."),
        error_messages={"max_length": _("Un numéro SIRET comporte 14 chiffres.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    service_code = forms.CharField(
        label=_("Code service"),
        max_length=100,
        required=False,
        help_text=_("Seulement si la commune en a un dans Chorus Pro ; les petites n’en ont pas."),
        error_messages={"max_length": _("100 signes au plus.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    engagement = forms.CharField(
        label=_("Numéro d’engagement"),
        max_length=50,
        required=False,
        help_text=_("Celui de votre logiciel de comptabilité, si vous en donnez. Il est écrit sur chaque facture."),
        error_messages={"max_length": _("50 signes au plus.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    street = forms.CharField(
        label=_("Rue de la mairie"),
        max_length=200,
        required=False,
        error_messages={"max_length": _("200 signes au plus.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postal_code = forms.CharField(
        label=_("Code postal"),
        max_length=5,
        required=False,
        validators=[RegexValidator(r"^\d{5}\Z", _("Un code postal comporte cinq chiffres."))],
        error_messages={"max_length": _("Un code postal comporte cinq chiffres.")},
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    city = forms.CharField(
        label=_("Ville"),
        max_length=80,
        required=False,
        error_messages={"max_length": _("80 signes au plus.")},
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    moment = forms.ChoiceField(
        label=_("Quand facturer ?"),
        choices=Account.Moment.choices,
        widget=forms.RadioSelect,
        help_text=_("Vaut pour vos prochaines commandes. L’usage est de payer une fois le service fait."),
        error_messages={
            "required": _("Choisissez quand la facture arrive."),
            "invalid_choice": _("Choisissez quand la facture arrive."),
        },
    )
    method = forms.ChoiceField(
        label=_("Comment payez-vous ?"),
        choices=Account.Method.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez comment la commune paie."),
            "invalid_choice": _("Choisissez comment la commune paie."),
        },
    )

    def __init__(self, *args: Any, siren: str, online: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.siren = siren
        if not online:
            del self.fields["method"]

    def clean_siret(self) -> str:
        typed = self.cleaned_data["siret"]
        return valid_siret(typed, siren=self.siren) if typed.strip() else ""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("service_code", "engagement", "street", "city"):
            if name in said:
                said[name] = one_line(said[name])
        return said


class RecipientForm(forms.Form):
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        max_length=254,
        error_messages={
            "required": _("Écrivez une adresse e-mail."),
            "invalid": _("Écrivez une adresse complète, comme compta@exemple.fr."),
            "max_length": _("Écrivez une adresse d’au plus 254 caractères."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email", "autocapitalize": "none"}),
    )
    label = forms.CharField(
        label=_("Qui est-ce ?"),
        max_length=80,
        required=False,
        help_text=_("Par exemple : le service comptable de la communauté de communes."),
        error_messages={"max_length": _("80 signes au plus.")},
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_label(self) -> str:
        return one_line(self.cleaned_data["label"])


class QuoteOrderForm(PaperOrderForm):
    """An order from a quote that the council has: signed, by a purchase order, or said here."""

    means = forms.ChoiceField(
        label=_("Comment commandez-vous ?"),
        choices=[
            (OrderMeans.ONLINE.value, _("En cliquant ici, avec mon nom et ma fonction")),
            (OrderMeans.SIGNED_QUOTE.value, _("Avec le devis signé, en PDF")),
            (OrderMeans.PURCHASE_ORDER.value, _("Avec un bon de commande")),
        ],
        initial=OrderMeans.ONLINE.value,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez une des trois façons."),
            "invalid_choice": _("Choisissez une des trois façons."),
        },
    )
    field_order = ["means", "signed", "reference"]


def refuse(form: forms.Form, field: str | None, sentence: str) -> None:
    """What only an action could find wrong, said where it was typed."""
    form.add_error(field, ValidationError(sentence))
