"""A commune's space: the shell, then each installed module under its French segment.

A module's `urls` has three lists: `resident`, `office` and `rest`. Their namespaces are the slug, `<slug>-office` and
`<slug>-api`: the switch closes all three by their first word.
"""

from importlib import import_module

from django.conf import settings
from django.urls import include, path
from django.urls.resolvers import URLResolver

from core.accounts.access import Who
from core.security import urls as security

urlpatterns: list[URLResolver] = [
    path("", include("core.web.urls")),
    path("", include("core.accounts.urls")),
    path("", include(security.sign_in)),
    path("", include((security.pages(Who.SIGNED_IN), "security"))),
    path("", include("core.media.urls")),
    path("", include("core.drafts.urls")),
    path("", include("core.api.urls")),
    path("", include("core.organisation.urls")),
    path("", include("core.territory.urls")),
    path("", include("core.delivery.urls")),
    path("", include("space.urls")),
    path("", include("billing.office.urls")),
    path("", include("portal.opened_urls")),
]

for manifest in settings.CATALOGUE:
    urls = import_module(f"modules.{manifest.slug}.urls")
    urlpatterns += [
        path(f"{manifest.segment}/", include((urls.resident, manifest.slug))),
        path(f"mairie/{manifest.segment}/", include((urls.office, f"{manifest.slug}-office"))),
        path(f"api/v1/{manifest.segment}/", include((urls.rest, f"{manifest.slug}-api"))),
    ]

handler400 = "core.web.errors.bad_request"
handler403 = "core.web.errors.forbidden"
handler404 = "core.web.errors.not_found"
handler500 = "core.web.errors.server_error"
