from django.apps import AppConfig


class PresentationConfig(AppConfig):
    name = "modules.presentation"
    label = "presentation"
