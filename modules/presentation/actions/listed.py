"""Keeping, moving, removing and putting back the rows of a list: each with its line in the journal."""

from collections.abc import Mapping
from typing import Any, TypeVar, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.audit.actions import record
from core.media.actions import describe
from core.media.models import Asset
from core.tenancy.uniqueness import refuse_taken
from core.web.meanwhile import heard
from modules.presentation.actions.checking import owe_nightly
from modules.presentation.actions.pages import stepped
from modules.presentation.actions.terms import the_term
from modules.presentation.models import Listed, Member, UsefulLink
from modules.presentation.models.listed import plain

Row = TypeVar("Row", bound=Listed)

REMOVED = _("Cette ligne a été retirée entre-temps : ajoutez-la de nouveau si elle doit rester.")
FULL = _("Cette liste est pleine : %(most)d lignes au plus. Retirez ce qui ne sert plus.")
WEEK_TAKEN = _("Le menu de cette semaine est déjà là : modifiez-le.")
NO_ROOM_BACK = _("Cette ligne ne peut plus être remise : une autre a pris sa place.")


@transaction.atomic
def keep(
    model: type[Row], *, key: UUID, values: Mapping[str, Any], author: User, read: str | None = None, new: bool = False
) -> Row:
    """Keep a row under its key, with what was typed: every name of its model's `TYPED`.

    `read` is the digest of its state as it was read. Raises ChangedMeanwhile and ValidationError, changing nothing.
    """
    author.take_turn()
    row: Any = model._default_manager.select_for_update().filter(pk=key).first()
    sent = {name: plain(values[name]) for name in model.TYPED}
    if row is not None:
        if row.removed_at:
            raise ValidationError(REMOVED, code="removed")
        if heard(row.state(), sent, "" if new else read, row):
            _describe(values)
            return cast(Row, row)
    elif not new:
        raise ValidationError(REMOVED, code="removed")
    else:
        row = _placed(model, key)
    if isinstance(row, UsefulLink) and row.url != values["url"]:
        row.forget_check()
    for name in model.TYPED:
        setattr(row, name, values[name])
    row.clean_fields(exclude=[each.name for each in model._meta.fields if each.name not in model.TYPED])
    _describe(values)
    verb = "presentation.changed"
    if row._state.adding:
        verb = "presentation.created"
    with refuse_taken("one_menu_of_a_week", monday=WEEK_TAKEN):
        row.save()
    owe_nightly()
    record(verb, target=f"{model.noun()} : {row}", author=author)
    return cast(Row, row)


@transaction.atomic
def move(row: Listed, *, step: int, author: User) -> None:
    """Put a row one place up (-1) or down (1) among those of its list."""
    author.take_turn()
    rows = {each.pk: each for each in _neighbours(row).select_for_update(of=("self",))}
    if row.pk not in rows:
        return
    for place, key in enumerate(stepped(list(rows), row.pk, step)):
        rows[key].position = place
    type(row)._default_manager.bulk_update(rows.values(), ["position"])


@transaction.atomic
def remove(row: Listed, *, author: User) -> None:
    """Residents read it no more. It can be put back until the nightly work forgets it."""
    author.take_turn()
    if type(row)._default_manager.filter(pk=row.pk, removed_at__isnull=True).update(removed_at=timezone.now()):
        owe_nightly()
        record("presentation.deleted", target=f"{row.noun()} : {row}", author=author)


@transaction.atomic
def restore(row: Listed, *, author: User) -> None:
    """Put back what was removed. Raises ValidationError when its place was taken since."""
    author.take_turn()
    if row.removed_at is None:
        return
    if isinstance(row, Member) and not row.term.current:
        raise ValidationError(NO_ROOM_BACK)
    if _neighbours(row).count() >= row.MOST:
        raise ValidationError(FULL, code="full", params={"most": row.MOST})
    row.removed_at = None
    with refuse_taken("one_menu_of_a_week", monday=NO_ROOM_BACK):
        row.save(update_fields=["removed_at"])
    record("presentation.restored", target=f"{row.noun()} : {row}", author=author)


def _placed(model: type[Row], key: UUID) -> Row:
    """A new row at the end of its list."""
    if model._default_manager.kept().count() >= model.MOST:
        raise ValidationError(FULL, code="full", params={"most": model.MOST})
    last = model._default_manager.aggregate(last=Max("position"))["last"]
    row = model(pk=key, position=0 if last is None else min(last + 1, 32_000))
    if isinstance(row, Member):
        row.term = the_term()
    return row


def _neighbours(row: Listed) -> Any:
    kept = type(row)._default_manager.kept()
    return kept.filter(term__current=True) if isinstance(row, Member) else kept


def _describe(values: Mapping[str, Any]) -> None:
    """Save what was typed about the files that the row shows."""
    for value in values.values():
        if isinstance(value, Asset):
            describe(value)
