"""What somebody was writing."""

from django.utils import timezone

from core.accounts.models import User
from core.drafts.models import Draft
from core.tenancy.keys import uuid7
from tests.planting import Mark, Plot, factory

SAMPLES = {("drafts:draft", "kind"): "news", ("drafts:draft", "key"): Draft}


@factory(Draft)
def draft(plot: Plot, mark: Mark) -> Draft:
    """Of a thing that has its own key, so that its address names it."""
    key = uuid7()
    fields = [["title", [mark.text]]]
    return Draft.objects.create(pk=key, key=key, owner=plot[User], kind="news", fields=fields, saved_at=timezone.now())
