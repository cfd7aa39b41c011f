"""The pages of the mairie's office that hold lists: which lists stand on which page, and how each is called."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from modules.presentation.forms.links import LinkForm, NumberForm
from modules.presentation.forms.listed import ListedForm
from modules.presentation.forms.practical import CanteenForm, ChangeForm, CollectionForm, MarketForm
from modules.presentation.forms.team import MemberForm
from modules.presentation.models import Listed


@dataclass(frozen=True, slots=True)
class Kind:
    """One list. `slug` begins the names of its routes, `segment` their addresses."""

    slug: str
    segment: str
    form: type[ListedForm]
    title: str | Promise
    add: str | Promise
    empty: str | Promise
    movable: bool = True

    @property
    def model(self) -> type[Listed]:
        return self.form.model


@dataclass(frozen=True, slots=True)
class Board:
    """A page of lists; residents read what it says at the route `public`."""

    slug: str
    segment: str
    title: str | Promise
    public: str
    kinds: tuple[Kind, ...]


TEAM = Board(
    "team",
    "equipe",
    _("L’équipe municipale"),
    "presentation:team",
    (
        Kind(
            "member",
            "equipe/membres",
            MemberForm,
            _("Le conseil en place"),
            _("Ajouter une personne"),
            _("Personne encore. Ajoutez le maire d’abord, ou collez la liste du conseil."),
        ),
    ),
)
LINKS = Board(
    "links",
    "liens",
    _("Liens et numéros"),
    "presentation:page",
    (
        Kind(
            "link",
            "liens/utiles",
            LinkForm,
            _("Liens utiles"),
            _("Ajouter un lien"),
            _("Aucun lien encore. Ajoutez ceux que l’on vous demande à l’accueil."),
        ),
        Kind(
            "number",
            "liens/numeros",
            NumberForm,
            _("Numéros d’urgence de la commune"),
            _("Ajouter un numéro"),
            _("Les numéros nationaux (112, 15, 17, 18…) sont déjà affichés. Ajoutez les vôtres."),
        ),
    ),
)
PRACTICAL = Board(
    "practical",
    "vie-pratique",
    _("Vie pratique"),
    "presentation:practical",
    (
        Kind(
            "collection",
            "vie-pratique/collectes",
            CollectionForm,
            _("Jours de collecte"),
            _("Ajouter une collecte"),
            _("Aucune collecte encore. Une fois écrites, l’accueil dit « Demain : poubelle jaune »."),
        ),
        Kind(
            "change",
            "vie-pratique/collectes-deplacees",
            ChangeForm,
            _("Collectes déplacées"),
            _("Déplacer une collecte"),
            _("Rien de déplacé."),
            movable=False,
        ),
        Kind(
            "menu",
            "vie-pratique/cantine",
            CanteenForm,
            _("Menus de la cantine"),
            _("Ajouter une semaine"),
            _("Aucun menu encore."),
            movable=False,
        ),
        Kind(
            "market",
            "vie-pratique/marches",
            MarketForm,
            _("Marchés"),
            _("Ajouter un marché"),
            _("Aucun marché encore."),
        ),
    ),
)
BOARDS = (TEAM, LINKS, PRACTICAL)
KINDS = {kind.slug: kind for board in BOARDS for kind in board.kinds}


def board_of(kind: Kind) -> Board:
    return next(board for board in BOARDS if kind in board.kinds)
