"""The mairie keeps the lists of the presentation: one page for each group of lists, one form for each row."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from core.accounts.models import User
from core.web.meanwhile import ChangedMeanwhile, differences, digest, key_of, read_of
from modules.presentation.actions import listed as actions
from modules.presentation.forms.listed import ListedForm
from modules.presentation.models import CollectionChange, Listed, Member
from modules.presentation.models.practical import Collection
from modules.presentation.queries.team import current_term, former_terms
from modules.presentation.views.boards import LINKS, TEAM, Board, Kind, board_of

MOST_REMOVED = 10


@dataclass(frozen=True, slots=True)
class Section:
    """A list as the office shows it."""

    kind: Kind
    rows: list[Listed]
    removed: list[Listed]


@method_decorator(never_cache, name="dispatch")
class BoardPage(View):
    board: Board = TEAM

    def get(self, request: HttpRequest) -> HttpResponse:
        context: dict[str, Any] = {"board": self.board, "sections": [_section(kind) for kind in self.board.kinds]}
        if self.board is TEAM:
            context |= {"term": current_term(), "former": former_terms()}
        if self.board is LINKS:
            context["broken"] = [row for row in context["sections"][0].rows if row.is_broken]
        return render(request, "presentation/board.html", context)


@method_decorator(never_cache, name="dispatch")
class RowForm(View):
    """The form of a row, new or not. Saving it is publishing it."""

    kind: Kind = TEAM.kinds[0]

    def get(self, request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
        row = get_object_or_404(_kept(self.kind), pk=pk) if pk else None
        return self.show(request, row, self.form(request, row), read=digest(row.state()) if row else "")

    def post(self, request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
        row = get_object_or_404(_all(self.kind), pk=pk) if pk else None
        form = self.form(request, row)
        status = 422
        more: dict[str, Any] = {"read": read_of(request) or ""}
        if form.is_valid():
            try:
                actions.keep(
                    self.kind.model,
                    key=row.pk if row else key_of(request),
                    values=form.values,
                    author=author(request),
                    read=read_of(request),
                    new=row is None,
                )
            except ValidationError as error:
                form.tell(error)
            except ChangedMeanwhile as error:
                row, status = error.found, 409
                more = {"theirs": list(differences(form, form.kept(row))), "read": digest(row.state())}
            else:
                messages.success(request, _("C’est en ligne."))
                return redirect(_address(self.kind))
        return self.show(request, row, form, status=status, **more)

    def form(self, request: HttpRequest, row: Listed | None) -> ListedForm:
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        return self.kind.form(*sent, row=row, author=request.user, host=request.get_host())

    def show(
        self, request: HttpRequest, row: Listed | None, form: ListedForm, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        context = {"kind": self.kind, "board": board_of(self.kind), "row": row, "form": form, "key": key_of(request)}
        if row is not None:
            context["keep"] = reverse(f"presentation-office:{self.kind.slug}", args=[row.pk])
        context |= {"theirs": None} | more
        return render(request, "presentation/row.html", context, status=status)


class RowAct(View):
    """What a button beside a row does."""

    kind: Kind = TEAM.kinds[0]
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.act(request, get_object_or_404(_all(self.kind), pk=pk))
        return redirect(_address(self.kind))

    def act(self, request: HttpRequest, row: Listed) -> None:
        raise NotImplementedError


class Shift(RowAct):
    def act(self, request: HttpRequest, row: Listed) -> None:
        if not self.kind.movable:
            raise Http404
        actions.move(row, step=-1 if request.POST.get("sens") == "haut" else 1, author=author(request))


class Remove(RowAct):
    def act(self, request: HttpRequest, row: Listed) -> None:
        actions.remove(row, author=author(request))
        messages.success(request, _("« %(name)s » n’est plus en ligne.") % {"name": row})


class Restore(RowAct):
    def act(self, request: HttpRequest, row: Listed) -> None:
        try:
            actions.restore(row, author=author(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("« %(name)s » est de nouveau en ligne.") % {"name": row})


def author(request: HttpRequest) -> User:
    return cast(User, request.user)


def _address(kind: Kind) -> str:
    return f"{reverse(f'presentation-office:{board_of(kind).slug}')}#{kind.slug}"


def _section(kind: Kind) -> Section:
    rows = list(_all(kind))
    removed = sorted((row for row in rows if row.removed_at), key=lambda row: row.removed_at, reverse=True)
    return Section(kind, [row for row in rows if not row.removed_at], removed[:MOST_REMOVED])


def _kept(kind: Kind) -> Any:
    return _all(kind).filter(removed_at__isnull=True)


def _all(kind: Kind) -> Any:
    """The rows of a list, removed ones included; of the team, those of the current term."""
    rows = kind.model._default_manager.all()
    if kind.model is Member:
        return rows.filter(term__current=True).select_related("term")
    if kind.model is Collection:
        return rows.select_related("area")
    if kind.model is CollectionChange:
        return rows.filter(collection__removed_at__isnull=True).select_related("collection__area")
    return rows
