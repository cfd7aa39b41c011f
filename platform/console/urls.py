"""Pages of the console."""

from django.urls import path

from console import views
from core.accounts.access import operator

urlpatterns = [path("", operator(views.communes), name="console")]
