"""The files of the style page: they are drawings of ours, and none of them is kept."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from core.media.details import DetailsForm
from core.media.fields import AssetField
from core.media.models import Asset, AssetKind, AssetState, ExternalVideo, VideoProvider

OUTSIDE: Final = ("videos.example",)
_FIRST: Final = UUID("00000000-0000-7000-8000-000000000000")


def assets() -> dict[str, Asset]:
    """One of each kind and state, by what it is."""
    ready = [
        _asset(AssetKind.PICTURE, "lac.jpg", alt="Le clocher", caption="Le clocher", credit="Service communication"),
        _asset(AssetKind.DOCUMENT, "arrete-12.pdf", caption="Arrêté n° 12", pages=3, has_text=True),
        _asset(AssetKind.VIDEO, "fete.mp4", caption="La fête du lac", duration=83),
    ]
    preparing = _asset(AssetKind.VIDEO, "marche.mov", state=AssetState.PREPARING)
    refusal = str(_("Cette vidéo ne peut pas être lue."))
    refused = _asset(AssetKind.VIDEO, "defile.mov", state=AssetState.REFUSED, refusal=refusal)
    names = ("picture", "document", "video", "preparing", "refused")
    return dict(zip(names, [*ready, preparing, refused], strict=True))


def _asset(kind: AssetKind, name: str, **values: Any) -> Asset:
    drawn = {"name": "drawing", "type": "image/jpeg", "width": 640, "bytes": 24_000}
    main = {
        AssetKind.DOCUMENT: {"name": "document.pdf", "type": "application/pdf", "width": 0, "bytes": 1_240_000},
        AssetKind.VIDEO: {"name": "video.mp4", "type": "video/mp4", "width": 0, "bytes": 18_400_000},
    }
    renditions = [drawn, *([main[kind]] if kind in main and "state" not in values else [])]
    key = UUID(int=_FIRST.int + sum(name.encode()))
    made = Asset(pk=key, kind=kind, original_name=name, width=640, height=640, renditions=renditions, **values)
    made._state.adding = False
    vars(made)["url"] = lambda _name: static("web/icon.svg")  # there is no file to serve
    return made


class FilesForm(forms.Form):
    """The field that takes files: empty, with files in every state, and with one to complete."""

    empty = AssetField(label=_("Image"), kinds=[AssetKind.PICTURE], help_text=_("JPEG, PNG ou photo d’un téléphone."))
    several = AssetField(label=_("Images, documents et vidéos"), several=True, required=False)
    wrong = AssetField(label=_("Image à décrire"), kinds=[AssetKind.PICTURE])


def specimen_files() -> dict[str, Any]:
    shown = assets()
    form = FilesForm(initial={"several": list(shown.values())})
    picture = assets()["picture"]  # of its own: the form takes what it said away
    undescribed = DetailsForm({f"wrong-{picture.pk}-alt": ""}, instance=picture, prefix=f"wrong-{picture.pk}")
    undescribed.is_valid()
    form.fields["wrong"].widget.rows = [undescribed]
    outside = ExternalVideo(
        provider=VideoProvider.PEERTUBE, host=OUTSIDE[0], key="abcdefgh", title=str(_("Le conseil municipal"))
    )
    files = [shown[name] for name in ("picture", "document", "video", "preparing")]
    return {"assets": files, "outside": outside, "files_form": form}
