"""Two people who give one name at once: the second is told at the field, as whoever comes a minute later."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction


@contextmanager
def refuse_taken(constraint: str, **fields: Any) -> Iterator[None]:
    """Raise ValidationError with these sentences, by field, where the block's write breaks this unique constraint.

    The transaction around it goes on: only the block is taken back.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != constraint:
            raise
        raise ValidationError(fields) from error
