"""The composition root: settings, urlconfs, servers. Knows every package; nobody imports it."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
