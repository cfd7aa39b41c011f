"""Rows that name who wrote, ended or closed them by an e-mail address."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import CharField, Model

from core.tenancy.models import CommuneModel


def rename_mentions(old: str, new: str) -> None:
    """Put another name where this address is written as an author's, in every table of the commune."""
    for model, fields in _naming():
        for field in fields:
            model._base_manager.filter(**{field: old}).update(**{field: new})


def _naming() -> Iterator[tuple[type[Model], list[str]]]:
    for model in apps.get_models():
        if issubclass(model, CommuneModel):
            fields = [each.name for each in model._meta.concrete_fields if type(each) is CharField]
            named = [name for name in fields if name == "author" or name.endswith("_by")]
            if named:
                yield model, named
