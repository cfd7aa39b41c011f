"""What drafts keep about a person: what they were writing."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.catalogue import PersonalRecord
from core.drafts import actions
from core.drafts.models import Draft
from core.privacy.registry import forgets, keeps


@keeps(gettext_lazy("Vos brouillons"), order=60)
def drafts(user: User) -> Iterable[PersonalRecord]:
    for draft in Draft.objects.filter(owner_id=user.pk).order_by("saved_at"):
        yield PersonalRecord(
            _("Brouillon"), draft.saved_at, {name: ", ".join(values) for name, values in draft.fields if any(values)}
        )


@forgets(
    gettext_lazy("Les brouillons gardés au fil de la saisie"),
    months=1,
    why=gettext_lazy("Reprendre un formulaire laissé en cours."),
)
def old_drafts(before: datetime) -> int:
    return actions.forget(before)
