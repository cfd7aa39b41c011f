"""Whose subscription a page of the office is about."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from billing.models import Account, Subscription

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Ours:
    """The commune's subscription, and its own account; an intercommunality may pay in its place."""

    subscription: Subscription
    account: Account | None

    @property
    def payer(self) -> Account:
        return self.subscription.account

    @property
    def group(self) -> Account | None:
        """The intercommunality that pays, None when the commune does."""
        return self.payer if self.payer.kind == Account.Kind.GROUP else None


def ours_of(request: HttpRequest) -> Ours | None:
    """In one statement, two when somebody else pays; None when there is no subscription yet."""
    space = cast(Any, request).site.space
    found = Subscription.objects.filter(space=space.id).select_related("account", "commune").first()
    if found is None:
        return None
    if found.account.commune_id == found.commune_id:
        return Ours(found, found.account)
    return Ours(found, Account.objects.filter(commune=found.commune_id).first())


def with_ours(view: Callable[..., HttpResponse]) -> View:
    """Give the view what it is about; where there is nothing yet, the first page says so."""

    @wraps(view)
    def found(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        ours = ours_of(request)
        return redirect("billing:overview") if ours is None else view(request, ours, **kwargs)

    return found


def for_ourselves(view: Callable[..., HttpResponse]) -> View:
    """The same, for what only who pays may do: closed to a commune whose intercommunality pays."""

    @wraps(view)
    def found(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        ours = ours_of(request)
        return redirect("billing:overview") if ours is None or ours.group else view(request, ours, **kwargs)

    return found
