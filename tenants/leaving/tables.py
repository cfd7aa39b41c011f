"""The tables of an export: those of the commune's schema, whatever modules there are, and its rows in the registry."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db.models import Model, QuerySet
from django.db.models.fields import Field

from tenants.leaving.left_out import hidden_columns, why_left_out
from tenants.leaving.words import words_of

# How the rows of a commune are found in the tables that all communes share.
SHARED: Final = {
    "tenants.Commune": "insee",
    "tenants.CommuneContour": "commune",
    "tenants.Space": "commune",
    "tenants.Suspension": "space__commune",
    "tenants.Entitlement": "space__commune",
    "tenants.ModuleSwitch": "space__commune",
    "tenants.ModuleOptions": "space__commune",
    "tenants.Signup": "space__commune",
    "tenants.Mandate": "signup__space__commune",
    "tenants.MandateMessage": "mandate__signup__space__commune",
}
# What a column holds, in words; anything else is text.
_TYPES: Final = {
    "BooleanField": "oui ou non",
    "DateField": "date",
    "DateTimeField": "date et heure (UTC)",
    "TimeField": "heure",
    "FloatField": "nombre",
    "JSONField": "objet ou liste",
    "ArrayField": "liste",
    "UUIDField": "identifiant",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is exported: the column of a link has the name of its field with `_id`."""

    model: type[Model]
    lookup: str = ""

    @property
    def name(self) -> str:
        return self.model._meta.label_lower

    @property
    def path(self) -> str:
        return f"donnees/{self.name}.jsonl"

    @property
    def words(self) -> str:
        return words_of(self.model)

    @property
    def columns(self) -> list["Field[Any, Any]"]:
        hidden = hidden_columns(self.model)
        return [field for field in self.model._meta.concrete_fields if field.attname not in hidden]

    def rows(self, insee: str) -> "QuerySet[Any]":
        """All rows in the order of their keys, which nothing changes."""
        found = self.model._base_manager.order_by("pk")
        return found.filter(**{self.lookup: insee}) if self.lookup else found


def schema_models() -> Iterator[type[Model]]:
    """Every model with a table in a commune's schema."""
    for config in apps.get_app_configs():
        if config.name in settings.TENANT_APPS:
            yield from (model for model in config.get_models(include_auto_created=True) if not model._meta.proxy)


def tables() -> list[Table]:
    """What is exported: the commune and its space first, then what lives in its schema."""
    shared = [Table(apps.get_model(label), lookup) for label, lookup in SHARED.items()]
    return shared + [Table(model) for model in schema_models() if not why_left_out(model)]


def left_out() -> list[tuple[str, str]]:
    """What is not exported, in words, with the reason of each: tables of the schema, then columns."""
    whole = [(words_of(model), why) for model in schema_models() if (why := why_left_out(model))]
    some = [
        (f"{table.words}, « {column} »", why)
        for table in tables()
        for column, why in sorted(hidden_columns(table.model).items())
    ]
    return whole + some


def structure() -> dict[str, Any]:
    """What each column is, where its links lead, and what its codes mean."""
    return {
        table.path: {"contenu": table.words, "colonnes": {each.attname: _column(each) for each in table.columns}}
        for table in tables()
    }


def _column(field: "Field[Any, Any]") -> dict[str, Any]:
    kind = field.get_internal_type()
    told: dict[str, Any] = {"type": _TYPES.get(kind, "nombre entier" if "Integer" in kind else "texte")}
    if field.name != field.verbose_name.__str__().replace(" ", "_"):
        told["libelle"] = str(field.verbose_name)
    if field.is_relation and field.related_model is not None:
        target: Any = field.related_model
        told |= {"type": "lien", "vers": Table(target).path}
    if field.choices:
        told["codes"] = {str(value): str(words) for value, words in field.flatchoices}
    return told
