"""Jobs of a commune and of the platform: two bases, both refusing to guess where they are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from celery import Task, current_app, current_task, shared_task
from django.conf import settings
from django.db import transaction
from django.urls import get_urlconf, set_urlconf
from django.utils import timezone

from core.tenancy.context import enter, entered
from core.tenancy.errors import CommuneRequired, ModuleIsOff
from core.tenancy.here import OPERATOR, PUBLIC, here
from core.tenancy.registry import registry


class CommuneTask(Task):  # type: ignore[misc]
    """Runs inside the commune named in its header, at its hour; raises when it is missing, unknown, or its module is
    off."""

    abstract = True

    def apply_async(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
        now = here.get()
        name = now.schema_name if now and not now.is_public else None
        if name is None and current_task:  # the next link of a chain is queued by the worker, outside any commune
            name = (current_task.request.headers or {}).get("space")
        name = (options.get("headers") or {}).get("space", name)
        if name is None:
            raise CommuneRequired(f"{self.name} was queued outside any commune")
        options["headers"] = {**(options.get("headers") or {}), "space": name}
        return super().apply_async(args, kwargs, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        name = (self.request.headers or {}).get("space")
        if not name:
            raise CommuneRequired(f"{self.name} was started outside any commune")
        with entered(PUBLIC), enter(name):
            module = module_of(self.name)
            if module and not registry().is_on(name, module):
                raise ModuleIsOff(f"{self.name}: {module} is off in {name}")
            with timezone.override(ZoneInfo(registry().locality(name).timezone)), _addresses_of(name):
                return super().__call__(*args, **kwargs)


class PlatformTask(Task):  # type: ignore[misc]
    """Runs in public: for the dispatcher, webhooks, reconciliation. The default, so that a forgotten base reads
    tables that public does not have."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with entered(PUBLIC):
            return super().__call__(*args, **kwargs)


@contextmanager
def _addresses_of(schema_name: str) -> Iterator[None]:
    """Addresses are read as on the commune's own site, or the operator's."""
    before = get_urlconf()
    set_urlconf(settings.SITE_URLCONFS["console" if schema_name == OPERATOR.schema_name else "space"])
    try:
        yield
    finally:
        set_urlconf(before)


def commune_job(name: str) -> Callable[[Callable[..., Any]], Any]:
    """Register a function as a job of a commune, under `<module or service>.<verb>`."""
    decorator: Callable[[Callable[..., Any]], Any] = shared_task(name=name, base=CommuneTask)
    return decorator


def platform_job(name: str) -> Callable[[Callable[..., Any]], Any]:
    decorator: Callable[[Callable[..., Any]], Any] = shared_task(name=name, base=PlatformTask)
    return decorator


def module_of(job: str) -> str:
    """The module a job belongs to, empty when it is a service of the platform."""
    prefix = job.partition(".")[0]
    return prefix if prefix in settings.CATALOGUE else ""


def priority(urgent: bool) -> int:
    """Of a message to the broker: 0 is taken first."""
    return 0 if urgent else settings.CELERY_TASK_DEFAULT_PRIORITY


def enqueue(job: str, *, urgent: bool = False, **kwargs: Any) -> None:
    """Queue a job for the current commune once the transaction is committed.

    Raises NotRegistered at once for an unknown name. A broker that is down is logged, not raised: what must not be
    lost is also a row of DueWork.
    """
    task = current_app.tasks[job]
    now = here.get()
    if now is None or now.is_public:
        raise CommuneRequired(f"{job} was queued outside any commune")
    headers = {"space": now.schema_name}
    options = {"headers": headers, "retry": False, "priority": priority(urgent)}
    transaction.on_commit(lambda: task.apply_async(kwargs=kwargs, **options), robust=True)
