from django.apps import AppConfig


class ReadershipConfig(AppConfig):
    name = "core.readership"
    label = "readership"
