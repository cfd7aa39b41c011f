"""What a person types to prove themselves, to add a factor, or to change their address."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from django import forms
from django.core.cache import cache
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User

REPLAYED = 120  # seconds: longer than a code of an application stays valid


class _Digits(forms.CharField):
    """A code, whatever spaces it was typed with."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=20,
            error_messages={"required": _("Écrivez le code.")},
            widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code"}),
        )

    def to_python(self, value: Any) -> str:
        typed = str(super().to_python(value) or "")
        return "".join(each for each in typed if each in "0123456789") or typed


class _Credential(forms.JSONField):
    """What a browser answers for a passkey: also refused are numbers without end and nests too deep to be read."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise get_adapter().validation_error("incorrect_code") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except (ValueError, RecursionError):
            return InvalidJSONInput(data)


class SecondFactorForm(AuthenticateForm):  # type: ignore[misc]
    """A code of the application, or a recovery code. A code that was taken once is taken no more."""

    code = _Digits(_("Le code à six chiffres de votre application, ou un code de secours"))

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if not cache.add(f"second-factor:{self.user.pk}:{code}", 1, REPLAYED):
            raise get_adapter().validation_error("incorrect_code")
        return code


class PasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """What the browser answers for a passkey; anything else is a wrong answer."""

    credential = _Credential()

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except (KeyError, AttributeError, IndexError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class ApplicationForm(forms.Form):
    """The first code that an application shows for `secret`."""

    code = _Digits(_("Le code à six chiffres que l’application montre"))

    def __init__(self, *arguments: Any, user: User, secret: str, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.user, self.secret = user, secret

    def clean_code(self) -> str:
        right = check_rate_limit(self.user, error_key="rate_limited")
        code: str = self.cleaned_data["code"]
        if not validate_totp_code(self.secret, code):
            raise get_adapter().validation_error("incorrect_code")
        right()
        return code


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """The name the person gives to their key, and what the browser answers."""

    credential = _Credential()
    name = forms.CharField(
        label=_("Un nom pour la reconnaître"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"placeholder": _("Mon téléphone"), "autocomplete": "off"}),
    )

    def clean(self) -> Any:
        try:
            return super().clean()
        except (KeyError, AttributeError, IndexError, TypeError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Votre nouvelle adresse e-mail"),
        max_length=254,
        error_messages={
            "required": _("Écrivez votre nouvelle adresse."),
            "invalid": _("Écrivez une adresse complète, comme prenom@exemple.fr."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}),
    )

    def __init__(self, *arguments: Any, user: User, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.user = user

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if email == self.user.email:
            raise forms.ValidationError(_("C’est déjà votre adresse."))
        return email


class AddressCodeForm(forms.Form):
    code = _Digits(_("Le code à six chiffres"))
