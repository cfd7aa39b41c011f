"""What the page about the commune adds to shared pages. Models are imported by each hook: settings read this file
before they exist."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.catalogue import (
    Erased,
    FirstStep,
    Holding,
    HomeSection,
    PersonalRecord,
    SearchResult,
    Task,
    Viewer,
    Visibility,
)
from tenants.directory.folding import fold

if TYPE_CHECKING:
    from tenants.sites import CommuneFacts


MAIRIE = "Mairie"
MOST_TASKS = 5


def opened(facts: "CommuneFacts") -> None:
    """The page and a first department, of what the directory knows: nobody invents hours or a telephone."""
    from core.organisation.actions import found_first
    from modules.presentation.actions.checking import owe_nightly
    from modules.presentation.actions.pages import open_summary

    open_summary(facts=facts)
    found_first(name=MAIRIE, phone=facts.official_phone, email=facts.official_email)
    owe_nightly()


def home(viewer: Viewer) -> Iterable[HomeSection]:
    from core.organisation.queries import locality
    from modules.presentation.queries.practical import collections_and_changes, next_pickups, soon
    from modules.presentation.queries.services import MOST_ASIDE, services

    where = locality()
    now = timezone.now()
    today = now.astimezone(ZoneInfo(where.timezone)).date()
    known = [each for each in services(now, where=where) if each.is_reachable]
    days = soon(next_pickups(*collections_and_changes(today), today, where.departement), today)
    if known or days:
        shown = {"services": known[:MOST_ASIDE], "others": len(known) > MOST_ASIDE, "days": days, "today": today}
        yield HomeSection("presentation/home.html", shown, order=60, aside=True)


def tasks(viewer: Viewer) -> Iterable[Task]:
    from modules.presentation.queries.links import broken_links

    if not viewer.has_perm("presentation.write"):
        return
    for link in broken_links()[:MOST_TASKS]:
        yield Task(
            title=link.label,
            detail=_("Lien utile · %(what)s, depuis %(count)d nuits")
            % {"what": link.get_outcome_display(), "count": link.failures},
            url=reverse("presentation-office:link", args=[link.pk]),
            action=_("Corriger"),
            label=_("Lien mort"),
            tone="warn",
            urgency=50,
        )


def search(words: str, viewer: Viewer) -> Iterable[SearchResult]:
    yield from _pages(words, viewer)
    if wanted := fold(words).split():
        yield from _found(wanted)


def _pages(words: str, viewer: Viewer) -> Iterable[SearchResult]:
    """What is online; for those who write the pages, the drafts too."""
    from modules.presentation.queries.pages import found_pages

    for version, draft in found_pages(words, drafts=viewer.has_perm("presentation.write")):
        address = reverse("presentation-office:page", args=[version.page_id])
        yield SearchResult(
            kind=_("Page en brouillon") if draft else _("Page"),
            icon="town",
            title=version.title,
            excerpt=version.summary,
            url=address if draft else version.page.get_absolute_url(),
            rank=version.rank,
            when=version.published_at or version.changed_at,
        )


def _found(wanted: list[str]) -> Iterable[SearchResult]:
    """People, services, links and daily life whose words begin with all those that are wanted."""
    from modules.presentation.queries.finding import entries

    for each in entries():
        known = fold(each.words).split()
        if all(any(word.startswith(one) for word in known) for one in wanted):
            yield SearchResult(each.kind, each.icon, each.title, each.excerpt, reverse(each.route), rank=0.15)


def first_steps() -> Iterable[FirstStep]:
    """What the directory lacks is asked of the mairie, never invented."""
    from core.organisation.models import Department, OpeningSlot
    from modules.presentation.models import Collection, Member, UsefulLink

    open_ones = Department.objects.filter(closed_at__isnull=True)
    for title, route, done in (
        (
            _("Quels sont les horaires de la mairie ?"),
            "organisation:departments",
            OpeningSlot.objects.filter(department__in=open_ones).exists(),
        ),
        (_("À quel numéro l’appeler ?"), "organisation:departments", open_ones.exclude(phone="").exists()),
        (_("Qui compose l’équipe municipale ?"), "presentation-office:team", Member.objects.current().exists()),
        (_("Quels liens vous demande-t-on ?"), "presentation-office:links", UsefulLink.objects.kept().exists()),
        (
            _("Quels jours les poubelles sont-elles collectées ?"),
            "presentation-office:practical",
            Collection.objects.kept().exists(),
        ),
    ):
        yield FirstStep(title=title, url=reverse(route), done=done)


def personal_data(user: Any) -> Iterable[PersonalRecord]:
    from modules.presentation.models import Member, Page, PageVersion

    who = fold(user.name)
    for member in Member.objects.select_related("term") if who else ():
        if who in (fold(str(member)), fold(f"{member.surname} {member.first_name}")):
            kept = {"nom": str(member), "fonction": member.function, "liste": member.group}
            kept |= {"délégations": member.delegations, "permanence": member.permanence}
            yield PersonalRecord(_("Membre de l’équipe municipale"), member.term.created_at, kept)
    for page in Page.objects.filter(author=user):
        yield PersonalRecord(_("Page commencée"), page.created_at, {"adresse": page.slug})
    for page in Page.objects.filter(deleted_by=user):
        yield PersonalRecord(_("Page supprimée"), page.deleted_at, {"adresse": page.slug})
    for by, at, said in (
        ("changed_by", "changed_at", _("Page modifiée")),
        ("published_by", "published_at", _("Page mise en ligne")),
        ("ended_by", "ended_at", _("Version de page remplacée")),
    ):
        for version in PageVersion.objects.filter(**{by: user}).defer("vector"):
            yield PersonalRecord(said, getattr(version, at), {"titre": version.title})


def holdings() -> Iterable[Holding]:
    from modules.presentation.models import Member, Page, UsefulLink

    yield Holding(Page.objects.filter(deleted_at__isnull=True).count(), _("page"), _("pages"))
    yield Holding(Member.objects.current().count(), _("membre de l’équipe"), _("membres de l’équipe"))
    yield Holding(UsefulLink.objects.kept().count(), _("lien utile"), _("liens utiles"))


def erase(user: Any) -> None:
    """Pages stay; that this person changed them does not. A mandate is a public office: the team says who held it,
    and the mairie takes them out of it."""
    for model, by, _at, _said in _who():
        model._default_manager.filter(**{by: user}).update(**{by: None})


def retention(before: datetime) -> Iterable[Erased]:
    """Of a term long over, the names and functions stay: its acts bear them. Faces and appointments do not."""
    from core.privacy.retention import some
    from modules.presentation.models import Member

    for model, by, at, said in _who():
        old = model._default_manager.filter(**{f"{by}__isnull": False, f"{at}__lte": before})
        yield Erased(said, some(old).update(**{by: None}))
    former = Member.objects.filter(term__ended_at__lte=before).filter(~Q(portrait=None) | ~Q(permanence=""))
    yield Erased(_("portraits d’anciens élus"), some(former).update(portrait=None, permanence=""))


def _who() -> Iterable[tuple[Any, str, str, str]]:
    """Whoever did something to a page: where it says so, when, and what they are called."""
    from modules.presentation.models import Page, PageVersion

    return (
        (Page, "author", "created_at", _("auteurs de pages")),
        (Page, "deleted_by", "deleted_at", _("auteurs de suppressions de pages")),
        (PageVersion, "changed_by", "changed_at", _("auteurs de modifications de pages")),
        (PageVersion, "published_by", "published_at", _("auteurs de mises en ligne de pages")),
        (PageVersion, "ended_by", "ended_at", _("auteurs de remplacements de pages")),
    )


def owns_media(asset_id: UUID) -> Visibility:
    """A portrait, a menu or a block's file is everybody's while it is shown; the mairie's in drafts, in the history
    and until it is forgotten."""
    from modules.presentation.models import BlockAsset, CanteenWeek, Member, PageVersion

    files = BlockAsset.objects.filter(asset_id=asset_id)
    if files.filter(block__version__in=PageVersion.objects.online()).exists():
        return Visibility.PUBLIC

    shown = Member.objects.current().filter(portrait_id=asset_id).order_by().values_list("pk")
    shown = shown.union(CanteenWeek.objects.kept().filter(document_id=asset_id).order_by().values_list("pk"))
    if shown.exists():
        return Visibility.PUBLIC
    kept = Member.objects.filter(portrait_id=asset_id), CanteenWeek.objects.filter(document_id=asset_id)
    return Visibility.STAFF if any(rows.exists() for rows in (*kept, files)) else Visibility.UNKNOWN
