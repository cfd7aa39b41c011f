"""What every host answers, whatever it is: health and robots."""

from django.urls import path

from core.accounts.access import always
from core.web.health import healthz, robots

urlpatterns = [
    path("healthz", always(healthz), name="healthz"),
    path("robots.txt", always(robots), name="robots"),
]
