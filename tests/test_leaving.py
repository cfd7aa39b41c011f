"""What an export holds: every row and every file of the commune, nothing of another, and no secret."""

import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.db.models import CharField, TextField

from core.media.models import Asset
from core.tenancy.context import enter
from core.tenancy.models import CommuneModel
from tenants.leaving.left_out import APPS, TABLES, hidden_columns, why_left_out
from tenants.leaving.making import make
from tenants.leaving.tables import SHARED, tables
from tenants.leaving.words import words_of
from tests.conftest import Neighbours
from tests.planting import is_marked, marks_of
from tests.walks import commune_models, shared_models

SECRET = re.compile(r"token|secret|hash|password|code|endpoint|auth$|p256dh|receipt|session|key$|unsubscribe")
# Named like secrets, and none.
HARMLESS = {
    "delivery.Announcement.key",
    "delivery.OutgoingSms.key",
    "delivery.OutgoingEmail.secret",
    "media.Asset.content_hash",
    "media.ExternalVideo.key",
    "organisation.Department.postal_code",
    "presentation.Block.key",
    "readership.Reading.key",
    "territory.Address.postal_code",
    "tenants.Commune.postal_codes",
    "tenants.Commune.sort_key",
}


def opened(both: Neighbours) -> dict[str, bytes]:
    """The parts of the first one's export, by their names in its folder."""
    out = io.BytesIO()
    make(both.victim.space, out)
    with ZipFile(out) as archive:
        assert archive.testzip() is None
        folders = {name.partition("/")[0] for name in archive.namelist()}
        assert len(folders) == 1, "it opens in one folder"
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def rows_of(parts: dict[str, bytes], label: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in parts[f"donnees/{label}.jsonl"].decode().splitlines()]


def test_every_table_is_exported_or_left_out_with_a_reason() -> None:
    exported = {table.model for table in tables()}
    for model in commune_models():
        assert (model in exported) != bool(why_left_out(model)), model._meta.label
        assert words_of(model), f"{model._meta.label} has no French name: give it a verbose_name_plural"
    for model in shared_models():
        assert (model._meta.label in SHARED) != bool(why_left_out(model)), f"{model._meta.label}: see tenants/leaving"


def test_what_is_left_out_exists() -> None:
    labels = {model._meta.label for model in (*commune_models(), *shared_models())}
    assert set(TABLES) <= labels
    assert set(APPS) <= {label.partition(".")[0] for label in labels}
    for model in commune_models():
        assert set(hidden_columns(model)) <= {field.attname for field in model._meta.concrete_fields} | {"*"}


def test_no_column_that_is_named_like_a_secret_is_exported() -> None:
    told = [
        name
        for table in tables()
        for field in table.columns
        if SECRET.search(field.attname) and (name := f"{table.model._meta.label}.{field.attname}") not in HARMLESS
    ]
    assert not told, "leave them out (tenants/leaving/left_out.py, or `not_exported` on the model), or say why not here"


def test_every_row_of_the_commune_is_in_its_table(one_way: Neighbours) -> None:
    parts = opened(one_way)
    counted = 0
    for table in tables():
        names = [field.attname for field in table.columns]
        with enter(one_way.victim.schema_name):
            kept = table.rows(one_way.victim.insee).count()
        rows = rows_of(parts, table.name)
        assert len(rows) == kept, table.name
        assert all(list(row) == names for row in rows), table.name
        counted += kept > 0
    assert counted > 50


def test_what_was_planted_is_there_and_nothing_of_the_neighbour(one_way: Neighbours) -> None:
    text = b"".join(opened(one_way).values()).decode(errors="replace")
    found = set(marks_of(one_way.victim.schema_name).findall(text))
    told = {table.model for table in tables()}
    lacking = {
        model._meta.label
        for model in told
        if is_marked(model) and issubclass(model, CommuneModel)
        if f"zq{one_way.victim.schema_name}{model._meta.model_name}" not in found
    }
    assert lacking == {"delivery.Device"}, "the address of a device is what it says of itself, and opens it"
    assert not marks_of(one_way.other.schema_name).search(text)


