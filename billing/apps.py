from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"

    def ready(self) -> None:
        from billing.actions import erasing  # noqa: F401 - listens to what is erased
        from billing.collecting import jobs  # noqa: F401
        from billing.collecting.planning import listen

        listen()
