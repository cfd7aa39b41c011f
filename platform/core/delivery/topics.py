"""What people may ask to be told of: the topics of the modules that are on, and the words they agree to."""

from collections.abc import Collection

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.catalogue import Catalogue, Topic
from core.tenancy.here import current
from core.tenancy.registry import registry

# A changed text is a new version: each consent says which one was read.
VERSION = "2026-11"
TEXT = _(
    "La mairie vous prévient de ce que vous cochez, et de rien d’autre. Ce choix ne sert qu’à cela, n’est donné à "
    "personne, et se change ou s’arrête ici à tout moment."
)
TEXT_BY_SMS = _(
    "La mairie vous écrit par SMS pour ce que vous avez demandé, et pour rien d’autre. Votre numéro ne sert qu’à cela, "
    "n’est donné à personne, et vous arrêtez quand vous voulez."
)


def topics_of(modules: Collection[str]) -> list[Topic]:
    catalogue: Catalogue = settings.CATALOGUE
    return [topic for manifest in catalogue.among(modules) for topic in manifest.topics]


def sms_topics(modules: Collection[str]) -> list[Topic]:
    """Those that people may be told of by SMS."""
    return [topic for topic in topics_of(modules) if topic.sms]


def modules_on() -> list[str]:
    """The modules of the current commune that tell of something and are on."""
    catalogue: Catalogue = settings.CATALOGUE
    schema_name = current().schema_name
    return [each.slug for each in catalogue if each.topics and registry().is_on(schema_name, each.slug)]


def label_of(slug: str) -> str:
    return next((topic.label for topic in topics_of(settings.CATALOGUE.slugs) if topic.slug == slug), slug)
