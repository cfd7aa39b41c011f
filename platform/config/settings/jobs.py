"""Jobs: the dispatcher, since a commune's work is a row of DueWork; and the weather warnings, where there is a key."""

from kombu.entity import Queue

from config.settings.environment import env
from config.settings.stripe import STRIPE_SCHEDULE

# Of the operator at Météo-France; without it no draft is opened from its weather warnings.
VIGILANCE_API_KEY = env.str("VIGILANCE_API_KEY", "")
VIGILANCE_ENDPOINT = "https://public-api.meteofrance.fr/public/DPVigilance/v1/cartevigilance/encours"
VIGILANCE_SCHEDULE = {"vigilance": {"task": "vigilance.fetch", "schedule": 600.0}} if VIGILANCE_API_KEY else {}

CELERY_BROKER_URL = env.str("BROKER_URL")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_PRIORITY = 6  # what is urgent has 0
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 5}
# Two queues: what takes minutes waits for its like only. A worker takes both, unless it is told which (-Q).
CELERY_TASK_QUEUES = tuple(Queue(name) for name in ("celery", "long"))  # type: ignore[no-untyped-call]
_LONG = ("delivery.more_*", "media.prepare", "privacy.retain", "leaving.*", "stripe.*")
CELERY_TASK_ROUTES = {name: {"queue": "long"} for name in _LONG}
CELERY_BEAT_SCHEDULE = {
    "dispatch": {"task": "platform.dispatch", "schedule": 5.0},
    **VIGILANCE_SCHEDULE,
    **STRIPE_SCHEDULE,
}
