"""A member of the team, and a whole council at once."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.media.fields import AssetField
from core.organisation.models import Department
from modules.presentation.actions.terms import Elected
from modules.presentation.forms.listed import Day, Line, ListedForm
from modules.presentation.forms.sheet import LineError, read_council, text_of
from modules.presentation.models import Listed, Member

LONGEST = 60_000


class MemberForm(ListedForm):
    model = Member
    first_name = Line(label=_("Prénom"), max_length=60)
    surname = Line(label=_("Nom"), max_length=80)
    function = Line(label=_("Fonction"), max_length=80, help_text=_("« Maire », « 2e adjointe », « conseiller »."))
    group = Line(
        label=_("Liste ou groupe"),
        max_length=80,
        required=False,
        help_text=_("Tous les groupes, majorité et opposition, sont présentés de la même façon."),
    )
    delegations = Line(label=_("Délégations"), max_length=300, required=False, help_text=_("« Écoles, cantine »."))
    departments = forms.TypedMultipleChoiceField(
        label=_("Services dont cette personne répond"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Les habitants lui écrivent par le premier de ces services, ou par la mairie."),
    )
    permanence = Line(
        label=_("Permanence"), max_length=200, required=False, help_text=_("« Samedi, 10 h à 12 h, en mairie ».")
    )
    portrait = AssetField(label=_("Portrait"), kinds=["picture"], required=False)

    def prepare(self) -> None:
        present = self.row.portrait if isinstance(self.row, Member) else None
        self.fields["portrait"].for_person(self.author, [present])  # type: ignore[attr-defined]
        self._known = {str(each.pk): each for each in Department.objects.filter(closed_at__isnull=True)}
        self.fields["departments"].choices = [(key, each.name) for key, each in self._known.items()]  # type: ignore[attr-defined]

    def clean_departments(self) -> list[Any]:
        return [self._known[key].pk for key in self.cleaned_data["departments"] if key in self._known]

    def initial_of(self, row: Listed) -> dict[str, Any]:
        found = super().initial_of(row)
        return found | {"departments": [str(each) for each in found["departments"]]}


class CouncilForm(forms.Form):
    """A council pasted from a spreadsheet or sent as a CSV file; both end in the same text, which can be mended."""

    text = forms.CharField(
        label=_("La liste"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("Copiez les lignes de votre tableur et collez-les ici, dans l’ordre du tableau du conseil."),
    )
    file = forms.FileField(
        label=_("Ou un fichier CSV"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )
    began_on = Day(label=_("Début du mandat"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.people: list[Elected] = []
        self.wrong: list[LineError] = []
        if self.errors:
            return cleaned
        name = "text"
        if cleaned.get("file"):
            name = "file"
            try:
                cleaned["text"] = text_of(cleaned["file"], LONGEST)
            except ValidationError as error:
                self.add_error("file", error)
                return cleaned
        try:
            self.people, self.wrong = read_council(cleaned.get("text") or "")
        except ValidationError as error:
            self.add_error(name, error)
        return cleaned

    @property
    def is_whole(self) -> bool:
        return self.is_valid() and bool(self.people) and not self.wrong
