"""Addresses of the page: /commune/, /mairie/commune/, /api/v1/commune/."""

from django.urls import path

from core.accounts.access import anyone, permission
from modules.presentation import views
from modules.presentation.rest import CommunePageView

write = permission("presentation.write")

resident = [path("", anyone(views.page), name="page")]

office = [
    path("", write(views.Editor.as_view()), name="edit"),
    path("apercu/", write(views.Preview.as_view()), name="preview"),
]

rest = [path("", anyone(CommunePageView.as_view()), name="page")]
