from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TenancyConfig(AppConfig):
    name = "core.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        # Actions queue jobs by name, so every process knows every name.
        autodiscover_modules("jobs")
