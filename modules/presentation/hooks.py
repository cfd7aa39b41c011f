"""What the page about the commune adds to shared pages. Models are imported by each hook: settings read this file
before they exist."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.catalogue import Erased, FirstStep, Holding, HomeSection, PersonalRecord, SearchResult, Viewer
from tenants.directory.folding import fold

if TYPE_CHECKING:
    from tenants.sites import CommuneFacts


def opened(facts: "CommuneFacts") -> None:
    from modules.presentation.actions.page import open_page

    open_page(facts=facts)


def home(viewer: Viewer) -> Iterable[HomeSection]:
    from modules.presentation.models import CommunePage

    page = CommunePage.objects.first()
    if page and page.has_mairie:
        yield HomeSection("presentation/home.html", {"page": page}, order=60, aside=True)


def search(words: str, viewer: Viewer) -> Iterable[SearchResult]:
    from modules.presentation.queries.page import the_page

    page = the_page()
    wanted = fold(words).split()
    if page is None or not wanted:
        return
    texts = (page.title, page.introduction, page.address, page.opening_hours, page.history)
    known = fold(" ".join((*texts, "mairie horaires", *(link.label for link in page.links.all())))).split()
    if all(any(word.startswith(each) for word in known) for each in wanted):
        yield SearchResult(
            kind=_("La commune"),
            icon="town",
            title=page.title,
            excerpt=Truncator(page.introduction).chars(160),
            url=reverse("presentation:page"),
            rank=0.2,
            when=page.updated_at,
        )


def first_steps() -> Iterable[FirstStep]:
    from modules.presentation.models import CommunePage

    page = CommunePage.objects.first()
    yield FirstStep(
        title=_("Quels sont les horaires de la mairie ?"),
        url=reverse("presentation-office:edit"),
        done=bool(page and page.opening_hours),
    )
    yield FirstStep(
        title=_("Où se trouve la mairie, et comment l’appeler ?"),
        url=reverse("presentation-office:edit"),
        done=bool(page and page.address and page.phone),
    )


def personal_data(user: Any) -> Iterable[PersonalRecord]:
    from modules.presentation.models import PageEdit

    for edit in PageEdit.objects.filter(author=user):
        yield PersonalRecord(_("Page de la commune modifiée"), edit.at, {"champs": edit.labels})


def holdings() -> Iterable[Holding]:
    from modules.presentation.models import CommunePage

    yield Holding(CommunePage.objects.count(), _("page de présentation"), _("pages de présentation"))


def erase(user: Any) -> None:
    """The page stays; that this person changed it does not."""

    from modules.presentation.models import PageEdit

    PageEdit.objects.filter(author=user).update(author=None)


def retention(before: datetime) -> Iterable[Erased]:
    from core.privacy.retention import some
    from modules.presentation.models import PageEdit

    old = PageEdit.objects.filter(author__isnull=False, at__lte=before)
    yield Erased(_("auteurs de modifications de la page"), some(old).update(author=None))
