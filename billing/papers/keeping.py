"""Papers as they were issued or received: their bytes, which the database never lets change."""

from hashlib import sha256

from billing.models import Paper
from billing.models.paper import PaperKind


def keep(kind: PaperKind | str, name: str, data: bytes) -> Paper:
    return Paper.objects.create(kind=PaperKind(kind), name=name, content=data, sha256=print_of(data))


def print_of(data: bytes) -> str:
    return sha256(data).hexdigest()
