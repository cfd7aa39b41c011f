"""Reading the useful links and the numbers to call."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modules.presentation.models import LocalNumber, UsefulLink
from modules.presentation.models.links import TOLD_AFTER


@dataclass(frozen=True, slots=True)
class Emergency:
    """A national number: the same in every commune, at any hour, free."""

    phone: str
    label: str | Promise
    note: str | Promise = ""

    @property
    def dialled(self) -> str:
        return self.phone


NATIONAL = (
    Emergency("112", _("Toutes les urgences"), _("partout en Europe")),
    Emergency("15", _("Samu"), _("urgence médicale")),
    Emergency("17", _("Police, gendarmerie")),
    Emergency("18", _("Pompiers")),
    Emergency("114", _("Urgences par SMS"), _("si vous ne pouvez ni entendre ni parler")),
    Emergency("119", _("Enfance en danger")),
    Emergency("3919", _("Violences faites aux femmes")),
)


@dataclass(frozen=True, slots=True)
class Theme:
    """Links of one theme; those of none come first, without a name."""

    name: str
    links: tuple[UsefulLink, ...]


def links() -> list[UsefulLink]:
    return list(UsefulLink.objects.kept())


def by_theme(found: list[UsefulLink]) -> list[Theme]:
    themes: dict[str, list[UsefulLink]] = {"": []}
    for link in found:
        themes.setdefault(link.theme, []).append(link)
    return [Theme(name, tuple(of)) for name, of in themes.items() if of]


def local_numbers() -> list[LocalNumber]:
    return list(LocalNumber.objects.kept())


def broken_links() -> list[UsefulLink]:
    """Those that failed on two nights in a row at least."""
    return list(UsefulLink.objects.kept().filter(failures__gte=TOLD_AFTER))
