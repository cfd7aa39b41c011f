"""Pages of one's own security. They answer while a space is closed, and to who must yet add a second factor."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.urls import URLPattern, path

from core.accounts.access import Access, Who, always, declare
from core.security.fresh import again
from core.security.views import address, data, factors
from core.security.views.sign_in import SecondStep

sign_in = [path("connexion/verification/", always(SecondStep.as_view()), name="mfa_authenticate")]


def pages(who: Who) -> list[URLPattern]:
    """For the people of a space, or for operators; data and address wait until a required factor is there."""
    own, later = _door(Access(who, always=True)), _door(Access(who, lasting=True))
    return [
        path("compte/securite/", own(factors.security), name="security"),
        path("connexion/confirmer/", own(again), name="again"),
        path("compte/securite/application/", own(factors.application), name="application"),
        path("compte/securite/cle/", own(factors.passkey), name="passkey"),
        path("compte/securite/retirer/<int:pk>/", own(factors.remove), name="remove"),
        path("compte/securite/codes/", own(factors.codes), name="codes"),
        path("compte/securite/appareils/<uuid:pk>/", own(factors.end), name="end"),
        path("compte/securite/confiance/<uuid:pk>/", own(factors.forget), name="forget"),
        path("compte/securite/partout/", own(factors.end_all), name="end_all"),
        path("compte/adresse/", later(address.address), name="address"),
        path("compte/adresse/code/", later(address.code), name="address_code"),
        path("compte/adresse/pas-moi/", always(address.not_me), name="not_me"),
        path("compte/donnees/", later(data.data), name="data"),
    ]


def _door(access: Access) -> Callable[[Any], Any]:
    """The mark is on a wrapper: the same view stands behind another door on the other site."""

    def mark(view: Any) -> Any:
        @wraps(view)
        def behind(*arguments: Any, **more: Any) -> Any:
            return view(*arguments, **more)

        return declare(access)(behind)

    return mark
