"""The form field of whatever takes files.

    class PageForm(forms.Form):
        pictures = AssetField(label=_("Images"), kinds=["picture"], several=True, most=12, required=False)

        def __init__(self, *args, author, present, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["pictures"].for_person(author, present)

Cleaned, it is the assets in the order shown (one or None without `several`), each bearing what was typed about it: the
action that keeps the form saves that with `core.media.actions.describe(asset)`. A file that came with a form that is
otherwise wrong is kept, and comes back as chosen.
"""

from collections.abc import Collection, Iterable
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.media.actions import keep
from core.media.details import DetailsForm
from core.media.models import Asset
from core.media.quota import admit
from core.media.receiving import KINDS
from core.media.showing import is_claimed
from core.media.widgets import AssetInput, Sent

_GONE: Final = _("Un fichier n’est plus là. Choisissez-le de nouveau.")
_FORGOTTEN: Final = _("Choisissez aussi l’image que vous avez décrite, ou effacez sa description.")
_DESCRIBE: Final = _("Complétez ce qui est demandé sous chaque fichier.")


class AssetField(forms.Field):
    widget = AssetInput
    default_error_messages = {
        "required": _("Choisissez un fichier."),
        "too_many": _("%(most)d fichiers au plus : retirez-en."),
    }

    def __init__(
        self, *, kinds: Collection[str] = KINDS, several: bool = False, most: int = 20, **options: Any
    ) -> None:
        self.kinds, self.several, self.most = tuple(kinds), several, most if several else 1
        self.author: Any = None
        self.present: frozenset[Any] = frozenset()
        super().__init__(**options)
        self.widget.kinds, self.widget.several = self.kinds, several
        self.widget.is_required = False  # a file that is there already need not be sent

    def for_person(self, author: Any, present: Iterable[Asset | None] = ()) -> None:
        """Whose form it is, and what is attached already: nothing else of somebody else can be named in it."""
        self.author, self.present = author, frozenset(asset.pk for asset in present if asset)

    def clean(self, value: Any) -> Any:
        sent: Sent = value if isinstance(value, Sent) else Sent()
        chosen, errors = self._known(sent)
        fresh, refused = self._kept(sent)
        if fresh and not self.several:
            chosen = []
        rows = [DetailsForm(sent.details_of(asset), sent.files_of(asset), instance=asset, prefix=sent.prefix(asset))
                for asset in chosen]  # fmt: skip
        rows += [DetailsForm(sent.details_of_new(asset), instance=asset, prefix=sent.prefix(asset)) for asset in fresh]
        self.widget.rows = rows
        errors += refused
        if "picture" in self.kinds:
            self.widget.forgotten = sent.forgotten
            if sent.forgotten[0].strip():
                errors.append(ValidationError(_FORGOTTEN, "forgotten"))
        if len(rows) > self.most:
            errors.append(ValidationError(self.error_messages["too_many"], "too_many", {"most": self.most}))
        valid = [row.is_valid() for row in rows]
        if not all(valid):
            errors.append(self._told(rows))
        if not rows and not errors and self.required:
            errors.append(ValidationError(self.error_messages["required"], "required"))
        if errors:
            raise ValidationError(errors)
        assets = [row.instance for row in rows]
        return assets if self.several else (assets[0] if assets else None)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data

    def _known(self, sent: Sent) -> tuple[list[Asset], list[ValidationError]]:
        """What the form showed and did not take away, in its order."""
        wanted = sent.ordered()
        found = {asset.pk: asset for asset in Asset.objects.filter(pk__in=wanted, kind__in=self.kinds)}
        chosen = [found[key] for key in wanted if key in found and self._may_name(found[key])]
        lost = len(chosen) < len(wanted)
        return chosen, [ValidationError(_GONE, "gone")] if lost else []

    def _may_name(self, asset: Asset) -> bool:
        if asset.pk in self.present:
            return True
        own = asset.author_id is not None and asset.author_id == getattr(self.author, "pk", None)
        return own and not is_claimed(asset.pk)

    def _kept(self, sent: Sent) -> tuple[list[Asset], list[ValidationError]]:
        fresh: list[Asset] = []
        refused: list[ValidationError] = []
        for file in sent.files[: self.most + 1]:
            try:
                admit(self.author)
                fresh.append(keep(file, author=self.author, kinds=self.kinds))
            except ValidationError as error:
                refused += error.error_list
        return fresh, refused

    def _told(self, rows: list[DetailsForm]) -> ValidationError:
        """With one file the summary says what lacks; with several it leads to them."""
        wrong = [row for row in rows if row.errors]
        if len(wrong) == 1:
            first = next(iter(wrong[0].errors.values()))
            return ValidationError(str(first[0]), "details")
        return ValidationError(_DESCRIBE, "details")
