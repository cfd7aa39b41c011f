from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "core.delivery"
    label = "delivery"

    def ready(self) -> None:
        from anymail.signals import tracking

        from core.delivery.mail.hearing import told

        tracking.connect(told, dispatch_uid="delivery")
