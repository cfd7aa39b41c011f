"""Quotes and orders, from the portal."""

from django.urls import path, re_path

from billing.offers.views import begin, choosing, ordering, quote
from core.accounts.access import anyone

COMMUNE = r"^devis/commune/(?P<insee>[0-9][0-9AB][0-9]{3})/"
GROUP = r"^devis/intercommunalite/(?P<siren>[0-9]{9})/"

urlpatterns = [
    path("devis/", anyone(begin.begin), name="offers"),
    path("devis/suggestions/", anyone(begin.suggestions), name="offer_suggestions"),
    re_path(rf"{COMMUNE}$", anyone(choosing.commune), name="offer_commune"),
    re_path(rf"{COMMUNE}prix/$", anyone(choosing.commune_price), name="offer_commune_price"),
    re_path(rf"{GROUP}$", anyone(choosing.group), name="offer_group"),
    re_path(rf"{GROUP}modules/$", anyone(choosing.group_modules), name="offer_group_modules"),
    re_path(rf"{GROUP}prix/$", anyone(choosing.group_price), name="offer_group_price"),
    path("devis/<uuid:quote>/", anyone(quote.shown), name="quote"),
    path("devis/<uuid:quote>/devis.pdf", anyone(quote.paper), name="quote_paper"),
    path("devis/<uuid:quote>/deliberation.pdf", anyone(quote.deliberation), name="quote_deliberation"),
    path("devis/<uuid:quote>/commande.pdf", anyone(quote.confirmation), name="quote_confirmation"),
    path("devis/<uuid:quote>/factures/<uuid:invoice>/", anyone(quote.invoice), name="quote_invoice"),
    path("devis/<uuid:quote>/commander/", anyone(ordering.order), name="quote_order"),
    path("devis/<uuid:quote>/refaire/", anyone(quote.again), name="quote_again"),
]
