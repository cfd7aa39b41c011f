from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "tenants"

    def ready(self) -> None:
        from core.tenancy.registry import set_registry
        from tenants.registry import SpaceRegistry

        set_registry(SpaceRegistry())
