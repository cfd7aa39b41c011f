"""Addresses of the alerts: /alertes/, /mairie/alertes/, /api/v1/alertes/."""

from django.urls import path
from django.views.decorators.http import require_safe

from core.accounts.access import anyone, permission
from modules.alerts.rest import AlertViewSet
from modules.alerts.views import compose, public, report
from modules.alerts.views import office as pages
from modules.alerts.views.feed import CapFeed

write, send = permission("alerts.write"), permission("alerts.send")

resident = [
    path("", anyone(public.alert_list), name="list"),
    path("fil.atom", anyone(require_safe(CapFeed())), name="feed"),
    path("<uuid:key>/", anyone(public.alert_page), name="item"),
    path("<uuid:key>/cap.xml", anyone(public.cap_file), name="cap"),
    path("<uuid:key>/cap-<int:number>.xml", anyone(public.cap_file), name="cap-message"),
]

office = [
    path("", write(pages.office_list), name="list"),
    path("nouvelle/", write(compose.choose), name="new"),
    path("nouvelle/<slug:event>/", write(compose.NewAlert.as_view()), name="compose"),
    path("<uuid:key>/", write(report.report), name="report"),
    path("<uuid:key>/journal.csv", write(report.log_file), name="log"),
    path("<uuid:key>/ecrire/", write(compose.EditAlert.as_view()), name="edit"),
    path("<uuid:key>/verifier/", write(pages.check), name="check"),
    path("<uuid:key>/a-valider/", write(pages.ask_validation), name="ask-validation"),
    path("<uuid:key>/supprimer/", write(pages.delete), name="delete"),
    path("<uuid:key>/envoyer/", send(pages.send), name="send"),
    path("<uuid:key>/mettre-a-jour/", send(compose.UpdateAlert.as_view()), name="update"),
    path("<uuid:key>/lever/", send(pages.lift), name="lift"),
    path("<uuid:key>/annuler/", send(pages.cancel), name="cancel"),
]

rest = [
    path("", anyone(AlertViewSet.as_view({"get": "list", "post": "create"})), name="list"),
    path("<uuid:pk>/", anyone(AlertViewSet.as_view({"get": "retrieve", "put": "update"})), name="item"),
    *(
        path(
            f"<uuid:pk>/{act}/",
            anyone(AlertViewSet.as_view({"post": act}, write_permission="alerts.send")),
            name=act,
        )
        for act in ("send", "lift", "cancel")
    ),
]
