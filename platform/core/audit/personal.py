"""What the journal keeps about a person: their acts, and those of which they were the object."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.audit.models import Entry
from core.audit.words import said
from core.catalogue import PersonalRecord
from core.privacy.registry import forgets, keeps
from core.privacy.retention import some


@keeps(gettext_lazy("Le journal"), order=30)
def acts(user: User) -> Iterable[PersonalRecord]:
    for entry in Entry.objects.filter(author_id=user.pk):
        yield PersonalRecord(_("Ce que vous avez fait"), entry.at, {"acte": said(entry)})
    for entry in Entry.objects.filter(target=user.email).exclude(author_id=user.pk):
        yield PersonalRecord(_("Ce qui vous concerne"), entry.at, {"acte": said(entry)})


@forgets(gettext_lazy("Le journal"), months=60, why=gettext_lazy("Savoir qui a fait quoi dans l’espace de la commune."))
def old_entries(before: datetime) -> int:
    return some(Entry.objects.filter(at__lte=before)).delete()[0]
