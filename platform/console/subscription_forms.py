"""What an operator types about a subscription."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from billing.models import Invoice
from core.web.plain_text import one_line

LONGEST = 2000
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_NO_DAY = _("Écrivez une date, comme 01/01/2027.")


class OrderRefusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=LONGEST,
        help_text=_("Qui a commandé lit cette raison, mot pour mot."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Écrivez la raison : qui a commandé la recevra.")},
    )


class GrantForm(forms.Form):
    """A module that is given."""

    module = forms.ChoiceField(
        label=_("Module"),
        error_messages={
            "required": _("Choisissez un module."),
            "invalid_choice": _("Choisissez un module de la liste."),
        },
    )
    reason = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=200,
        error_messages={
            "required": _("Écrivez pourquoi ce module est offert."),
            "max_length": _("200 signes au plus."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    until = forms.DateField(
        label=_("Jusqu’au"),
        required=False,
        help_text=_("Ce jour compris. Laissez vide pour ne pas fixer de fin."),
        widget=_DAY,
        error_messages={"invalid": _NO_DAY},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        module: Any = self.fields["module"]
        module.choices = [(each.slug, each.label) for each in settings.CATALOGUE]

    def clean_reason(self) -> str:
        return one_line(self.cleaned_data["reason"])

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < self.today:
            raise ValidationError(_("Choisissez un jour à venir."))
        return until


class PaymentForm(forms.Form):
    """A transfer that the bank shows."""

    invoice = forms.ChoiceField(
        label=_("Facture"),
        error_messages={
            "required": _("Choisissez la facture payée."),
            "invalid_choice": _("Choisissez une facture de cette commune."),
        },
    )
    euros = forms.DecimalField(
        label=_("Montant reçu, en euros"),
        max_digits=10,
        decimal_places=2,
        min_value=0.01,
        localize=True,
        help_text=_("TTC, comme 1 234,50."),
        error_messages={
            "required": _("Écrivez le montant reçu."),
            "invalid": _("Écrivez un montant, comme 1234,50."),
            "min_value": _("Écrivez un montant plus grand que zéro."),
            "max_digits": _("Ce montant est trop grand."),
            "max_whole_digits": _("Ce montant est trop grand."),
            "max_decimal_places": _("Deux chiffres après la virgule au plus."),
        },
    )
    received_on = forms.DateField(
        label=_("Reçu le"),
        widget=_DAY,
        error_messages={"required": _("Écrivez la date du relevé de compte."), "invalid": _NO_DAY},
    )
    reference = forms.CharField(
        label=_("Référence du virement"),
        max_length=100,
        help_text=_("Celle du relevé de compte. La même n’est enregistrée qu’une fois."),
        error_messages={
            "required": _("Écrivez la référence du virement."),
            "max_length": _("100 signes au plus."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, invoices: list[tuple[Invoice, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.known = {each.number: each for each, _label in invoices}
        invoice: Any = self.fields["invoice"]
        invoice.choices = [(each.number, label) for each, label in invoices]

    def clean_reference(self) -> str:
        return one_line(self.cleaned_data["reference"])

    def clean_received_on(self) -> date:
        received_on: date = self.cleaned_data["received_on"]
        if received_on > self.today:
            raise ValidationError(_("Ce jour n’est pas encore passé."))
        if received_on.year < 2020:
            raise ValidationError(_("Cette date est trop ancienne."))
        return received_on

    @property
    def cents(self) -> int:
        return int(self.cleaned_data["euros"] * 100)

    @property
    def chosen(self) -> Invoice:
        return self.known[self.cleaned_data["invoice"]]


class CancelForm(forms.Form):
    """An invoice that a credit note takes back."""

    reason = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=300,
        help_text=_("La commune lit cette raison sur l’avoir."),
        error_messages={
            "required": _("Écrivez la raison : elle figure sur l’avoir."),
            "max_length": _("300 signes au plus."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_reason(self) -> str:
        return one_line(self.cleaned_data["reason"])


class EndForm(forms.Form):
    """Why a subscription ends today."""

    reason = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=300,
        help_text=_("La mairie lit cette raison dans son journal."),
        error_messages={"required": _("Écrivez la raison."), "max_length": _("300 signes au plus.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_reason(self) -> str:
        return one_line(self.cleaned_data["reason"])


class PayerForm(forms.Form):
    """Somebody else who pays, from a day on."""

    insee = forms.RegexField(
        r"^[0-9][0-9AB][0-9]{3}$",
        label=_("Code INSEE de la commune qui paie désormais"),
        help_text=_("Celui de la commune nouvelle, ou de celle qui l’absorbe."),
        error_messages={
            "required": _("Écrivez le code INSEE de la commune qui paie désormais."),
            "invalid": _("Un code INSEE a cinq signes, comme 12013 ou 2A004."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    siret = forms.CharField(
        label=_("Son SIRET"),
        required=False,
        help_text=_("Seulement s’il n’est pas encore connu : sans lui, rien ne peut lui être facturé."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    on = forms.DateField(
        label=_("À partir du"),
        widget=_DAY,
        error_messages={"required": _("Écrivez le jour où l’autre commune paie."), "invalid": _NO_DAY},
    )
