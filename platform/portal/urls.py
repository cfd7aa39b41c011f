"""Pages of the portal."""

from django.urls import include, path

from core.accounts.access import anyone
from portal import certificates, pricing, views, watch

urlpatterns = [
    path("", anyone(views.landing), name="landing"),
    path("modules/", anyone(pricing.modules), name="modules"),
    path("tarifs/", anyone(pricing.rates), name="rates"),
    path("certificats/<uuid:paper>/", anyone(certificates.certificate), name="certificate"),
    path("communes/", anyone(views.communes), name="communes"),
    path("communes/suggestions/", anyone(views.suggestions), name="suggestions"),
    path("", include("portal.signup.urls")),
    path("prevenir/confirmer/<str:word>/", anyone(watch.confirm), name="watch_confirm"),
    path("prevenir/arreter/<str:word>/", anyone(watch.stop), name="watch_stop"),
    path("prevenir/<slug:insee>/", anyone(watch.ask), name="watch_ask"),
    path("prevenir/<slug:insee>/envoye/", anyone(watch.asked), name="watch_asked"),
]
