from typing import Any, cast

from django.apps import AppConfig
from django.core.signals import request_started
from django.db import connection
from django.utils.module_loading import autodiscover_modules


class TenancyConfig(AppConfig):
    name = "core.tenancy"
    label = "tenancy"

    def ready(self) -> None:
        # Actions queue jobs by name, so every process knows every name.
        autodiscover_modules("jobs")
        request_started.connect(trust_no_path, dispatch_uid="tenancy.trust_no_path")


def trust_no_path(**kwargs: Any) -> None:
    """A request never relies on the search path that something before it has set."""
    cast(Any, connection).search_path_set_schemas = None
