"""One object of every model, made in a commune, whose every text says whose it is: a leak shows where it came from.

Each of our apps makes its own in `<app>/tests/factories.py`, which also tells what the parameters of its routes and the
arguments of its jobs may be:

    @factory(NewsItem)
    def item(plot: Plot, mark: Mark) -> NewsItem: ...

    SAMPLES = {("news", "key"): NewsItem}   # a model: the key of the plot's object; anything else: itself
    ARGUMENTS = {"news.tell": {"key": NewsItem}}
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, TypeVar, cast

from django.apps import apps
from django.db.models import Model
from django.urls import reverse

from core.tenancy.here import current
from tests.walks import Route, commune_models, shared_models

Made = TypeVar("Made", bound=Model)
Sample = type[Model] | str | int
Factory = Callable[["Plot", "Mark"], Model]

CODE = Path(__file__).resolve().parents[1]
# Every planted text holds it, in every commune: who searches for it finds their own commune's texts only.
WORD = "quetzal"


class Missing(Exception):
    """Something exists that no registry of the tests knows."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one object says of itself, in lowercase ASCII so that no escaping hides it."""

    secret: str

    @classmethod
    def of(cls, schema_name: str, model: type[Model]) -> "Mark":
        return cls(f"zq{schema_name}{model._meta.model_name}")

    @property
    def text(self) -> str:
        return f"{WORD} {self.secret}"

    @property
    def email(self) -> str:
        return f"{self.secret}@exemple.fr"


def marks_of(schema_name: str) -> re.Pattern[str]:
    """Whatever was planted in this commune."""
    return re.compile(rf"zq{schema_name}[a-z]+")


_factories: dict[type[Model], Factory] = {}
_unmarked: set[type[Model]] = set()


def factory(model: type[Made], *, marked: bool = True) -> Callable[[Callable[["Plot", Mark], Made]], Any]:
    """Register how an object of this model is made. Not `marked`: the model has no text that somebody types."""

    def register(make: Callable[["Plot", Mark], Made]) -> Any:
        assert model not in _factories, f"two factories of {model._meta.label}"
        _factories[model] = make
        if not marked:
            _unmarked.add(model)
        return make

    return register


class Plot:
    """The objects of one commune; each is made, in the commune the code is in, when it is first asked for."""

    def __init__(self) -> None:
        load()
        self.schema_name = current().schema_name
        self._objects: dict[type[Model], Model] = {}

    def __getitem__(self, model: type[Made]) -> Made:
        if model not in self._objects:
            if model not in _factories:
                raise Missing(f"{model._meta.label} has no factory: register one in its app's tests/factories.py")
            self._objects[model] = _factories[model](self, Mark.of(self.schema_name, model))
        return cast(Made, self._objects[model])

    def __setitem__(self, model: type[Made], made: Made) -> None:
        """Plant what a test made by itself."""
        self._objects[model] = made

    def fill(self) -> "Plot":
        """Make one of each; Missing when there is a model without factory."""
        for model in (*commune_models(), *shared_models()):
            self[model]
        return self

    def value(self, sample: Sample) -> Any:
        return self[sample].pk if isinstance(sample, type) else sample

    def url(self, route: Route) -> str:
        """The address of the plot's objects on this route; Missing when nobody said what its parameters may be."""
        if not route.name:
            raise Missing(f"{route} has no name")
        arguments = {name: self.value(sample_of(route, name)) for name in route.parameters}
        return reverse(route.name, urlconf=route.urlconf, kwargs=arguments)

    def arguments(self, job: Any) -> dict[str, Any]:
        """What to call a job with; Missing when it needs something that nobody said."""
        known = load().arguments.get(job.name, {})
        for name, parameter in signature(job.run).parameters.items():
            if parameter.default is Parameter.empty and name not in known:
                raise Missing(f"job {job.name}: add {name!r} to ARGUMENTS in its app's tests/factories.py")
        return {name: self.value(sample) for name, sample in known.items()}


def sample_of(route: Route, parameter: str) -> Sample:
    """What a parameter may be: said for the route's own name, else for every route of its namespace."""
    samples = load().samples
    for key in ((route.name, parameter), (route.scope, parameter)):
        if key in samples:
            return samples[key]
    raise Missing(f"{route}: nobody says what {parameter!r} may be: add it to SAMPLES in its app's tests/factories.py")


def names_an_object(route: Route) -> bool:
    """Whether the address holds the key of something that lives in a commune's schema."""
    return any(sample_of(route, name) in commune_models() for name in route.parameters)


def is_marked(model: type[Model]) -> bool:
    return model not in _unmarked


@dataclass(frozen=True, slots=True)
class Registries:
    samples: Mapping[tuple[str, str], Sample]
    arguments: Mapping[str, Mapping[str, Sample]]


@cache
def load() -> Registries:
    """Import the factories of every app that has some; each may register for the models of others too."""
    samples: dict[tuple[str, str], Sample] = {}
    arguments: dict[str, Mapping[str, Sample]] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.tests"
        if (
            not Path(config.path).is_relative_to(CODE)
            or find_spec(name) is None
            or find_spec(f"{name}.factories") is None
        ):
            continue
        module = import_module(f"{name}.factories")
        samples |= getattr(module, "SAMPLES", {})
        arguments |= getattr(module, "ARGUMENTS", {})
    return Registries(samples, arguments)
