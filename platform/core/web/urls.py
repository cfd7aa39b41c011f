"""What every host answers, whatever it is: robots (health answers before any host is known)."""

from django.urls import path

from core.accounts.access import always
from core.web.health import robots

urlpatterns = [
    path("robots.txt", always(robots), name="robots"),
]
