"""The one page of a commune that has no space yet."""

from django.urls import path

from core.accounts.access import anyone
from portal import views

urlpatterns = [path("", anyone(views.unopened), name="unopened")]
