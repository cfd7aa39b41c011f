"""What residents ask to be told of, and how often the mairie may."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.catalogue import Topic
from core.delivery.consenting import Choice
from core.delivery.models import Channel
from core.delivery.models.announcement import HIGHEST_CAP
from core.delivery.push.registering import NOT_GIVEN, check_keys, origin_of
from core.territory.models import Area
from core.territory.queries import areas


class PlacesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError as error:
            raise ValidationError(_("Ce lieu n’est plus proposé."), code="unknown") from error


class PlacesForm(forms.Form):
    """The parts of the commune to be told of, offered where the commune has named some."""

    def offer_places(self, kept: QuerySet[Area] | None = None) -> None:
        """`kept` are those that are followed: they stay offered when the commune no longer uses them."""
        offered = areas() if kept is None else areas() | kept
        if offered.exists():
            self.fields["areas"] = PlacesField(
                label=_("Seulement ce qui touche ces lieux"),
                queryset=offered,
                required=False,
                initial=[] if kept is None else list(kept.values_list("pk", flat=True)),
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Aucune case : tout. Ce qui concerne toute la commune arrive dans tous les cas."),
            )

    @property
    def places(self) -> list[Area]:
        return list(self.cleaned_data.get("areas", ()))


class ChoicesForm(PlacesForm):
    """One tick for each topic and channel; none is ticked unless it was before. `followed`: the places of before."""

    def __init__(
        self,
        topics: Collection[Topic],
        channels: Collection[Channel],
        kept: Collection[Choice],
        data: Any = None,
        *,
        followed: QuerySet[Area] | None = None,
    ) -> None:
        super().__init__(data)
        self.offer_places(followed)
        self.topics, self.among = topics, [(topic.slug, each) for topic in topics for each in channels]
        for topic, channel in self.among:
            self.fields[_name(topic, channel)] = forms.BooleanField(
                label=channel.label.capitalize(), required=False, initial=(topic, channel) in kept
            )

    @property
    def rows(self) -> list[tuple[Topic, list[forms.BoundField]]]:
        return [
            (topic, [self[_name(slug, channel)] for slug, channel in self.among if slug == topic.slug])
            for topic in self.topics
        ]

    @property
    def wanted(self) -> set[Choice]:
        return {each for each in self.among if self.cleaned_data[_name(*each)]}


class DeviceForm(ChoicesForm):
    """What a browser gives of itself, filled in by the page's script, and the topics for it."""

    endpoint = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
    p256dh = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    auth = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(_name(*each)) for each in self.among):
            raise ValidationError(_("Cochez au moins un sujet."), code="nothing")
        if self.errors or not all(cleaned.get(name) for name in ("endpoint", "p256dh", "auth")):
            raise ValidationError(NOT_GIVEN, code="not_given")
        origin_of(cleaned["endpoint"])
        check_keys(cleaned["p256dh"], cleaned["auth"])
        return cleaned


class RulesForm(forms.Form):
    daily_cap = forms.IntegerField(
        label=_("Avertissements par jour, au plus"),
        min_value=1,
        max_value=HIGHEST_CAP,
        help_text=_("De 1 à 10."),
        error_messages={
            "required": _("Écrivez un nombre de 1 à 10."),
            "invalid": _("Écrivez un nombre de 1 à 10, en chiffres."),
            "min_value": _("Écrivez au moins 1. Pour ne prévenir personne, laissez la case décochée en publiant."),
            "max_value": _("Dix au plus : des habitants dérangés sans cesse n’écoutent plus."),
        },
    )


def _name(topic: str, channel: Channel) -> str:
    return f"{topic}-{channel.value}"
