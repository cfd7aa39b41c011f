"""The letters between who writes and who validates."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from core.accounts.models import RoleGrant
from core.accounts.permissions import may
from core.catalogue import Role
from core.delivery.actions import send_email
from modules.news.models import NewsItem


def ask_readers(item: NewsItem, author: Any) -> None:
    """Write to the validators, or, where the mairie has none, to all who may publish."""
    grants = RoleGrant.objects.filter(ended_at__isnull=True, user__is_active=True).exclude(user=author)
    people = list(grants.values_list("user__email", "role"))
    validators = {email for email, role in people if role == Role.VALIDATOR}
    for email in sorted(validators or {email for email, role in people if may(Role(role), "news.publish")}):
        _write("news_to_validate", email, item, author, summary=item.summary)


def give_back(item: NewsItem, author: Any, reason: str) -> None:
    """Write to who wrote it, unless they give it back to themselves."""
    if item.author and item.author.is_active and item.author != author:
        _write("news_returned", item.author.email, item, author, reason=reason)


def _write(template: str, to: str, item: NewsItem, author: Any, **words: str) -> None:
    path = reverse("news-office:preview", settings.SITE_URLCONFS["space"], [item.pk]).removeprefix("/")
    send_email(template, to=to, context={"title": item.title, "author": author.display_name, "path": path, **words})
