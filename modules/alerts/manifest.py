"""What the platform knows of alerts."""

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
    slug="alerts",
    label="Alertes",
    segment="alertes",
    summary="Prévenir les habitants d’un danger, par notification et par e-mail, en quelques secondes.",
    pitch="Inondation, tempête, coupure d’eau : vous choisissez l’événement, le texte est déjà écrit, et tous ceux qui "
    "l’ont demandé le reçoivent, même la nuit. Un bandeau reste sur chaque page jusqu’à la fin de l’alerte.",
    icon="bell",
    group=Group.PUBLISH,
    price_key="alerts",
    order=15,
    vital=True,
    personal_data=PersonalData(
        purpose="Savoir qui, à la mairie, a décidé, mis à jour, levé ou annulé chaque alerte.",
        keep_months=60,
    ),
    proposal=Proposal(
        reason="Prévenir d’un danger est la première attente des habitants, et ne demande de travail que ce jour-là.",
        wants=frozenset({Want.WARN, Want.INFORM}),
    ),
    permissions=(
        Permission(
            "alerts.write",
            "Préparer les alertes",
            frozenset({Role.EDITOR, Role.VALIDATOR, Role.AGENT, Role.ELECTED}),
        ),
        Permission(
            "alerts.send",
            "Envoyer, lever et annuler les alertes",
            frozenset({Role.VALIDATOR, Role.ELECTED}),
        ),
    ),
    options=(
        Option(
            "vigilance",
            "Préparer un brouillon quand Météo-France annonce une vigilance orange ou rouge",
            OptionKind.SWITCH,
            True,
            help="Rien n’est envoyé : vous relisez, vous changez, vous décidez.",
        ),
        Option(
            "shore",
            "Commune du littoral",
            OptionKind.SWITCH,
            False,
            help="Les vigilances vagues-submersion de la côte vous concernent aussi.",
        ),
    ),
    topics=(Topic("alerts", "Alertes", sms=True),),
    navigation=(
        NavItem(Area.PUBLIC, "Alertes", "alerts:list", "bell"),
        NavItem(
            Area.OFFICE,
            "Alertes",
            "alerts-office:list",
            "bell",
            short="Alerter",
            raised=True,
            permission="alerts.write",
        ),
    ),
)
