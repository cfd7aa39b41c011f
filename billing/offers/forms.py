"""What somebody types to ask for a quote, and to order it."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from billing.forms import PaperOrderForm, WhoForm
from billing.models.account import Moment
from billing.models.quote import OrderMeans
from billing.offers.apart import Apart, shared_out, unknown
from billing.prices import Rhythm
from core.catalogue import Catalogue
from tenants.models import Commune

NONE, GONE = (
    _("Choisissez au moins un module."),
    _("Un de ces modules n’est plus au catalogue. Choisissez parmi ceux de la page."),
)
ALIGNED, TWELVE_MONTHS = "31-12", "12"
LATEST = timedelta(days=365)
# A name is printed on papers and read in a list: letters and what joins them, nothing that a reader makes a link of.
_NAME = re.compile(r"(?:[^\W\d_]|[ '’-]|\.(?![^\W_]))+")


def person_name(typed: str) -> str:
    """Raises ValidationError."""
    name = unicodedata.normalize("NFC", " ".join(typed.split()))
    if not _NAME.fullmatch(name):
        raise ValidationError(_("Écrivez un nom avec des lettres, des espaces et des traits d’union seulement."))
    return name


class ChoiceForm(forms.Form):
    """What is priced, for these communes: `modules` for all but those set apart. `today` is where the first is."""

    modules = forms.MultipleChoiceField(label=_("Les modules"), required=False, error_messages={"invalid_choice": GONE})
    rhythm = forms.ChoiceField(
        label=_("Facturer"),
        choices=[(Rhythm.YEARLY.value, _("Par an")), (Rhythm.MONTHLY.value, _("Par mois"))],
        initial=Rhythm.YEARLY.value,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez par an ou par mois."),
            "invalid_choice": _("Choisissez par an ou par mois."),
        },
    )
    ends = forms.ChoiceField(
        label=_("Jusqu’à quand"),
        choices=[
            (ALIGNED, _("Jusqu’au 31 décembre, comme le budget de la commune")),
            (TWELVE_MONTHS, _("Douze mois")),
        ],
        initial=ALIGNED,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez une des deux fins."),
            "invalid_choice": _("Choisissez une des deux fins."),
        },
    )
    start = forms.DateField(
        label=_("Premier jour"),
        required=False,
        help_text=_("Laissez vide pour commencer au plus tôt."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Écrivez une date, comme 01/01/2027.")},
    )

    def __init__(
        self, *args: Any, catalogue: Catalogue, today: date, communes: Sequence[Commune], apart: Apart, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.communes, self.apart = today, communes, apart
        modules: Any = self.fields["modules"]
        modules.choices = [(manifest.slug, manifest.label) for manifest in catalogue]
        start: Any = self.fields["start"]
        start.widget.attrs |= {"min": today.isoformat(), "max": (today + LATEST).isoformat()}

    def clean_start(self) -> date | None:
        start: date | None = self.cleaned_data["start"]
        if start is not None and not self.today <= start <= self.today + LATEST:
            raise ValidationError(_("Choisissez un jour entre aujourd’hui et dans un an."))
        return start

    def clean(self) -> dict[str, Any]:
        """`wanted` is what each commune takes."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if "modules" in said:
            said["wanted"] = shared_out(self.communes, said["modules"], self.apart)
            if unknown(self.apart):
                self.add_error("modules", GONE)
            elif not said["wanted"]:
                self.add_error("modules", NONE)
        return said

    @property
    def is_aligned(self) -> bool:
        return bool(self.cleaned_data["ends"] == ALIGNED)


class AskerForm(WhoForm):
    """Who asks."""

    email = forms.EmailField(
        label=_("Votre adresse e-mail"),
        max_length=254,
        help_text=_("L’adresse secrète du devis y est envoyée, une seule fois."),
        error_messages={
            "required": _("Écrivez votre adresse e-mail : le devis y est envoyé."),
            "invalid": _("Écrivez une adresse complète, comme mairie@exemple.fr."),
            "max_length": _("Écrivez une adresse d’au plus 254 caractères."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}),
    )

    def clean_name(self) -> str:
        return person_name(self.cleaned_data["name"])

    def clean_capacity(self) -> str:
        return person_name(self.cleaned_data["capacity"])

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class QuoteForm(ChoiceForm, AskerForm):
    """Both at once."""

    field_order = ["modules", "rhythm", "ends", "start", "name", "capacity", "email"]


class OrderForm(AskerForm, PaperOrderForm):
    """The references that an invoice needs, who orders, and how: a signed quote, or the number of a purchase order."""

    means = forms.ChoiceField(
        label=_("Comment commandez-vous ?"),
        choices=[
            (OrderMeans.SIGNED_QUOTE.value, _("Avec le devis signé, en PDF")),
            (OrderMeans.PURCHASE_ORDER.value, _("Avec un bon de commande")),
        ],
        initial=OrderMeans.SIGNED_QUOTE.value,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez une des deux façons."),
            "invalid_choice": _("Choisissez une des deux façons."),
        },
    )
    moment = forms.ChoiceField(
        label=_("Quand facturer ?"),
        choices=Moment.choices,
        initial=Moment.END.value,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez quand la facture arrive."),
            "invalid_choice": _("Choisissez quand la facture arrive."),
        },
    )

    field_order = ["means", "signed", "reference", "siret", "service_code", "engagement", "moment", "name", "capacity"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("Nous y disons que la commande est reçue, puis ce que nous en faisons.")
