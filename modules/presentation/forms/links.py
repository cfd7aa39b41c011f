"""A useful link, and a number to call."""

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from core.web.plain_text import one_line
from core.web.reaching import is_public
from modules.presentation.forms.listed import Line, ListedForm, PhoneField
from modules.presentation.models import LocalNumber, UsefulLink

_INVALID = _("Écrivez une adresse web, comme https://www.exemple.fr.")
_PRIVATE = _("Cette adresse n’existe que dans un réseau privé : les habitants ne pourraient pas la lire.")
_SECRET = _("Cette adresse contient un nom d’utilisateur ou un mot de passe : retirez-le.")
_WITHIN = ("localhost", ".localhost", ".local", ".lan", ".internal", ".intranet", ".home", ".corp", ".test", ".arpa")
LONGEST = 300
_web = URLValidator(schemes=["http", "https"], message=_INVALID)


class WebAddress(forms.CharField):
    """An address of the public web, or a page of the space itself when it begins with a slash."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"})
        super().__init__(max_length=LONGEST, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        typed = one_line(super().to_python(value) or "")
        if not typed or typed.startswith("/"):
            return typed
        return typed if ":" in typed.partition("/")[0] else f"https://{typed}"

    def validate(self, value: str) -> None:
        super().validate(value)
        if value.startswith("/"):
            if value.startswith("//") or "\\" in value or " " in value:
                raise ValidationError(_INVALID, code="invalid")
            return
        if len(value) > LONGEST:
            return  # said by its own validator
        try:
            _web(value)
            parts = urlsplit(value)
            port = parts.port or 443
        except (ValidationError, ValueError):
            raise ValidationError(_INVALID, code="invalid") from None
        if parts.username is not None or parts.password is not None:
            raise ValidationError(_SECRET, code="secret")
        if is_within(parts.hostname or "", port):
            raise ValidationError(_PRIVATE, code="private")


def is_within(host: str, port: int) -> bool:
    """Whether a name says by itself that it leads inside a network."""
    try:
        return not is_public(ip_address(host), 443 if port else port)
    except ValueError:
        return "." not in host or f".{host}".endswith(tuple(each if each[0] == "." else f".{each}" for each in _WITHIN))


class LinkForm(ListedForm):
    model = UsefulLink
    label = Line(label=_("Intitulé"), max_length=80)
    url = WebAddress(label=_("Adresse web"), help_text=_("Collez l’adresse de la page. Elle est vérifiée chaque nuit."))
    theme = Line(label=_("Thème"), max_length=60, required=False, help_text=_("Les liens d’un même thème sont réunis."))

    def __init__(self, data: Any = None, *args: Any, host: str = "", **kwargs: Any) -> None:
        """A page of the space itself is kept as such: it stays right whatever the space's host becomes."""
        if data is not None and host:
            typed = str(data.get("url", "")).strip()
            parts = typed.partition("://")
            if parts[0] in {"http", "https"} and (parts[2] == host or parts[2].startswith(f"{host}/")):
                data = data.copy()
                data["url"] = parts[2][len(host) :] or "/"
        super().__init__(data, *args, host=host, **kwargs)


class NumberForm(ListedForm):
    model = LocalNumber
    label = Line(label=_("Qui répond ?"), max_length=80, help_text=_("« Astreinte de l’eau », « élu de permanence »."))
    phone = PhoneField(label=_("Numéro"))
    note = Line(label=_("Précision"), max_length=120, required=False, help_text=_("« La nuit et le dimanche »."))
