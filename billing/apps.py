from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"

    def ready(self) -> None:
        from billing.collecting import jobs  # noqa: F401
        from billing.collecting.planning import listen

        listen()
