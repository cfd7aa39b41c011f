"""The shell's pages, under the name `space`."""

from django.urls import path

from core.accounts.access import Access, Who, always, anyone, declare, door, own, permission, signed_in, staff
from space.views import (
    account,
    arrival,
    export,
    files,
    home,
    installable,
    invitations,
    journal,
    letters,
    level,
    modules,
    office,
    offline,
    people,
    person_security,
    search,
    settings,
    style,
)

app_name = "space"

# Who is invited answers even before the space is public: they are not of its staff yet.
invited = declare(Access(Who.SIGNED_IN, always=True))
people_only = permission("space.people")
settings_only = permission("space.settings")
modules_only = permission("space.modules")
# A commune leaves whenever it wants: also while its space may only be read.
export_only = permission("space.export", lasting=True)

urlpatterns = [
    path("", anyone(home.home), name="home"),
    path("recherche/", anyone(search.search), name="search"),
    path("rubriques/", anyone(home.rubrics), name="rubrics"),
    path("theme.css", always(installable.theme), name="theme"),
    path("manifest.webmanifest", always(installable.web_manifest), name="manifest"),
    path("sw.js", always(offline.worker), name="worker"),
    path("hors-ligne/", always(offline.offline), name="offline"),
    path("icone.svg", always(installable.icon), name="icon"),
    *(
        path(f"icone-{name}.png", always(installable.icon_png), {"name": name}, name=f"icon_{name}")
        for name in installable.TOUCH_ICONS
    ),
    path("arrivee/", always(arrival.arrival), name="arrival"),
    path("invitation/<uuid:key>/", always(invitations.invitation), name="invitation"),
    path("invitation/<uuid:key>/accepter/", invited(invitations.take), name="invitation_accept"),
    path("compte/", own(account.account), name="account"),
    path("compte/supprimer/", own(account.delete), name="account_delete"),
    path("compte/niveau/", signed_in(level.level), name="level"),
    path("compte/niveau/courrier/", signed_in(level.ask), name="letter_ask"),
    path("compte/niveau/courrier/annuler/", signed_in(level.take_back), name="letter_take_back"),
    path("mairie/", door(office.office), name="office"),
    path("mairie/menu/", door(office.menu), name="menu"),
    path("mairie/mandat/", staff(office.mandate), name="mandate"),
    path("mairie/reglages/", settings_only(settings.settings), name="settings"),
    path("mairie/reglages/apparence/", settings_only(settings.appearance), name="appearance"),
    path("mairie/reglages/apercu/", settings_only(settings.preview), name="preview"),
    path("mairie/reglages/adresse/", settings_only(settings.host), name="host"),
    path("mairie/reglages/fichiers/", settings_only(files.files), name="files"),
    path("mairie/reglages/fichiers/<uuid:asset>/effacer/", settings_only(files.erase), name="file_erase"),
    path("mairie/export/", export_only(export.export), name="export"),
    path("mairie/export/suite/", export_only(export.progress), name="export_progress"),
    path("mairie/export/<uuid:key>/", export_only(export.download), name="export_download"),
    path("mairie/style/", staff(style.style), name="style"),
    path("mairie/style/signature/", staff(style.style_signature), name="style_signature"),
    path("mairie/style/fichiers/", staff(style.style_files), name="style_files"),
    path("mairie/style/accueil/", staff(style.style_home), name="style_home"),
    path("mairie/reglages/options/<slug:slug>/", settings_only(settings.options), name="options"),
    path("mairie/modules/", modules_only(modules.modules), name="modules"),
    path("mairie/modules/<slug:slug>/", modules_only(modules.switch), name="switch"),
    path("mairie/habitants/", people_only(people.people), name="people"),
    path("mairie/habitants/inviter/", people_only(invitations.invite), name="invite"),
    path("mairie/habitants/invitations/<uuid:key>/renvoyer/", people_only(invitations.again), name="invite_again"),
    path("mairie/habitants/invitations/<uuid:key>/annuler/", people_only(invitations.withdraw), name="invite_cancel"),
    path("mairie/habitants/<uuid:pk>/", people_only(people.person), name="person"),
    path("mairie/habitants/<uuid:pk>/securite/", people_only(person_security.security), name="person_security"),
    path("mairie/habitants/<uuid:pk>/role/", people_only(people.role), name="role"),
    path("mairie/habitants/<uuid:pk>/niveau/", people_only(letters.counter), name="counter"),
    path("mairie/habitants/<uuid:pk>/niveau/retirer/", people_only(letters.withdraw), name="level_withdraw"),
    path("mairie/habitants/<uuid:pk>/depart/", people_only(people.leave), name="leave"),
    path("mairie/habitants/<uuid:pk>/transmettre/", people_only(people.succeed), name="hand_over"),
    path("mairie/habitants/<uuid:pk>/fermer/", people_only(people.keep_out), name="keep_out"),
    path("mairie/habitants/<uuid:pk>/rouvrir/", people_only(people.let_in), name="let_in"),
    path("mairie/courriers/", people_only(letters.letters), name="letters"),
    path("mairie/courriers/<uuid:letter>/imprimer/", people_only(letters.sheet), name="letter_sheet"),
    path("mairie/courriers/<uuid:letter>/poste/", people_only(letters.posted), name="letter_posted"),
    path("mairie/journal/", permission("space.journal")(journal.journal), name="journal"),
]
