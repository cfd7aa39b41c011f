"""What every host answers, whatever it is: robots (health answers before any host is known)."""

from django.urls import path

from core.accounts.access import always
from core.web import legal
from core.web.health import robots

urlpatterns = [
    path("robots.txt", always(robots), name="robots"),
    path("mentions-legales/", always(legal.notice), name="legal_notice"),
    path("donnees-personnelles/", always(legal.privacy), name="legal_privacy"),
    path("accessibilite/", always(legal.accessibility), name="legal_accessibility"),
]
