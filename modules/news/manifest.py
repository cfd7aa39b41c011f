"""What the platform knows of the news."""

from core.catalogue import (
    Area,
    Group,
    Manifest,
    NavItem,
    Option,
    OptionKind,
    Permission,
    PersonalData,
    Proposal,
    Role,
    Topic,
    Want,
)

MANIFEST = Manifest(
    slug="news",
    label="Actualités",
    segment="actualites",
    summary="Publier les nouvelles de la commune, lues sans compte sur téléphone et sur ordinateur.",
    pitch="Une nouvelle écrite à la mairie est lue une minute plus tard dans toute la commune, sans compte ni mot de "
    "passe. Vous pouvez la préparer, la relire et choisir l’heure de sa parution.",
    icon="news",
    group=Group.PUBLISH,
    price_key="news",
    order=10,
    personal_data=PersonalData(
        purpose="Savoir qui, à la mairie, a écrit, publié ou retiré chaque actualité.",
        keep_months=60,
    ),
    proposal=Proposal(
        reason="Une nouvelle s’écrit en quelques minutes : même un secrétariat ouvert six heures par semaine y arrive.",
        wants=frozenset({Want.INFORM, Want.WARN}),
        minimum_hours=2,
    ),
    options=(
        Option(
            name="home_items",
            label="Nombre d’actualités sur l’accueil",
            kind=OptionKind.NUMBER,
            default=4,
            minimum=3,
            maximum=10,
            help="De 3 à 10. Les plus récentes d’abord.",
        ),
        Option(
            name="show_author",
            label="Indiquer qui publie",
            kind=OptionKind.SWITCH,
            default=True,
            help="Affiche « La mairie » près de la date. Le nom de la personne n’est jamais montré.",
        ),
    ),
    permissions=(
        Permission(
            "news.write", "Écrire et corriger les actualités", frozenset({Role.EDITOR, Role.VALIDATOR, Role.AGENT})
        ),
        Permission("news.publish", "Publier et retirer les actualités", frozenset({Role.EDITOR, Role.VALIDATOR})),
    ),
    topics=(Topic("news", "Actualités"),),
    navigation=(
        NavItem(Area.PUBLIC, "Actualités", "news:list", "news", short="Actus"),
        NavItem(Area.OFFICE, "Actualités", "news-office:list", "news", short="Publier", permission="news.write"),
    ),
)
