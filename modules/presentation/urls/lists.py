"""Addresses of the team, the services, the links and daily life."""

from typing import Any

from django.urls import path

from core.accounts.access import anyone, permission
from modules.presentation import rest as programs
from modules.presentation.views import parts
from modules.presentation.views.boards import BOARDS, KINDS, Kind
from modules.presentation.views.council import Council
from modules.presentation.views.listed import BoardPage, Remove, Restore, RowForm, Shift

write = permission("presentation.write")

resident = [
    path("equipe/", anyone(parts.team), name="team"),
    path("services/", anyone(parts.services), name="services"),
    path("vie-pratique/", anyone(parts.practical), name="practical"),
    path("urgences/", anyone(parts.emergency), name="emergency"),
]


def _rows(kind: Kind) -> list[Any]:
    """The form of a new row, that of a known one, and what its buttons do."""
    at, pk = f"{kind.segment}/", f"{kind.segment}/<uuid:pk>/"
    return [
        path(f"{at}nouveau/", write(RowForm.as_view(kind=kind)), name=f"{kind.slug}-new"),
        path(pk, write(RowForm.as_view(kind=kind)), name=kind.slug),
        *([path(f"{pk}deplacer/", write(Shift.as_view(kind=kind)), name=f"{kind.slug}-move")] if kind.movable else []),
        path(f"{pk}retirer/", write(Remove.as_view(kind=kind)), name=f"{kind.slug}-remove"),
        path(f"{pk}remettre/", write(Restore.as_view(kind=kind)), name=f"{kind.slug}-restore"),
    ]


office = [
    *(path(f"{board.segment}/", write(BoardPage.as_view(board=board)), name=board.slug) for board in BOARDS),
    path("equipe/nouveau-conseil/", write(Council.as_view()), name="council"),
    *(route for kind in KINDS.values() for route in _rows(kind)),
]

rest = [
    path("equipe/", anyone(programs.TeamView.as_view()), name="team"),
    path("services/", anyone(programs.ServicesView.as_view()), name="services"),
    path("liens/", anyone(programs.LinksView.as_view()), name="links"),
    path("vie-pratique/", anyone(programs.PracticalView.as_view()), name="practical"),
]
