"""How much was erased, for the certificate that says so."""

from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Self
from uuid import UUID

from tenants.models import Erasure


@dataclass(frozen=True, slots=True)
class ErasureFacts:
    """What a space held when it was erased: rows by table, under its French name, then files and their bytes.

    The names and the order of `tables` are those of an export's manifest, so that the two can be held together.
    """

    key: UUID
    insee: str
    name: str
    at: datetime
    tables: tuple[tuple[str, int], ...]
    files: int
    bytes: int

    @property
    def rows(self) -> int:
        return sum(count for _, count in self.tables)

    @property
    def listing(self) -> str:
        """All of it in lines of text, which a certificate may show: `sha256` is over these, in UTF-8."""
        head = f"{self.insee} {self.name}\n{self.at:%Y-%m-%dT%H:%M:%SZ}\n"
        return head + "".join(f"{words}: {count}\n" for words, count in self.tables) + self._stored()

    def _stored(self) -> str:
        return f"Fichiers: {self.files}\nOctets: {self.bytes}\n"

    @property
    def sha256(self) -> str:
        return sha256(self.listing.encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        said = asdict(self)
        return {name: said[name] for name in ("insee", "name", "tables", "files", "bytes")}

    @classmethod
    def of(cls, erasure: Erasure) -> Self:
        said = erasure.facts
        tables = tuple((words, count) for words, count in said["tables"])
        return cls(erasure.pk, said["insee"], said["name"], erasure.at, tables, said["files"], said["bytes"])
