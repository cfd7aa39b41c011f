"""What a commune keeps in its space, counted without reading any of it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Max

from core.accounts.models import User
from core.audit.models import Entry
from core.media.models import Asset
from core.tenancy.context import enter
from core.web.templatetags.web import plural
from tenants.models import Space


@dataclass(frozen=True, slots=True)
class Holdings:
    """`words` says each kind with its number: « 3 actualités »; `last_act` is the mairie's last line of journal."""

    words: tuple[str, ...]
    last_act: datetime | None

    @property
    def sentence(self) -> str:
        return ", ".join(self.words)


def held_in(space: Space) -> Holdings:
    """Count what every module keeps, those that are off included, and the people. Raises NoSuchSpace."""
    with enter(space.schema_name):
        words = [plural(User.objects.count(), "personne", "personnes")]
        for manifest in settings.CATALOGUE:
            count = settings.CATALOGUE.hook(manifest.slug, "holdings")
            words += [plural(each.count, each.one, each.many) for each in count() if each.count] if count else []
        if files := Asset.objects.count():
            words.append(plural(files, "fichier", "fichiers"))
        last_act = Entry.objects.exclude(author="").aggregate(last=Max("at"))["last"]
    return Holdings(tuple(words), last_act)
