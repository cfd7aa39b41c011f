"""The poster that leads a telephone to the page where it asks to be told."""

from pathlib import Path
from typing import Any, Final

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core.delivery.sms.carrying import can_sms
from core.documents import pdf
from core.tenancy.here import current
from core.tenancy.registry import registry
from core.web.colour import accent_theme
from core.web.french import of_commune

TEMPLATE: Final = Path(__file__).parent / "documents" / "poster.typ"


def poster(commune: str, accent: str) -> bytes:
    """As a PDF of one page, in the commune's colour."""
    home = registry().sender(current().schema_name).home
    address = home + reverse("delivery:devices", urlconf=settings.SITE_URLCONFS["space"]).lstrip("/")
    theme = accent_theme(accent)
    shown = address.partition("://")[2].rstrip("/")
    data = {
        "title": _("Soyez prévenu en cas de danger"),
        "commune": _("Commune %(name)s") % {"name": of_commune(commune)},
        "accent": theme.light,
        "on_accent": theme.on_light,
        "lead": _("Inondation, tempête, coupure d’eau : la mairie vous le dit aussitôt sur votre téléphone."),
        "code": segno.make(address, error="h", micro=False).svg_inline(border=2, omitsize=True),
        "alt": _("Code à viser avec un téléphone : il ouvre %(address)s") % {"address": shown},
        "address": shown,
        "steps": _steps(),
        "after": _after(),
        "footer": _footer(),
    }
    return pdf(TEMPLATE, data)


def _steps() -> list[str]:
    return [
        _("Visez ce carré avec l’appareil photo de votre téléphone, ou tapez l’adresse."),
        _("Sur un iPhone, posez d’abord l’application sur l’écran d’accueil : la page vous montre comment."),
        _("Touchez « Me prévenir sur cet appareil » et acceptez les notifications."),
    ]


def _after() -> str:
    free = _("Sans compte, gratuit, et vous arrêtez quand vous voulez.")
    by_sms = _("Pas d’internet sur votre téléphone ? Demandez à la mairie d’inscrire votre numéro : un SMS suffit.")
    return f"{free} {by_sms}" if can_sms() else free


def _footer() -> str:
    said: Any = _("Démonstration : ce n’est pas une affiche de la mairie.") if settings.DEMO else ""
    return str(said) or _("Affiche imprimée depuis l’espace de la mairie.")
