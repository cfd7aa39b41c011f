from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "modules.news"
    label = "news"