def test_no_secret_is_anywhere(one_way: Neighbours) -> None:
    hidden = 0
    for model in commune_models():
        texts = {field.attname for field in model._meta.concrete_fields if isinstance(field, CharField | TextField)}
        asked = (texts if why_left_out(model) else texts & set(hidden_columns(model))) - {model._meta.pk.attname}
        secrets = {name: f"TopSecret{number}" for number, name in enumerate(asked) if SECRET.search(name)}
        with enter(one_way.victim.schema_name):
            hidden += bool(secrets and model._base_manager.update(**secrets))
    assert hidden > 6
    assert b"TopSecret" not in b"".join(opened(one_way).values())


def test_links_lead_to_rows_that_are_there(one_way: Neighbours) -> None:
    parts = opened(one_way)
    keys = {f"donnees/{table.name}.jsonl": {row.get("id") for row in rows_of(parts, table.name)} for table in tables()}
    links = 0
    for path, told in json.loads(parts["structure.json"]).items():
        for column, facts in told["colonnes"].items():
            if facts["type"] == "lien" and facts["vers"] in keys and "tenants.commune" not in facts["vers"]:
                named = {row[column] for row in map(json.loads, parts[path].splitlines())} - {None}
                assert named <= keys[facts["vers"]], f"{path} {column}"
                links += len(named)
    assert links > 20


def test_the_files_are_there_byte_for_byte(one_way: Neighbours, files: Path) -> None:
    parts = opened(one_way)
    asset = one_way.victims[Asset]
    assert asset.names
    for stored in asset.names:
        name = stored.rpartition("/")[2]
        assert parts[f"fichiers/{asset.pk}/{name}"] == (files / stored).read_bytes()
    assert str(asset.pk) in parts["fichiers.csv"].decode()


def test_a_file_that_is_lost_is_told_and_keeps_nothing_else_back(one_way: Neighbours, files: Path) -> None:
    lost = one_way.victims[Asset].names[0]
    (files / lost).unlink()
    parts = opened(one_way)
    name = f"fichiers/{one_way.victims[Asset].pk}/{lost.rpartition('/')[2]}"
    assert json.loads(parts["manifest.json"])["fichiers_absents"] == [name]
    assert name in parts["LISEZ-MOI.txt"].decode()


def test_the_manifest_and_the_prints_say_what_is_there(one_way: Neighbours) -> None:
    parts = opened(one_way)
    manifest = json.loads(parts["manifest.json"])
    for name, told in manifest["fichiers"].items():
        assert told == {"octets": len(parts[name]), "sha256": hashlib.sha256(parts[name]).hexdigest()}
    assert set(manifest["fichiers"]) == set(parts) - {"manifest.json", "empreintes.sha256"}
    prints = dict(reversed(line.split("  ")) for line in parts["empreintes.sha256"].decode().splitlines())
    assert prints == {n: hashlib.sha256(parts[n]).hexdigest() for n in parts if n != "empreintes.sha256"}
    for path, told in manifest["tables"].items():
        assert told["lignes"] == len(parts[path].splitlines())


def test_asked_again_it_is_the_same_apart_from_the_date(one_way: Neighbours) -> None:
    once, again = opened(one_way), opened(one_way)
    dated = {"LISEZ-MOI.txt", "manifest.json", "empreintes.sha256"}
    assert {name: data for name, data in once.items() if name not in dated} == {
        name: data for name, data in again.items() if name not in dated
    }
    assert set(once) == set(again)


@pytest.mark.parametrize("said", ["JSON Lines", "code INSEE 12013", "Actualités : 1", "Journal de la mairie", "Pages"])
def test_the_notice_says_what_is_what(one_way: Neighbours, said: str) -> None:
    assert said in opened(one_way)["LISEZ-MOI.txt"].decode()
