from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PrivacyConfig(AppConfig):
    name = "core.privacy"
    label = "privacy"

    def ready(self) -> None:
        autodiscover_modules("personal")
