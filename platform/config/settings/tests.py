"""Production's settings on this machine's servers: what differs is where things are, not what they do."""

import os

os.environ.setdefault("SECRET_KEY", "a key for tests only, long enough to please every check of the deploy command")
os.environ.setdefault("BASE_DOMAIN", "beffroi.test")
os.environ.setdefault("TRUSTED_PROXIES", "1")
os.environ.setdefault("EMAIL_URL", "smtp://127.0.0.1:1")
os.environ.setdefault("CACHE_URL", "redis://127.0.0.1:1/0")
os.environ.setdefault("BROKER_URL", "redis://127.0.0.1:1/0")
os.environ.setdefault("DATABASE_URL", "postgresql://beffroi@127.0.0.1:1/beffroi")

import config.settings.fiction  # noqa: F401
from config.settings.production import *  # noqa: F403
from tests.stores import store

# A pool keeps connections open, and a database that is copied must have none.
DATABASES["default"]["OPTIONS"] = {}  # noqa: F405
# Tests do not collect static files, so no manifest maps their names.
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = str(ROOT / "platform/core/web/static")  # noqa: F405
# A reading is counted at once, in the transaction of its test.
READINGS_TOGETHER = 0.0

# Several test processes at once: each has its own queue of jobs and its own counts.
if "PYTEST_XDIST_WORKER" in os.environ:
    CELERY_BROKER_URL = store(CELERY_BROKER_URL, 0)  # noqa: F405
    CACHES["default"]["LOCATION"] = store(CACHES["default"]["LOCATION"], 1)  # noqa: F405
