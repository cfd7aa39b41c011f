"""Departments, their hours and the days that are different: /mairie/services/, /mairie/fermetures/."""

from django.urls import path

from core.accounts.access import permission
from core.organisation import views

app_name = "organisation"

write = permission("space.organisation")

urlpatterns = [
    path("mairie/services/", write(views.departments), name="departments"),
    path("mairie/services/nouveau/", write(views.edit), name="new"),
    path("mairie/services/<uuid:pk>/", write(views.edit), name="edit"),
    path("mairie/services/<uuid:pk>/fermer/", write(views.close), name="close"),
    path("mairie/services/<uuid:pk>/deplacer/", write(views.shift), name="shift"),
    path("mairie/services/<uuid:pk>/delegation/", write(views.give), name="delegate"),
    path("mairie/services/delegation/<uuid:pk>/finir/", write(views.take_back), name="end_delegation"),
    path("mairie/reglages/mentions/", permission("space.settings")(views.notice), name="notice"),
    path("mairie/fermetures/", write(views.periods), name="periods"),
    path("mairie/fermetures/<uuid:pk>/retirer/", write(views.withdraw), name="withdraw"),
]
