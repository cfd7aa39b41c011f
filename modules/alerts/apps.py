from django.apps import AppConfig


class AlertConfig(AppConfig):
    name = "modules.alerts"
    label = "alerts"
