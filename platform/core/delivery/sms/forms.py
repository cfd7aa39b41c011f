"""Numbers as people type them, and what is asked for them."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.catalogue import Topic
from core.delivery.forms import PlacesForm
from core.delivery.sms.numbers import e164
from core.web.plain_text import one_line

NOTHING = _("Cochez au moins un sujet.")


class NumberField(forms.CharField):
    """A French mobile; cleaned as E.164."""

    def __init__(self, **said: Any) -> None:
        attrs = {"autocomplete": "tel", "inputmode": "tel", "class": "code"}
        super().__init__(
            max_length=30,
            widget=forms.TextInput(attrs=attrs),
            error_messages={
                "required": _("Écrivez un numéro de mobile."),
                "max_length": _("Écrivez un numéro de mobile français, comme 06 12 34 56 78."),
            },
            **said,
        )

    def clean(self, value: Any) -> str:
        return e164(super().clean(value))


class TopicsForm(PlacesForm):
    """One tick for each topic; none is ticked unless it was before. A single topic needs no tick to be asked for."""

    def __init__(self, topics: Collection[Topic], data: Any = None, *, kept: Collection[str] = (), every: bool) -> None:
        super().__init__(data)
        self.among = [topic.slug for topic in topics]
        self.fields["topics"] = forms.MultipleChoiceField(
            label=_("Me prévenir par SMS de"),
            choices=[(topic.slug, topic.label) for topic in topics],
            initial=[slug for slug in self.among if slug in kept],
            required=every,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": NOTHING, "invalid_choice": _("Ce sujet n’est pas proposé.")},
        )
        if every and len(self.among) == 1:
            del self.fields["topics"]

    @property
    def wanted(self) -> list[str]:
        return list(self.cleaned_data.get("topics", self.among))


class JoinForm(TopicsForm):
    """A number to be told on, or whose choices somebody wants to see."""

    number = NumberField(label=_("Votre numéro de mobile"), help_text=_("Un code y arrive tout de suite par SMS."))

    def __init__(self, topics: Collection[Topic], data: Any = None) -> None:
        super().__init__(topics, data, every=True)
        if data is not None and "change" in data:
            self.among = []
            self.fields.pop("topics", None)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Le code reçu par SMS"),
        max_length=20,
        error_messages={
            "required": _("Écrivez les six chiffres du code."),
            "max_length": _("Écrivez les six chiffres du code."),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "class": "code"}
        ),
    )

    def clean_code(self) -> str:
        typed = "".join(self.cleaned_data["code"].split())
        if len(typed) != 6 or not (typed.isascii() and typed.isdecimal()):
            raise forms.ValidationError(_("Écrivez les six chiffres du code."), code="digits")
        return typed


class CounterForm(TopicsForm):
    """What a signed paper says. The name stays on the paper."""

    number = NumberField(label=_("Numéro de mobile"))
    paper = forms.CharField(
        label=_("Où est rangée la feuille signée"),
        max_length=60,
        help_text=_("Par exemple : classeur 2026, feuille 12. Pas de nom : il reste sur la feuille."),
        error_messages={
            "required": _("Écrivez où retrouver la feuille : elle prouve que la personne l’a demandé."),
            "max_length": _("60 signes au plus."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    signed = forms.BooleanField(
        label=_("La feuille est signée par qui se sert de ce numéro, ou par un proche avec son accord"),
        error_messages={"required": _("Sans feuille signée, ce numéro ne peut pas être inscrit.")},
    )

    def clean_paper(self) -> str:
        return one_line(self.cleaned_data["paper"])


class RemovalForm(forms.Form):
    number = NumberField(label=_("Numéro à retirer"))
