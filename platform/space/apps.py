from django.apps import AppConfig


class SpaceConfig(AppConfig):
    name = "space"

    def ready(self) -> None:
        from core.audit.words import set_words
        from space.journal import sentence

        set_words(sentence)
