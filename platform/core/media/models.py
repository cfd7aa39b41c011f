"""What a commune keeps of the files it was sent."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.media.addresses import address
from core.tenancy.models import CommuneModel

CAPTIONS = "text/vtt"


class AssetKind(models.TextChoices):
    PICTURE = "picture", _("image")
    DOCUMENT = "document", _("document")
    VIDEO = "video", _("vidéo")


class AssetState(models.TextChoices):
    READY = "ready", _("prêt")
    PREPARING = "preparing", _("en préparation")
    REFUSED = "refused", _("refusé")


class Licence(models.TextChoices):
    COMMUNE = "commune", _("Tous droits de la commune")
    OPEN = "etalab-2.0", _("Licence Ouverte 2.0")
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    PERMITTED = "permitted", _("Autre, avec autorisation")


class Consent(models.TextChoices):
    """Of the people that a picture shows."""

    NOBODY = "nobody", _("Personne n’est reconnaissable")
    CROWD = "crowd", _("Foule lors d’un événement public")
    WRITTEN = "written", _("Accord écrit des personnes, conservé en mairie")


class Asset(CommuneModel):
    """A file that was checked, with everything that is served of it.

    `prefix` is where its files are and never changes. `renditions` lists them: name, type, width in pixels (0 when it
    has none) and bytes. `width` and `height` are those of the largest picture, or of the video. `claimed_at` is when a
    module was last seen to show it: one that nobody shows is erased.
    """

    Kind = AssetKind
    State = AssetState

    kind = models.CharField(max_length=10, choices=AssetKind)
    state = models.CharField(max_length=10, choices=AssetState, default=AssetState.READY)
    refusal = models.CharField(max_length=300, blank=True)
    prefix = models.CharField(max_length=80, editable=False)
    alt = models.CharField(_("description"), max_length=200, blank=True)
    decorative = models.BooleanField(default=False)
    caption = models.CharField(_("légende"), max_length=200, blank=True)
    credit = models.CharField(_("auteur"), max_length=100, blank=True)
    licence = models.CharField(_("droits"), max_length=12, choices=Licence, default=Licence.COMMUNE)
    consent = models.CharField(_("personnes visibles"), max_length=10, choices=Consent, default=Consent.NOBODY)
    consent_until = models.DateField(_("accord valable jusqu’au"), null=True, blank=True)
    original_name = models.CharField(max_length=150, blank=True)
    content_hash = models.CharField(max_length=64)
    stored_bytes = models.BigIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    has_text = models.BooleanField(default=False)
    duration = models.FloatField(default=0)
    renditions = models.JSONField(default=list)
    author_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)

    # Typed or sent, not saved yet.
    new_captions: str | None = None

    DESCRIBED: ClassVar = ("alt", "decorative", "caption", "credit", "licence", "consent", "consent_until")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decorative=False) | models.Q(alt=""), name="what_is_decorative_says_nothing"
            ),
        ]

    def __str__(self) -> str:
        return self.alt or self.original_name or f"{self.kind} {self.pk}"

    def clean_description(self) -> None:
        """Raises ValidationError, by field, for what was typed."""
        self.clean_fields(exclude=[field.name for field in self._meta.fields if field.name not in self.DESCRIBED])

    @property
    def is_ready(self) -> bool:
        return self.state == AssetState.READY

    @property
    def is_picture(self) -> bool:
        return self.kind == AssetKind.PICTURE

    @property
    def is_document(self) -> bool:
        return self.kind == AssetKind.DOCUMENT

    @property
    def is_video(self) -> bool:
        return self.kind == AssetKind.VIDEO

    @property
    def names(self) -> tuple[str, ...]:
        """Where its files are, every one."""
        return tuple(f"{self.prefix}/{each['name']}" for each in self.renditions)

    def rendition(self, name: str) -> dict[str, Any] | None:
        return next((each for each in self.renditions if each["name"] == name), None)

    @property
    def main(self) -> dict[str, Any] | None:
        """The document or the video itself; None of a picture."""
        return next((each for each in self.renditions if not each["type"].startswith(("image/", "text/"))), None)

    @property
    def main_url(self) -> str:
        return self.url(self.main["name"]) if self.main else self.largest

    @property
    def captions_url(self) -> str:
        return next((self.url(each["name"]) for each in self.renditions if each["type"] == CAPTIONS), "")

    @property
    def weight(self) -> int:
        """Bytes of the document or video itself."""
        return int(self.main["bytes"]) if self.main else 0

    def pictures(self, type_: str = "image/jpeg") -> list[dict[str, Any]]:
        """Its pictures of one type, smallest first: of a document, its first page; of a video, its poster."""
        return sorted((each for each in self.renditions if each["type"] == type_), key=lambda each: each["width"])

    @property
    def smallest(self) -> str:
        """The address of its smallest JPEG, empty when there is none."""
        return self.url(self.pictures()[0]["name"]) if self.pictures() else ""

    @property
    def largest(self) -> str:
        return self.url(self.pictures()[-1]["name"]) if self.pictures() else ""

    def url(self, name: str) -> str:
        return address(self, name)

    def srcset(self, type_: str) -> str:
        return ", ".join(f"{self.url(each['name'])} {each['width']}w" for each in self.pictures(type_))


class Upload(CommuneModel):
    """A file on its way, in parts: its key is a secret of whoever sends it.

    `received` bytes are stored for good, as files named by where they begin; each is written before the row says so.
    Complete, it is an asset or was refused, and stays until it expires so that an answer that was lost can be asked
    again.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    prefix = models.CharField(max_length=80, editable=False)
    owner_id = models.UUIDField(null=True)
    name = models.CharField(max_length=150, blank=True)
    kinds = models.JSONField(default=list)
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    parts = models.JSONField(default=list)
    asset = models.ForeignKey(Asset, models.CASCADE, null=True, related_name="+", db_index=False)
    refusal = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received__gte=0, received__lte=models.F("size")), name="no_more_than_was_announced"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.pk)

    @property
    def is_whole(self) -> bool:
        return self.received == self.size

    @property
    def is_over(self) -> bool:
        """Whether it has become something, or will not."""
        return bool(self.asset_id or self.refusal)

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    def part_name(self, offset: int) -> str:
        return f"{self.prefix}/{offset:012}"

    @property
    def names(self) -> tuple[str, ...]:
        """Where its parts are, in their order."""
        return tuple(self.part_name(offset) for offset in self.parts)

    def get_absolute_url(self) -> str:
        return reverse("media-upload", args=[self.pk])


