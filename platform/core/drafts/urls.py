"""/mairie/brouillons/…: what the forms of the back office keep as they are filled."""

from django.urls import path

from core.accounts.access import Access, Who, declare
from core.drafts import views

app_name = "drafts"
# Also where all may only be read: alerts are written there, and nobody else reads what is being typed.
author = declare(Access(Who.STAFF, quiet=True, lasting=True))

urlpatterns = [
    path("mairie/brouillons/<slug:kind>/<uuid:key>/", author(views.draft), name="draft"),
]
