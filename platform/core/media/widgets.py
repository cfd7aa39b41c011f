"""How files are chosen: plain inputs that a form posts whole, made comfortable by upload.js."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django import forms
from django.urls import reverse

from core.media.models import Asset

ACCEPTED: Final = {
    "picture": "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic",
    "document": "application/pdf,.pdf",
    "video": "video/mp4,video/webm,video/quicktime,.mov",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sent of this field: the keys of the assets it showed, new files, and everything typed."""

    name: str = ""
    keys: tuple[UUID, ...] = ()
    files: tuple[Any, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    uploads: Mapping[str, Any] = field(default_factory=dict)

    def prefix(self, asset: Asset) -> str:
        return f"{self.name}-{asset.pk}"

    def ordered(self) -> list[UUID]:
        """The keys that were not taken away, by the place typed for each, then as they were shown."""
        kept = [key for key in dict.fromkeys(self.keys) if not self.data.get(f"{self.name}-{key}-remove")]
        return sorted(kept, key=self._place)

    def _place(self, key: UUID) -> int:
        typed = str(self.data.get(f"{self.name}-{key}-place", ""))
        return int(typed) if typed.isdecimal() and len(typed) < 6 else 0

    def details_of(self, asset: Asset) -> Mapping[str, Any]:
        return self.data

    def files_of(self, asset: Asset) -> Mapping[str, Any]:
        return self.uploads

    @property
    def forgotten(self) -> tuple[str, bool]:
        """What was typed of a file that did not come: its description, and whether it is decorative."""
        if self.files:
            return "", False
        return str(self.data.get(f"{self.name}-new-alt") or ""), bool(self.data.get(f"{self.name}-new-decorative"))

    def details_of_new(self, asset: Asset) -> Mapping[str, Any]:
        """What was typed beside the file input belongs to the file, when there is one only."""
        if len(self.files) != 1:
            return {"": ""}
        typed = {name: self.data.get(f"{self.name}-new-{name}") for name in ("alt", "decorative")}
        return {f"{self.prefix(asset)}-{name}": value for name, value in typed.items() if value} or {"": ""}


class AssetInput(forms.Widget):
    """`rows` are the forms of the assets shown, once the field was cleaned."""

    template_name = "media/field.html"
    needs_multipart_form = True
    kinds: tuple[str, ...] = ()
    several = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.rows: list[Any] | None = None
        self.forgotten: tuple[str, bool] = ("", False)

    def __deepcopy__(self, memo: dict[int, Any]) -> "AssetInput":
        copied: AssetInput = super().__deepcopy__(memo)
        copied.rows, copied.forgotten = None, ("", False)
        return copied

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sent:
        listed = data.getlist if hasattr(data, "getlist") else lambda key: [data[key]] if key in data else []
        sent = files.getlist(name) if hasattr(files, "getlist") else [files[name]] if name in files else []
        keys = tuple(key for key in map(_uuid, listed(f"{name}-assets")) if key)
        return Sent(name, keys, tuple(each for each in sent if each is not None), data, files)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        return context | {
            "rows": self._rows(name, value),
            "new": self._new(name) if "picture" in self.kinds else None,
            "name": name,
            "kinds": ",".join(self.kinds),
            "accept": ",".join(ACCEPTED[kind] for kind in self.kinds),
            "several": self.several,
            "address": reverse("media-uploads"),
        }

    def _rows(self, name: str, value: Any) -> list[Any]:
        from core.media.details import DetailsForm

        if self.rows is not None:
            return self.rows
        if isinstance(value, Asset):
            value = [value]
        assets = value if isinstance(value, list | tuple) else []
        return [
            DetailsForm(instance=asset, prefix=f"{name}-{asset.pk}") for asset in assets if isinstance(asset, Asset)
        ]

    def _new(self, name: str) -> Any:
        from core.media.details import DetailsForm

        alt, decorative = self.forgotten
        return DetailsForm(
            instance=Asset(kind=Asset.Kind.PICTURE, alt=alt, decorative=decorative), prefix=f"{name}-new"
        )


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
