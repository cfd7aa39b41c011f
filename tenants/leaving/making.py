"""Writing an export: rows in one unchanging view, then the files that they name, then what tells what is what."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any, Final
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage
from django.utils import timezone

from core.delivery.actions import plain as rendered
from core.media.models import Asset
from core.media.quota import words as weight
from core.tenancy.context import enter
from core.web.french import day_and_time, of_commune
from core.web.spreadsheet import table as spreadsheet
from tenants.directory.departements import timezone_of
from tenants.leaving.archive import Archive, Part, blocks_of, hashed
from tenants.leaving.rows import lines, snapshot
from tenants.leaving.tables import Table, left_out, structure, tables
from tenants.models import Space

Tell = Callable[[int], None]
README, MANIFEST, PRINTS, STRUCTURE = "LISEZ-MOI.txt", "manifest.json", "empreintes.sha256", "structure.json"
FILES: Final = "fichiers.csv"
VERSION: Final = 1
_ROWS_SHARE: Final = 30  # of a hundred: the rest of the time goes to files


@dataclass(frozen=True, slots=True)
class Made:
    """An archive: its rows and files, those that were not where a row says, its weight and its print."""

    rows: int
    files: int
    missing: tuple[str, ...]
    bytes: int
    sha256: str


def make(space: Space, out: IO[bytes], tell: Tell = lambda percent: None) -> Made:
    """Write all that a commune wrote into `out`, a file that can be read again; `tell` hears how far it is."""
    assert space.commune is not None
    commune = space.commune
    zone = ZoneInfo(timezone_of(commune.insee, commune.departement))
    at = timezone.localtime(timezone.now(), zone)
    archive = Archive(out, f"beffroi-{commune.slug}-{at:%Y-%m-%d}", at)
    with timezone.override(zone), enter(space.schema_name), TemporaryFile("w+b") as names:
        with snapshot():
            told = list(_write_tables(archive, commune.insee, tell))
            archive.write(FILES, [_files_index().encode()])
            total = _write_names(names)
        names.seek(0)
        files, missing = _write_files(archive, names, total, tell)
        _write_words(archive, space, at, told, (files, missing))
    archive.close()
    return Made(sum(part.rows or 0 for _, part in told), files, missing, *hashed(out))


def _write_tables(archive: Archive, insee: str, tell: Tell) -> Iterator[tuple[Table, Part]]:
    asked = tables()
    for number, table in enumerate(asked):
        count = 0

        def blocks(table: Table = table) -> Iterator[bytes]:
            nonlocal count
            for rows, block in lines(table, insee):
                count += rows
                yield block

        part = archive.write(table.path, blocks())
        archive.parts[-1] = part = Part(part.name, part.bytes, part.sha256, count)
        tell(_ROWS_SHARE * (number + 1) // len(asked))
        yield table, part


def _write_names(names: IO[bytes]) -> int:
    """Set aside which files there are, a line each; return how much they weigh together."""
    total = 0
    found = Asset._base_manager.order_by("pk").values_list("pk", "prefix", "renditions")
    for key, prefix, renditions in found.iterator(chunk_size=500):
        names.write(json.dumps([str(key), prefix, renditions]).encode() + b"\n")
        total += sum(each["bytes"] for each in renditions)
    return total


def _files_index() -> str:
    """What each folder of files is, for a spreadsheet."""
    names = ("pk", "kind", "original_name", "alt", "caption", "credit", "licence", "created_at")
    rows = Asset._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=500)
    head = ("dossier", "sorte", "nom d’origine", "description", "légende", "auteur", "droits", "reçu le")
    return spreadsheet(head, ((f"fichiers/{key}", *words, at.date().isoformat()) for key, *words, at in rows))


def _write_files(archive: Archive, names: IO[bytes], total: int, tell: Tell) -> tuple[int, tuple[str, ...]]:
    """Copy the stored files; return how many, and those that are not there."""
    count, done, missing = 0, 0, list[str]()
    for line in names:
        key, prefix, renditions = json.loads(line)
        for each in renditions:
            name = f"fichiers/{key}/{each['name']}"
            try:
                with default_storage.open(f"{prefix}/{each['name']}") as stored:
                    archive.write(name, blocks_of(stored), packed=each["type"].startswith("text/"))
                count += 1
            except FileNotFoundError:
                missing.append(name)
            done += each["bytes"]
            tell(_ROWS_SHARE + (100 - _ROWS_SHARE) * done // (total or 1))
    return count, tuple(missing)


def _write_words(
    archive: Archive,
    space: Space,
    at: datetime,
    told: Iterable[tuple[Table, Part]],
    files: tuple[int, tuple[str, ...]],
) -> None:
    """The structure, the README, the manifest and the prints of all that came before."""
    assert space.commune is not None
    rows = [{"words": table.words, "path": part.name, "count": part.rows} for table, part in told]
    context = {
        "commune": space.commune,
        "of_commune": of_commune(space.commune.name),
        "at": day_and_time(at),
        "tables": [row for row in rows if row["count"]],
        "empty": [row for row in rows if not row["count"]],
        "rows": sum(row["count"] or 0 for row in rows),  # type: ignore[misc]
        "files": files[0],
        "missing": files[1],
        "weight": weight(sum(part.bytes for part in archive.parts)),
        "left_out": left_out(),
    }
    archive.write(STRUCTURE, [_json(structure())])
    archive.write(README, [rendered("leaving/readme.txt", context).strip().encode() + b"\n"])
    manifest = {
        "format": VERSION,
        "commune": {"insee": space.commune.insee, "nom": space.commune.name},
        "fait_le": at.isoformat(timespec="seconds"),
        "tables": {row["path"]: {"contenu": row["words"], "lignes": row["count"]} for row in rows},
        "fichiers_absents": list(files[1]),
        "fichiers": {part.name: {"octets": part.bytes, "sha256": part.sha256} for part in archive.parts},
    }
    archive.write(MANIFEST, [_json(manifest)])
    archive.write(PRINTS, [f"{part.sha256}  {part.name}\n".encode() for part in archive.parts])


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
