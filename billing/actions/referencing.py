"""What the payer says of itself, and to whom its papers go: each with its line in the commune's journal."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from billing.models import Account, Recipient
from core.audit.actions import record
from core.web.meanwhile import heard

REFERENCES = ("siret", "service_code", "engagement", "street", "postal_code", "city", "moment", "method")
MOST_RECIPIENTS = 10


class TooMany(Exception):
    """As many recipients as papers are sent to."""


def references(account: Account) -> dict[str, str]:
    """To be compared."""
    return {name: getattr(account, name) for name in REFERENCES}


@transaction.atomic
def set_references(account: Account, values: Mapping[str, str], *, author: Any, read: str | None = None) -> None:
    """Papers to come say these; those that were issued stay. Raises ChangedMeanwhile, changing nothing."""
    kept = Account.objects.select_for_update().get(pk=account.pk)
    wanted = references(kept) | {name: value for name, value in values.items() if name in REFERENCES}
    if heard(references(kept), wanted, read, kept):
        return
    changed = sorted(name for name in REFERENCES if wanted[name] != getattr(kept, name))
    for name in changed:
        setattr(kept, name, wanted[name])
    kept.changed_by = author.email
    kept.save(update_fields=[*changed, "changed_by", "changed_at"])
    record("billing.references_set", author=author, changed=changed)


@transaction.atomic
def add_recipient(account: Account, *, email: str, label: str, author: Any) -> Recipient:
    """Papers go there too; once, whatever was asked twice. Raises TooMany."""
    Account.objects.select_for_update().get(pk=account.pk)
    known = account.recipients.filter(email__iexact=email).first()
    if known is not None:
        return known
    if account.recipients.count() >= MOST_RECIPIENTS:
        raise TooMany
    record("billing.recipient_added", author=author, target=email)
    return Recipient.objects.create(account=account, email=email.lower(), label=label, added_by=author.email)


@transaction.atomic
def remove_recipient(account: Account, key: Any, *, author: Any) -> None:
    """Who is removed already is left alone."""
    found = account.recipients.select_for_update().filter(pk=key).first()
    if found is not None:
        record("billing.recipient_removed", author=author, target=found.email)
        found.delete()
