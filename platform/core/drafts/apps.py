from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "core.drafts"
    label = "drafts"

    def ready(self) -> None:
        from core.drafts.queries import holds
        from core.media.showing import hold

        hold(holds)
