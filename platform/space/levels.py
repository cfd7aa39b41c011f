"""Residency levels in words."""

from django.utils.translation import gettext_lazy as _

from core.accounts.levels import Level

MEANINGS = {
    Level.N0: _("Votre adresse e-mail n’est pas encore vérifiée."),
    Level.N1: _(
        "Votre adresse e-mail est vérifiée. Vous pouvez prendre part à ce que la mairie ouvre à tout le monde ; "
        "elle ne sait pas si vous habitez la commune."
    ),
    Level.N2: _(
        "La mairie a vérifié que vous habitez la commune. Vous pouvez aussi prendre part à ce qu’elle réserve "
        "à ses habitants."
    ),
    Level.N3: _(
        "La mairie a vérifié votre identité et que vous habitez la commune. Vous pouvez prendre part à tout ce qu’elle "
        "réserve à ses habitants."
    ),
}
LABELS = {
    Level.N0: _("Adresse e-mail non vérifiée"),
    Level.N1: _("Adresse e-mail vérifiée"),
    Level.N2: _("Domicile vérifié"),
    Level.N3: _("Identité et domicile vérifiés"),
}
