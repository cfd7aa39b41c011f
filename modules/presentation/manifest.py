"""What the platform knows of the page about the commune."""

from core.catalogue import Area, Group, Manifest, NavItem, Permission, PersonalData, Proposal, Role

MANIFEST = Manifest(
    slug="presentation",
    label="La commune",
    segment="commune",
    summary="Une page qui présente la commune et dit où et quand trouver la mairie.",
    pitch="Population, intercommunalité, contour : la page est déjà remplie le jour de l’ouverture, avec les données "
    "publiques. Il vous reste à ajouter les horaires de la mairie, son histoire et vos liens utiles.",
    icon="town",
    group=Group.COMMUNE,
    price_key="presentation",
    order=20,
    personal_data=PersonalData(
        purpose="Présenter l’équipe municipale, et savoir qui, à la mairie, a modifié la page de la commune.",
        keep_months=60,
    ),
    proposal=Proposal(
        reason="La page est prête dès l’ouverture : les données publiques de votre commune y sont déjà.",
        wants=frozenset(),  # everybody: it asks for no work
    ),
    permissions=(
        Permission("presentation.write", "Modifier la page de la commune", frozenset({Role.EDITOR, Role.VALIDATOR})),
    ),
    navigation=(
        NavItem(Area.PUBLIC, "La commune", "presentation:page", "town", short="Commune"),
        NavItem(
            Area.OFFICE,
            "La commune",
            "presentation-office:list",
            "town",
            short="Commune",
            permission="presentation.write",
        ),
    ),
)
