"""The operator's public site."""

from django.urls import include, path

urlpatterns = [
    path("", include("core.web.urls")),
    path("", include("core.delivery.sms.urls")),
    path("", include("core.delivery.mail.urls")),
    path("", include("billing.webhooks.urls")),
    path("", include("portal.urls")),
    path("", include("billing.offers.urls")),
]

handler400 = "core.web.errors.bad_request"
handler403 = "core.web.errors.forbidden"
handler404 = "core.web.errors.not_found"
handler500 = "core.web.errors.server_error"
