"""What the news add to shared pages. Models are imported by each hook: settings read this file before they exist."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.catalogue import (
    DigestEntry,
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
from core.tenancy.here import current
from core.tenancy.registry import registry
from core.web.french import day, day_and_time

if TYPE_CHECKING:
    from modules.news.models import NewsItem

MOST_TASKS = 5
MOST_FOUND = 20


def home(viewer: Viewer) -> Iterable[HomeSection]:
    from modules.news.models import NewsItem

    options = registry().options(current().schema_name, "news")
    items = list(NewsItem.objects.visible().rows().newest_first()[: options["home_items"]])
    if items:
        lead, *others = items
        context = {"lead": lead, "others": others, "show_author": options["show_author"]}
        yield HomeSection("news/home.html", context, order=20)


def tasks(viewer: Viewer) -> Iterable[Task]:
    from modules.news.models import ItemState, NewsItem

    if not viewer.has_perm("news.write"):
        return
    waiting = NewsItem.objects.filter(state__in=[ItemState.DRAFT, ItemState.SCHEDULED]).rows()
    for item in waiting.order_by("publish_at", "-updated_at")[:MOST_TASKS]:
        yield _scheduled_task(item, item.publish_at) if item.publish_at else _draft_task(item)


def _draft_task(item: "NewsItem") -> Task:
    return Task(
        title=item.title,
        detail=_("Actualité · commencée le %(day)s") % {"day": day(item.created_at, year=False)},
        url=reverse("news-office:edit", args=[item.pk]),
        action=_("Reprendre"),
        label=_("Brouillon"),
        urgency=60,
    )


def _scheduled_task(item: "NewsItem", publish_at: datetime) -> Task:
    return Task(
        title=item.title,
        detail=_("Actualité · paraîtra %(time)s") % {"time": day_and_time(publish_at)},
        url=reverse("news-office:preview", args=[item.pk]),
        action=_("Relire"),
        label=_("Programmée"),
        urgency=80,
    )


def search(words: str, viewer: Viewer) -> Iterable[SearchResult]:
    from modules.news.models import NewsItem

    for item in NewsItem.objects.for_viewer(viewer).matching(words).rows()[:MOST_FOUND]:
        address = item.get_absolute_url() if item.is_published else reverse("news-office:preview", args=[item.pk])
        yield SearchResult(
            kind=_("Actualité")
            if item.is_published
            else _("Actualité %(state)s") % {"state": item.get_state_display()},
            icon="news",
            title=item.title,
            excerpt=item.summary,
            url=address,
            rank=item.rank,  # type: ignore[attr-defined]
            when=item.published_at or item.updated_at,
        )


def first_steps() -> Iterable[FirstStep]:
    from modules.news.models import NewsItem

    yield FirstStep(
        title=_("Publier une première actualité"),
        url=reverse("news-office:new"),
        done=NewsItem.objects.exclude(published_at=None).exists(),
    )


def personal_data(user: Any) -> Iterable[PersonalRecord]:
    from core.media.models import Asset
    from modules.news.models import NewsItem, Publication

    for asset in Asset.objects.filter(author_id=user.pk).order_by("created_at"):
        yield PersonalRecord(_("Fichier envoyé"), asset.created_at, {"description": asset.alt})
    for item in NewsItem.objects.filter(author=user).order_by("created_at"):
        content = {"titre": item.title, "résumé": item.summary, "texte": item.body, "état": item.get_state_display()}
        yield PersonalRecord(_("Actualité écrite"), item.created_at, content)
    for period in Publication.objects.filter(Q(author=user) | Q(ended_by=user)).select_related("item"):
        if period.author_id == user.pk:
            yield PersonalRecord(_("Actualité publiée"), period.published_at, {"titre": period.item.title})
        if period.ended_by_id == user.pk:
            yield PersonalRecord(_("Actualité retirée"), period.ended_at, {"titre": period.item.title})


def holdings() -> Iterable[Holding]:
    from modules.news.models import NewsItem

    yield Holding(NewsItem.objects.count(), _("actualité"), _("actualités"))


def erase(user: Any) -> None:
    """What the mairie published stays; that this person wrote it does not."""

    from core.media.actions import forget_author
    from modules.news.models import NewsItem, Publication

    forget_author(user)
    for model, name in (
        (NewsItem, "author"),
        (NewsItem, "scheduled_by"),
        (Publication, "author"),
        (Publication, "ended_by"),
    ):
        model._default_manager.filter(**{name: user}).update(**{name: None})


def retention(before: datetime) -> Iterable[Erased]:
    """News stay; who wrote, published or withdrew one is forgotten so long after they did."""
    from core.media.actions import forget_authors
    from core.privacy.retention import some
    from modules.news.models import NewsItem, Publication

    yield Erased(_("auteurs d’images"), forget_authors(before))
    for model, name, moment, what in (
        (NewsItem, "author", "created_at", _("auteurs d’actualités")),
        (NewsItem, "scheduled_by", "updated_at", _("auteurs de programmations")),
        (Publication, "author", "published_at", _("auteurs de publications")),
        (Publication, "ended_by", "ended_at", _("auteurs de retraits")),
    ):
        old = model._default_manager.filter(**{f"{name}__isnull": False, f"{moment}__lte": before})
        yield Erased(what, some(old).update(**{name: None}))


def digest(since: datetime, until: datetime) -> Iterable[DigestEntry]:
    from modules.news.models import NewsItem

    for item in NewsItem.objects.visible().filter(published_at__gt=since, published_at__lte=until).rows():
        assert item.published_at is not None
        yield DigestEntry(item.title, item.summary, item.get_absolute_url(), item.published_at, "news")


def owns_media(asset_id: UUID) -> Visibility:
    from modules.news.models import ItemState, NewsItem

    state = NewsItem.objects.filter(picture_id=asset_id).values_list("state", flat=True).first()
    if state is None:
        return Visibility.UNKNOWN
    return Visibility.PUBLIC if state == ItemState.PUBLISHED else Visibility.STAFF
