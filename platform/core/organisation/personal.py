"""What the mairie's organisation keeps about a person."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.models import User
from core.catalogue import PersonalRecord
from core.organisation.models import LegalNotice
from core.privacy.registry import keeps


@keeps(gettext_lazy("Les mentions légales"), order=55)
def legal_notice(user: User) -> Iterable[PersonalRecord]:
    notice = LegalNotice.objects.first()
    if notice is not None and (said := notice.names(user)):
        labels = {"director_name": "direction de la publication", "dpo_name": "protection des données"}
        kept = {labels.get(name, "adresse e-mail"): value for name, value in said.items()}
        yield PersonalRecord(_("Mentions légales"), notice.at, kept)


@keeps(gettext_lazy("Les services de la mairie"), order=50)
def delegations(user: User) -> Iterable[PersonalRecord]:
    for each in user.delegations.select_related("department"):
        kept = {"fonction": each.title, "service": each.department.name, "donnée par": each.author}
        yield PersonalRecord(_("Délégation"), each.since, kept | ({"finie le": each.ended_at} if each.ended_at else {}))
