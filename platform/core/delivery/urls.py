"""Being told: /compte/avertissements/, /desabonnement/…, /mairie/reglages/avertissements/."""

from django.urls import path

from core.accounts.access import always, permission, signed_in
from core.delivery.views import preferences, rules

app_name = "delivery"

urlpatterns = [
    path("compte/avertissements/", signed_in(preferences.preferences), name="preferences"),
    path("desabonnement/<str:word>/", always(preferences.unsubscribe), name="unsubscribe"),
    path("mairie/reglages/avertissements/", permission("space.settings")(rules.rules), name="rules"),
]
