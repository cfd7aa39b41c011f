"""What every host answers, whatever it is: health and robots."""

from core.accounts.access import always
from core.web.health import healthz, robots
from django.urls import path

urlpatterns = [
    path("healthz", always(healthz), name="healthz"),
    path("robots.txt", always(robots), name="robots"),
]