class VideoProvider(models.TextChoices):
    YOUTUBE = "youtube", "YouTube"
    PEERTUBE = "peertube", "PeerTube"


class ExternalVideo(CommuneModel):
    """A video that another site plays. Nothing of it is asked for before somebody clicks."""

    provider = models.CharField(max_length=10, choices=VideoProvider)
    host = models.CharField(max_length=120)
    key = models.CharField(max_length=64)
    title = models.CharField(_("titre"), max_length=120)
    poster = models.ForeignKey(Asset, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)

    def __str__(self) -> str:
        return self.title

    @property
    def page(self) -> str:
        """Where it is watched on its own site."""
        path = "watch?v=" if self.provider == VideoProvider.YOUTUBE else "w/"
        return f"https://{self.host}/{path}{self.key}"

    @property
    def frame_host(self) -> str:
        """The host that a page must allow in a frame."""
        return "www.youtube-nocookie.com" if self.provider == VideoProvider.YOUTUBE else self.host

    @property
    def frame(self) -> str:
        path = "embed/" if self.provider == VideoProvider.YOUTUBE else "videos/embed/"
        more = "?autoplay=1&rel=0" if self.provider == VideoProvider.YOUTUBE else "?autoplay=1&p2p=0"
        return f"https://{self.frame_host}/{path}{self.key}{more}"


def commune_prefix(here: Any, key: UUID | str) -> str:
    """Where files of one thing lie: under their commune, for ever."""
    return f"c/{here.commune_id or here.schema_name}/{key}"
