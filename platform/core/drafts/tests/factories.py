"""What somebody was writing."""

from uuid import UUID

from django.utils import timezone

from core.accounts.models import User
from core.drafts.models import Draft
from tests.planting import Mark, Plot, factory

# A page chooses the key of what it begins: two communes may well choose the same, and neither sees the other's.
KEY = UUID("0198c3de-7a00-7000-8000-00000000d4af")
SAMPLES = {("drafts:draft", "kind"): "news", ("drafts:draft", "key"): str(KEY)}


@factory(Draft)
def draft(plot: Plot, mark: Mark) -> Draft:
    fields = [["title", [mark.text]]]
    return Draft.objects.create(key=KEY, owner=plot[User], kind="news", fields=fields, saved_at=timezone.now())
