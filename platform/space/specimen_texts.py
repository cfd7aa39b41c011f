"""The formatted text of the style page: read, written, and to correct."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.richtext.forms import RichTextFormField

TEXT = _(
    "<h3>Le sentier rouvre</h3><p>Six semaines de <strong>travaux</strong>, et <em>trois bancs</em> : "
    '<a href="/">tout sur l’accueil</a>.</p><ul><li>Deux passages</li><li>Un point d’eau<ol><li>Au départ</li>'
    "</ol></li></ul><blockquote><p>« On l’attendait. »</p></blockquote><h4>Y aller</h4><p>À pied.</p>"
)


class TextForm(forms.Form):
    story = RichTextFormField(
        label=_("Texte"), max_length=2000, help_text=_("Collez depuis Word : le texte est nettoyé.")
    )


class WrongTextForm(forms.Form):
    short = RichTextFormField(label=_("Texte trop long"), max_length=20)


def specimen_texts() -> dict[str, Any]:
    text = str(TEXT)
    return {
        "text": text,
        "text_form": TextForm(initial={"story": text}),
        "wrong_text_form": WrongTextForm({"short-html": text}),
    }
