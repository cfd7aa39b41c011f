"""The pages of a commune that has no space yet."""

from django.urls import path

from core.accounts.access import anyone
from portal import watch

urlpatterns = [
    path("", anyone(watch.unopened), name="unopened"),
    path("prevenir/", anyone(watch.ask_here), name="watch_ask"),
    path("prevenir/envoye/", anyone(watch.asked_here), name="watch_asked"),
]
