from django.apps import AppConfig
from django.conf import settings


class TelemetryConfig(AppConfig):
    name = "core.telemetry"
    label = "telemetry"

    def ready(self) -> None:
        if settings.SENTRY_DSN:
            from core.telemetry.errors import start

            start(settings.SENTRY_DSN, settings.RELEASE)
