"""What the news add to shared pages. Models are imported by each hook: settings read this file before they exist."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

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
    rows = NewsItem.objects.visible().pinned_first().rows().select_related("department", "lead")
    items = list(rows[: options["home_items"]])
    if items:
        lead, *others = items
        context = {"lead": lead, "others": others, "show_author": options["show_author"]}
        yield HomeSection("news/home.html", context, order=20)


def tasks(viewer: Viewer) -> Iterable[Task]:
    from modules.news.models import ItemState, NewsItem

    if not viewer.has_perm("news.write"):
        return
    if viewer.has_perm("news.publish"):
        asked = NewsItem.objects.filter(state=ItemState.TO_VALIDATE).select_related("author")
        for item in asked.defer("body", "vector").order_by("updated_at")[:MOST_TASKS]:
            yield _asked_task(item)
    waiting = NewsItem.objects.filter(state__in=[ItemState.DRAFT, ItemState.SCHEDULED]).defer("body", "vector")
    rows = list(waiting.order_by("publish_at", "-updated_at")[:MOST_TASKS])
    returned = _returned(rows)
    for item in rows:
        if item.publish_at:
            yield _scheduled_task(item, item.publish_at)
        else:
            yield _draft_task(item, returned.get(item.pk))


def _returned(rows: Iterable["NewsItem"]) -> dict[Any, str]:
    """Why each of these drafts was given back, when the last step was that."""
    from modules.news.models import ItemState, Transition

    last = Transition.objects.filter(item__in=rows).order_by("item", "-at", "-pk").distinct("item")
    return {each.item_id: each.reason for each in last if each.before == ItemState.TO_VALIDATE}


def _asked_task(item: "NewsItem") -> Task:
    who = item.author.display_name if item.author else _("la mairie")
    return Task(
        title=item.title,
        detail=_("Actualité · %(who)s l’a écrite et attend votre accord") % {"who": who},
        url=reverse("news-office:preview", args=[item.pk]),
        action=_("Relire"),
        label=_("À valider"),
        tone="warn",
        urgency=30,
    )


def _draft_task(item: "NewsItem", reason: str | None) -> Task:
    begun = _("Actualité · commencée le %(day)s") % {"day": day(item.created_at, year=False)}
    return Task(
        title=item.title,
        detail=_("Actualité · à corriger : %(reason)s") % {"reason": reason} if reason else begun,
        url=reverse("news-office:edit", args=[item.pk]),
        action=_("Reprendre"),
        label=_("Rendue") if reason else _("Brouillon"),
        tone="warn" if reason else "",
        urgency=40 if reason else 60,
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

    found = NewsItem.objects.for_viewer(viewer).matching(words).defer("body", "vector")
    for item in found[:MOST_FOUND]:
        address = item.get_absolute_url() if item.is_readable else reverse("news-office:preview", args=[item.pk])
        yield SearchResult(
            kind=_("Actualité")
            if item.is_published
            else _("Actualité %(state)s") % {"state": item.get_state_display()},
            icon="news",
            title=item.title,
            excerpt=item.summary,
            url=address,
            rank=item.rank,
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
    from core.richtext.text import plain
    from modules.news.models import NewsItem, Revision, Transition

    for item in NewsItem.everything.filter(author=user).order_by("created_at"):
        content = {
            "titre": item.title,
            "résumé": item.summary,
            "texte": plain(item.body),
            "état": item.get_state_display(),
        }
        yield PersonalRecord(_("Actualité écrite"), item.created_at, content)
    for revision in Revision.objects.filter(author=user).order_by("at"):
        content = {"titre": revision.title, "résumé": revision.summary, "texte": plain(revision.body)}
        yield PersonalRecord(_("Version d’une actualité"), revision.at, content)
    for step in Transition.objects.filter(author=user).select_related("item").order_by("at"):
        content = {"titre": step.item.title, "raison": step.reason} if step.reason else {"titre": step.item.title}
        kind = _("Actualité : %(step)s") % {"step": step.words.lower()}
        yield PersonalRecord(kind, step.at, content)


def holdings() -> Iterable[Holding]:
    from modules.news.models import NewsItem

    yield Holding(NewsItem.objects.count(), _("actualité"), _("actualités"))


def erase(user: Any) -> None:
    """What the mairie published stays; that this person wrote it does not."""
    from modules.news.models import NewsItem, Revision, Transition

    for model, name in (
        (NewsItem, "author"),
        (NewsItem, "scheduled_by"),
        (Revision, "author"),
        (Transition, "author"),
    ):
        model._default_manager.filter(**{name: user}).update(**{name: None})


def retention(before: datetime) -> Iterable[Erased]:
    """News stay; who wrote, published or withdrew one is forgotten so long after they did."""
    from core.privacy.retention import some
    from modules.news.models import NewsItem, Revision, Transition

    for model, name, moment, what in (
        (NewsItem, "author", "created_at", _("auteurs d’actualités")),
        (NewsItem, "scheduled_by", "updated_at", _("auteurs de programmations")),
        (Revision, "author", "at", _("auteurs de versions")),
        (Transition, "author", "at", _("auteurs de publications et de retraits")),
    ):
        old = model._default_manager.filter(**{f"{name}__isnull": False, f"{moment}__lte": before})
        yield Erased(what, some(old).update(**{name: None}))


def digest(since: datetime, until: datetime) -> Iterable[DigestEntry]:
    from modules.news.models import NewsItem

    rows = NewsItem.objects.visible().filter(published_at__gt=since, published_at__lte=until)
    for item in rows.defer("body", "vector").newest_first():
        yield DigestEntry(item.title, item.summary, item.get_absolute_url(), item.published_at, "news")


def owns_media(asset_id: UUID) -> Visibility:
    from modules.news.models import READABLE, Attachment, NewsItem
    from modules.news.queries import is_in_a_version

    state = Attachment.objects.filter(asset=asset_id).values_list("item__state", flat=True).first()
    if state is None:
        state = NewsItem.everything.filter(video__poster=asset_id).values_list("state", flat=True).first()
    if state is None:
        return Visibility.STAFF if is_in_a_version(asset_id) else Visibility.UNKNOWN
    return Visibility.PUBLIC if state in READABLE else Visibility.STAFF
