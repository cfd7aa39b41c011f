"""Pages of the portal."""

from django.urls import path

from core.accounts.access import anyone
from portal import views

urlpatterns = [
    path("", anyone(views.landing), name="landing"),
    path("modules/", anyone(views.modules), name="modules"),
    path("communes/", anyone(views.communes), name="communes"),
    path("communes/suggestions/", anyone(views.suggestions), name="suggestions"),
]
