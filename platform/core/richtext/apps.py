from django.apps import AppConfig


class RichTextConfig(AppConfig):
    name = "core.richtext"
    label = "richtext"
