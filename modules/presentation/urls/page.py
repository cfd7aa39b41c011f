"""Addresses of the page."""

from django.urls import path

from core.accounts.access import anyone, permission
from modules.presentation.rest import CommunePageView
from modules.presentation.views import office as mairie
from modules.presentation.views import public

write = permission("presentation.write")

resident = [path("", anyone(public.page), name="page")]

office = [
    path("", write(mairie.Editor.as_view()), name="edit"),
    path("apercu/", write(mairie.Preview.as_view()), name="preview"),
]

rest = [path("", anyone(CommunePageView.as_view()), name="page")]
