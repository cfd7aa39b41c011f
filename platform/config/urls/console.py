"""The operator's console."""

from django.urls import include, path

from core.accounts.access import Who
from core.security import urls as security

urlpatterns = [
    path("", include("core.web.urls")),
    path("", include("core.accounts.urls")),
    path("", include(security.sign_in)),
    path("", include((security.pages(Who.OPERATOR), "security"))),
    path("", include("console.urls")),
]

handler400 = "core.web.errors.bad_request"
handler403 = "core.web.errors.forbidden"
handler404 = "core.web.errors.not_found"
handler500 = "core.web.errors.server_error"
