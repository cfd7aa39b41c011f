"""The shell's pages, under the name `space`."""

from django.urls import path

from core.accounts.access import always, anyone, permission, signed_in, staff
from space.views import account, arrival, home, installable, journal, modules, office, people, search, settings

app_name = "space"

people_only = permission("space.people")
settings_only = permission("space.settings")
modules_only = permission("space.modules")

urlpatterns = [
    path("", anyone(home.home), name="home"),
    path("recherche/", anyone(search.search), name="search"),
    path("theme.css", always(installable.theme), name="theme"),
    path("manifest.webmanifest", always(installable.web_manifest), name="manifest"),
    path("icone.svg", always(installable.icon), name="icon"),
    path("arrivee/", always(arrival.arrival), name="arrival"),
    path("compte/", signed_in(account.account), name="account"),
    path("compte/supprimer/", signed_in(account.delete), name="account_delete"),
    path("mairie/", staff(office.office), name="office"),
    path("mairie/menu/", staff(office.menu), name="menu"),
    path("mairie/mandat/", staff(office.mandate), name="mandate"),
    path("mairie/reglages/", settings_only(settings.settings), name="settings"),
    path("mairie/reglages/apparence/", settings_only(settings.appearance), name="appearance"),
    path("mairie/reglages/apercu/", settings_only(settings.preview), name="preview"),
    path("mairie/reglages/adresse/", settings_only(settings.host), name="host"),
    path("mairie/reglages/options/<slug:slug>/", settings_only(settings.options), name="options"),
    path("mairie/modules/", modules_only(modules.modules), name="modules"),
    path("mairie/modules/<slug:slug>/", modules_only(modules.switch), name="switch"),
    path("mairie/habitants/", people_only(people.people), name="people"),
    path("mairie/habitants/inviter/", people_only(people.invite), name="invite"),
    path("mairie/habitants/<uuid:pk>/", people_only(people.person), name="person"),
    path("mairie/habitants/<uuid:pk>/role/", people_only(people.role), name="role"),
    path("mairie/habitants/<uuid:pk>/fermer/", people_only(people.keep_out), name="keep_out"),
    path("mairie/habitants/<uuid:pk>/rouvrir/", people_only(people.let_in), name="let_in"),
    path("mairie/journal/", permission("space.journal")(journal.journal), name="journal"),
]
