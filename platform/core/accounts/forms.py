"""What a person types to sign in."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.actions import add_person
from core.accounts.models import User
from core.tenancy.here import OPERATOR, current


class EmailForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Asks for an address. A known, an unknown and a blocked one are answered alike.

    In a commune a stranger becomes a person at once, unverified until the code is typed; in the operator's console
    an address that is no operator's is sent nothing.
    """

    email = forms.EmailField(
        label=_("Votre adresse e-mail"),
        max_length=254,
        error_messages={
            "required": _("Écrivez votre adresse e-mail."),
            "invalid": _("Écrivez une adresse complète, comme prenom@exemple.fr."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}),
    )

    def clean_email(self) -> str:
        email: str = super().clean_email().lower()
        self._user = _operator(email) if current() == OPERATOR else add_person(email=email)
        return email


def _operator(email: str) -> User | None:
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    return user if user is not None and user.has_perm("console") else None


class CodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    code = forms.CharField(
        label=_("Le code à six chiffres"),
        max_length=20,
        error_messages={"required": _("Écrivez le code reçu par e-mail.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "class": "code"}
        ),
    )

    def clean_code(self) -> Any:
        self.cleaned_data["code"] = "".join(each for each in self.cleaned_data["code"] if each.isdecimal())
        return super().clean_code()
