"""What the demo's communes say, read from `content/`: one file each, invented and typed by hand."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

FOLDER = Path(__file__).with_name("content")
SLUGS = ("sainte-colombe-05", "eze", "abbeville")
WAITING, SUSPENDED = "locronan", "gerberoy"
OPERATOR = "operateur@demo.example"
NOTE = "Texte inventé pour la démonstration."


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the mairie; `email` is the part before the at sign."""

    name: str
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the space itself."""

    label: str
    path: str
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The words about the commune, then how its services are reached."""

    title: str
    introduction: str
    history: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of news. `day` and `ended` count from now; `picture` is a scene, then a slash and its light.

    `gallery` are more pictures, `paper` the lines of a PDF below its title, `area` where it happens, `pinned` for how
    many days it is at the top, `corrected` the summary that it had before its correction, `returned` why it came back.
    """

    state: str
    day: float
    theme: str
    title: str
    summary: str
    body: str
    ended: float = 0
    picture: str = ""
    alt: str = ""
    gallery: list[dict[str, str]] = field(default_factory=list)
    paper: list[str] = field(default_factory=list)
    area: str = ""
    pinned: int = 0
    corrected: str = ""
    returned: str = ""

    @property
    def pictures(self) -> list[tuple[str, str]]:
        """Every picture and what it shows, the first one first."""
        lead = [(self.picture, self.alt)] if self.picture else []
        return lead + [(each["picture"], each["alt"]) for each in self.gallery]


def scene(picture: str) -> tuple[str, str]:
    """What is drawn, and in which light."""
    name, _slash, light = picture.partition("/")
    return name, light or "day"


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of the demo, opened `opened` days ago by a mairie of `team` people open `hours` a week.

    `look` names the colours of its pictures.
    """

    slug: str
    look: str
    opened: int
    team: int
    hours: int
    accent: str
    arms_pattern: str
    arms_figure: str
    landscape: str
    home_items: int
    staff: tuple[Colleague, ...]
    page: Page
    links: tuple[Link, ...]
    news: tuple[Item, ...]

    def address(self, colleague: Colleague) -> str:
        return f"{colleague.email}@{self.slug}.example"

    @classmethod
    def read(cls, slug: str) -> Self:
        told: dict[str, Any] = tomllib.loads((FOLDER / f"{slug}.toml").read_text(encoding="utf-8"))
        return cls(
            slug=slug,
            staff=tuple(Colleague(**each) for each in told.pop("staff")),
            page=Page(**_trimmed(told.pop("page"))),
            links=tuple(Link(**each) for each in told.pop("links")),
            news=tuple(Item(**_trimmed(each)) for each in told.pop("news")),
            **told,
        )


def _trimmed(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}
