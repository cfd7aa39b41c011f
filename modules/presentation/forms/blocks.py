"""One form shape for each kind of block."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.media.fields import AssetField
from core.media.models import Asset
from core.organisation.models import Department
from core.richtext.forms import RichTextFormField
from core.web.plain_text import many_lines, one_line
from modules.presentation.actions.blocks import Content
from modules.presentation.models import Block, BlockKind

_PHONE = r"^\+?[\s./()-]*(?:[0-9][\s./()-]*){3,}$"
MOST_PICTURES = 24
MOST_DOCUMENTS = 20


def _title() -> forms.CharField:
    return forms.CharField(
        label=_("Intertitre"), max_length=100, required=False, help_text=_("Il se lit au-dessus du bloc.")
    )


class BlockForm(forms.Form):
    """The form of a block. `files` is the name of its field of files, `lines` those of its texts of several lines."""

    kind: ClassVar[BlockKind]
    files_field: ClassVar[str] = ""
    lines: ClassVar[frozenset[str]] = frozenset()
    title = _title()

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        author: Any,
        block: Block | None = None,
        assets: Sequence[Asset] = (),
    ) -> None:
        initial = {**block.data, "department": block.department_id} if block else {}
        super().__init__(data, files, initial=initial)
        if self.files_field:
            field: Any = self.fields[self.files_field]
            field.for_person(author, assets)
            self.initial[self.files_field] = list(assets) if field.several else (assets[0] if assets else None)

    @property
    def data_typed(self) -> dict[str, Any]:
        typed = {}
        for name, value in self.cleaned_data.items():
            if name not in (self.files_field, "department"):
                formatted = isinstance(self.fields[name], RichTextFormField)
                clean = many_lines if name in self.lines else one_line
                typed[name] = clean(value) if isinstance(value, str) and not formatted else value
        return typed

    @property
    def content(self) -> Content:
        chosen = self.cleaned_data.get(self.files_field) if self.files_field else None
        assets = chosen if isinstance(chosen, list) else [chosen] if chosen else []
        return Content(self.data_typed, self.cleaned_data.get("department"), assets)

    @property
    def rows(self) -> Any:
        """The rows of a kind that has some."""
        return None

    def tell(self, error: ValidationError) -> None:
        by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, list(errors))


class TextForm(BlockForm):
    kind = BlockKind.TEXT
    body = RichTextFormField(label=_("Texte"), max_length=20_000)


class PictureForm(BlockForm):
    kind = BlockKind.PICTURE
    files_field = "picture"
    picture = AssetField(
        label=_("Image"),
        kinds=["picture"],
        help_text=_("JPEG, PNG, WebP ou HEIC, 25 Mo au plus. Elle est allégée pour vous."),
    )


class GalleryForm(BlockForm):
    kind = BlockKind.GALLERY
    files_field = "pictures"
    pictures = AssetField(
        label=_("Images"),
        kinds=["picture"],
        several=True,
        most=MOST_PICTURES,
        help_text=_("24 au plus. Chacune se décrit en quelques mots."),
    )


class QuoteForm(BlockForm):
    kind = BlockKind.QUOTE
    lines = frozenset({"text"})
    title = None  # type: ignore[assignment]
    text = forms.CharField(label=_("Citation"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 4}))
    who = forms.CharField(label=_("De qui ?"), max_length=100, required=False)
    source = forms.CharField(
        label=_("Source"), max_length=200, required=False, help_text=_("Le livre, le journal, l’année.")
    )


class ContactForm(BlockForm):
    """A department, or what is typed; a function rather than a person, and never somebody's own number."""

    kind = BlockKind.CONTACT
    lines = frozenset({"place"})
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=_("Service de la mairie"),
        required=False,
        empty_label=_("Aucun : je le décris ci-dessous"),
        help_text=_("Ses coordonnées suivent ce que vous en dites dans « Services et horaires »."),
    )
    function = forms.CharField(
        label=_("Fonction"),
        max_length=100,
        required=False,
        help_text=_("« Secrétariat de mairie », « Garde champêtre » : la fonction plutôt que la personne."),
    )
    phone = forms.RegexField(
        _PHONE,
        label=_("Téléphone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
        help_text=_("Celui du service, jamais un numéro personnel."),
        error_messages={"invalid": _("Écrivez un numéro seul, comme 04 00 00 00 00.")},
    )
    email = forms.EmailField(
        label=_("Adresse e-mail"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Écrivez une adresse complète, comme mairie@exemple.fr.")},
    )
    place = forms.CharField(label=_("Lieu"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_departments(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = [name for name in ("phone", "email", "place") if cleaned.get(name)]
        if cleaned.get("department"):
            if typed or cleaned.get("function"):
                self.add_error("department", _("Choisissez un service, ou décrivez le contact : pas les deux."))
        elif not self.errors:
            if not cleaned.get("function"):
                self.add_error("function", _("Dites quelle fonction joindre, ou choisissez un service."))
            elif not typed:
                self.add_error("phone", _("Donnez au moins un moyen de joindre : téléphone, adresse e-mail ou lieu."))
        return cleaned


class HoursForm(BlockForm):
    kind = BlockKind.HOURS
    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=_("Service de la mairie"),
        empty_label=_("Choisissez"),
        help_text=_("Ses horaires, ses fermetures et les jours fériés viennent de « Services et horaires »."),
        error_messages={"required": _("Choisissez le service dont on lira les horaires.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_departments(self)


class DocumentForm(BlockForm):
    kind = BlockKind.DOCUMENT
    files_field = "documents"
    documents = AssetField(
        label=_("Documents PDF"),
        kinds=["document"],
        several=True,
        most=MOST_DOCUMENTS,
        help_text=_("La légende est le nom sous lequel les habitants le verront."),
    )


def _offer_departments(form: BlockForm) -> None:
    """The departments that are open, and the one that is chosen though it closed."""
    field: Any = form.fields["department"]
    chosen = form.initial.get("department")
    offered = Department.objects.filter(closed_at__isnull=True)
    field.queryset = offered | Department.objects.filter(pk=chosen) if chosen else offered
    field.error_messages["invalid_choice"] = _("Ce service n’existe plus : choisissez-en un autre.")
