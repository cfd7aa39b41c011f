"""What a person is told of a file that is not accepted."""

from collections.abc import Collection
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.media.decoding.refused import Reason

_SENTENCES: Final[dict[Reason, Any]] = {
    Reason.EMPTY: _("Ce fichier est vide."),
    Reason.BROKEN: _("Ce fichier est abîmé et ne peut pas être lu en entier. Choisissez-en une autre copie."),
    Reason.TOO_LARGE: _("Cette image est trop grande : 60 millions de pixels au plus pour une photo, 40 sinon."),
    Reason.TOO_SMALL: _("Cette image est trop petite : 64 pixels de côté au moins."),
    Reason.TOO_COSTLY: _(
        "Ce fichier demande trop de travail pour être lu sans risque. Enregistrez-le de nouveau, plus simple ou plus "
        "petit."
    ),
    Reason.ENCRYPTED: _("Ce PDF est protégé par un mot de passe. Enregistrez-le sans protection."),
    Reason.SCRIPTED: _("Ce PDF contient un programme ou un formulaire actif. Refaites-le par « Imprimer en PDF »."),
    Reason.CARRIES_FILES: _("Ce PDF transporte d’autres fichiers. Refaites-le par « Imprimer en PDF »."),
    Reason.UNCHECKABLE: _("Ce PDF est écrit d’une façon que nous ne savons pas vérifier. Imprimez-le en PDF."),
    Reason.TOO_MANY_PAGES: _("Ce PDF est trop long : 2 000 pages au plus."),
    Reason.NO_PICTURE: _("Cette vidéo ne contient pas d’image."),
    Reason.TOO_LONG: _("Cette vidéo est trop longue : 30 minutes au plus."),
    Reason.NOT_PLAYED: _("Les navigateurs ne lisent pas cette vidéo. Enregistrez-la en MP4 (H.264)."),
    Reason.TRACKED: _(
        "Cette vidéo enregistre des mesures, peut-être la position de l’appareil. Exportez-la de nouveau sans elles."
    ),
}
_UNKNOWN: Final[dict[frozenset[str], Any]] = {
    frozenset({"picture"}): _("Ce fichier n’est pas une image que nous savons lire : JPEG, PNG, WebP ou HEIC."),
    frozenset({"document"}): _("Ce fichier n’est pas un PDF."),
    frozenset({"video"}): _("Ce fichier n’est pas une vidéo que nous savons lire : MP4 ou WebM."),
}
_NONE_OF_OURS: Final = _("Nous acceptons les images (JPEG, PNG, WebP, HEIC), les PDF et les vidéos (MP4, WebM).")
_TOO_HEAVY: Final = {
    "picture": _("Ce fichier est trop lourd : 25 Mo au plus pour une image."),
    "document": _("Ce fichier est trop lourd : 50 Mo au plus pour un PDF."),
    "video": _("Ce fichier est trop lourd : 500 Mo au plus pour une vidéo."),
}
HEAVIEST: Final = ("video", "document", "picture")


def refusal(reason: Reason, kinds: Collection[str]) -> ValidationError:
    """The sentence for somebody who chose a file where these kinds are accepted."""
    if reason is Reason.UNKNOWN:
        said: Any = _UNKNOWN.get(frozenset(kinds), _NONE_OF_OURS)
    elif reason is Reason.TOO_HEAVY:
        said = _TOO_HEAVY[next(kind for kind in HEAVIEST if kind in kinds)]
    else:
        said = _SENTENCES[reason]
    return ValidationError(said, code=reason.value)
