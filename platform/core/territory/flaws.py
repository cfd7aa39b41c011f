"""Why an outline cannot be kept, in words."""

from django.utils.translation import gettext_lazy as _

from core.territory.geometry import MOST_POINTS, Flaw, FlawedRing

_WORDS = {
    Flaw.TOO_FEW: _("Il faut au moins trois points différents."),
    Flaw.TOO_MANY: _("Une zone a %(most)s points au plus."),
    Flaw.OFF_THE_GLOBE: _("Une latitude va de −90 à 90, une longitude de −180 à 180."),
    Flaw.CROSSED: _("Le contour se croise lui-même : suivez le bord de la zone, point après point."),
    Flaw.FLAT: _("Les points sont alignés : ils n’entourent rien."),
}


def worded(refusal: FlawedRing) -> str:
    return str(_WORDS[refusal.flaw]) % {"most": MOST_POINTS}
