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
from core.drafts.actions import drop
from core.territory.queries import fold
from core.web import undo
from core.web.meanwhile import ChangedMeanwhile, differences, digest, key_of, read_of
from core.web.plain_text import one_line
from modules.presentation.actions import listed as actions
from modules.presentation.forms.listed import ListedForm
from modules.presentation.models import CollectionChange, Listed, Member, UsefulLink
from modules.presentation.models.practical import Collection
from modules.presentation.queries.team import current_term, former_terms
from modules.presentation.views.boards import LINKS, TEAM, Board, Kind, board_of
from modules.presentation.views.drafts import draft_of

MOST_REMOVED = 10
LONG = 10
LONGEST_WORDS = 100


@dataclass(frozen=True, slots=True)
class Section:
    """A list as the office shows it."""

    kind: Kind
    rows: list[Listed]
    removed: list[Listed]

    def found(self, words: str) -> "Section":
        """What is left of it, these words being looked for; what was removed too."""
        return Section(self.kind, _saying(words, self.rows), _saying(words, self.removed))


@method_decorator(never_cache, name="dispatch")
class BoardPage(View):
    board: Board = TEAM

    def get(self, request: HttpRequest) -> HttpResponse:
        sections = [_section(kind) for kind in self.board.kinds]
        words = one_line(request.GET.get("q", ""))[:LONGEST_WORDS]
        context: dict[str, Any] = {"board": self.board, "words": words, "sections": sections}
        context["searchable"] = bool(words) or sum(len(section.rows) for section in sections) > LONG
        if self.board is TEAM:
            context |= {"term": current_term(), "former": former_terms()}
        if self.board is LINKS:
            context["broken"] = [row for row in sections[0].rows if isinstance(row, UsefulLink) and row.is_broken]
        if words:
            context["sections"] = [section.found(words) for section in sections]
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
                drop(request.user, *draft_of(request, self.kind.slug, pk))
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
        context["draft"] = draft_of(request, self.kind.slug, row.pk if row else None)
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
        back = reverse(f"presentation-office:{self.kind.slug}-restore", args=[row.pk])
        undo.offer(request, _("« %(name)s » n’est plus en ligne.") % {"name": row}, back)


class Restore(RowAct):
    """Also asked by the message of the removal, long after perhaps: what left with its list is told, not lost."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        if _all(self.kind).filter(pk=pk).exists():
            return super().post(request, pk)
        get_object_or_404(self.kind.model._default_manager.all(), pk=pk)
        messages.error(request, _("Cette ligne ne peut plus être remise : ce dont elle dépendait n’est plus là."))
        return redirect(_address(self.kind))

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


def _saying(words: str, rows: list[Listed]) -> list[Listed]:
    """The rows whose line in the list has every word, accents and capitals aside."""
    wanted = fold(words).split()
    return [row for row in rows if wanted and all(word in fold(f"{row} {row.detail}") for word in wanted)]


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
