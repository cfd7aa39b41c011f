"""What is typed in an order, from the portal and from the mairie: who answers for it, and what the invoice says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.models.quote import OrderMeans
from billing.papers import valid_siret
from core.web.plain_text import one_line


class WhoForm(forms.Form):
    """Who asks, by name and function: what a paper says, and a person answers for."""

    name = forms.CharField(
        label=_("Votre prénom et votre nom"),
        max_length=120,
        error_messages={
            "required": _("Écrivez votre prénom et votre nom."),
            "max_length": _("Écrivez un nom d’au plus 120 caractères."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    capacity = forms.CharField(
        label=_("Votre fonction"),
        max_length=120,
        help_text=_("Maire, secrétaire de mairie, directrice générale des services…"),
        error_messages={
            "required": _("Écrivez votre fonction."),
            "max_length": _("Écrivez une fonction d’au plus 120 caractères."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_capacity(self) -> str:
        return one_line(self.cleaned_data["capacity"])


class ReferencesForm(WhoForm):
    """Who orders, and what the invoice must say. `siren` is the payer's own, that its SIRET begins with."""

    siret = forms.CharField(
        label=_("Numéro SIRET"),
        max_length=40,
        help_text=_("Les 14 chiffres de qui reçoit la facture. Chorus Pro les demande."),
        error_messages={
            "required": _("Écrivez le numéro SIRET : sans lui, la facture ne peut pas être déposée."),
            "max_length": _("Un numéro SIRET comporte 14 chiffres."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    service_code = forms.CharField(
        label=_("Code service"),
        max_length=100,
        required=False,
        help_text=_("Seulement si votre collectivité en a un dans Chorus Pro."),
        error_messages={"max_length": _("100 signes au plus.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    engagement = forms.CharField(
        label=_("Numéro d’engagement"),
        max_length=50,
        required=False,
        help_text=_("Seulement si votre collectivité l’exige."),
        error_messages={"max_length": _("50 signes au plus.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reference = forms.CharField(
        label=_("Numéro du bon de commande"),
        max_length=100,
        required=False,
        help_text=_("Il figure sur la facture."),
        error_messages={"max_length": _("100 signes au plus.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, siren: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.siren = siren

    def clean_siret(self) -> str:
        return valid_siret(self.cleaned_data["siret"], siren=self.siren)

    def clean_service_code(self) -> str:
        return one_line(self.cleaned_data["service_code"])

    def clean_engagement(self) -> str:
        return one_line(self.cleaned_data["engagement"])

    def clean_reference(self) -> str:
        return one_line(self.cleaned_data["reference"])


class PaperOrderForm(ReferencesForm):
    """An order that a paper may carry: a signed quote, or the number of a purchase order. `means` says which."""

    signed = forms.FileField(
        label=_("Le devis signé"),
        required=False,
        help_text=_(
            "À joindre si vous commandez avec lui : un PDF de 10 Mo au plus, du devis imprimé, signé et numérisé, ou "
            "signé à l’écran."
        ),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"empty": _("Ce fichier est vide."), "invalid": _("Ce fichier n’est pas arrivé. Réessayez.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].help_text = _("À donner si vous commandez avec lui. Il figure sur la facture.")
        for name in ("signed", "reference"):
            field: Any = self.fields[name]
            field.depends = True

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("means") == OrderMeans.PURCHASE_ORDER and not said.get("reference") and "reference" in said:
            self.add_error("reference", _("Écrivez le numéro du bon de commande."))
        if said.get("means") == OrderMeans.SIGNED_QUOTE and "signed" not in self.errors:
            if not said.get("signed"):
                self.add_error("signed", _("Choisissez le PDF du devis signé."))
            elif self.errors:  # no page can fill a file in again
                self.add_error("signed", _("Choisissez de nouveau ce fichier : il n’a pas été gardé."))
        return said
