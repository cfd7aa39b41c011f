"""Addresses of the alerts: /alertes/, /mairie/alertes/, /api/v1/alertes/."""

from django.urls import path
from django.views.decorators.http import require_safe

from core.accounts.access import anyone, permission
from modules.alerts.rest import AlertViewSet
from modules.alerts.views import compose, device, proof, public, reaching, report, rules
from modules.alerts.views import office as pages
from modules.alerts.views.feed import CapFeed

write = permission("alerts.write")
# Also from a device that the person trusts, at three in the morning.
prepare, decide = permission("alerts.write", trusted=True), permission("alerts.send", trusted=True)

resident = [
    path("", anyone(public.alert_list), name="list"),
    path("fil.atom", anyone(require_safe(CapFeed())), name="feed"),
    path("raccourci.webmanifest", anyone(device.web_manifest), name="shortcut"),
    path("<uuid:key>/", anyone(public.alert_page), name="item"),
    path("<uuid:key>/cap.xml", anyone(public.cap_file), name="cap"),
    path("<uuid:key>/cap-<int:number>.xml", anyone(public.cap_file), name="cap-message"),
]

office = [
    path("", prepare(pages.office_list), name="list"),
    path("reglages/", permission("space.settings")(rules.settings), name="rules"),
    path("appareil/", write(device.device), name="device"),
    path("nouvelle/", prepare(compose.choose), name="new"),
    path("nouvelle/<slug:event>/", prepare(compose.NewAlert.as_view()), name="compose"),
    path("nouvelle/<slug:event>/combien/", prepare(reaching.of_new), name="reach-new"),
    path("<uuid:key>/", prepare(report.report), name="report"),
    path("<uuid:key>/combien/", prepare(reaching.of_written), name="reach"),
    path("<uuid:key>/avancement-<int:number>/", prepare(report.progress_part), name="progress"),
    path("<uuid:key>/journal.csv", write(report.log_file), name="log"),
    path("<uuid:key>/preuve.pdf", permission("alerts.send")(proof.proof_file), name="proof"),
    path(
        "<uuid:key>/destinataires-<int:number>.csv",
        permission("alerts.send")(proof.recipients_file),
        name="recipients",
    ),
    path("registre.csv", write(report.register_file), name="register"),
    path("<uuid:key>/ecrire/", prepare(compose.EditAlert.as_view()), name="edit"),
    path("<uuid:key>/verifier/", prepare(pages.check), name="check"),
    path("<uuid:key>/a-valider/", prepare(pages.ask_validation), name="ask-validation"),
    path("<uuid:key>/supprimer/", prepare(pages.delete), name="delete"),
    path("<uuid:key>/envoyer/", decide(pages.send), name="send"),
    path("<uuid:key>/mettre-a-jour/", decide(compose.UpdateAlert.as_view()), name="update"),
    path("<uuid:key>/lever/", decide(pages.lift), name="lift"),
    path("<uuid:key>/annuler/", decide(pages.cancel), name="cancel"),
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
