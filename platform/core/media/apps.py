from django.apps import AppConfig
from django.db.models.signals import post_delete


class MediaConfig(AppConfig):
    name = "core.media"
    label = "media"

    def ready(self) -> None:
        from core.media.files import forget_files

        for sender in ("media.Asset", "media.Upload"):
            post_delete.connect(forget_files, sender=sender, dispatch_uid=f"forget_files {sender}")
