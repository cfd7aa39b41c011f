"""Where the pages of a commune without a space lead, once it has one."""

from django.urls import path

from core.accounts.access import always
from portal import watch

urlpatterns = [
    path("prevenir/", always(watch.opened), name="watch_ask"),
    path("prevenir/envoye/", always(watch.opened), name="watch_asked"),
]
