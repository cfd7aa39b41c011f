"""The field of a form, with and without script, and the field of a model."""

from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.template import Context, Template

from core.richtext.fields import RichTextField
from core.richtext.forms import RichTextFormField

FORMATTED = "<p>Un <strong>mot</strong></p>"


class Written(forms.Form):
    body = RichTextFormField(label="Texte", max_length=50)


def cleaned(**sent: str) -> Any:
    form = Written(sent)
    return form.cleaned_data["body"] if form.is_valid() else form.errors["body"]


def test_plain_text_typed_without_script_becomes_paragraphs() -> None:
    assert cleaned(body="Un\n\nDeux") == "<p>Un</p><p>Deux</p>"
    assert cleaned(body="<script>x</script>") == "<p>&lt;script&gt;x&lt;/script&gt;</p>"


def test_what_was_formatted_stays_so_while_its_words_stay() -> None:
    assert cleaned(**{"body": "Un mot", "body-html": FORMATTED}) == FORMATTED
    assert cleaned(**{"body": "Un autre", "body-html": FORMATTED}) == "<p>Un autre</p>"
    assert cleaned(**{"body": "", "body-html": FORMATTED}) == ["Ce champ est obligatoire."]


def test_the_editor_sends_its_html_alone() -> None:
    assert cleaned(**{"body-html": "<p onclick=x>Un <b>mot</b></p>"}) == FORMATTED
    assert cleaned(**{"body-html": "<p></p>"}) == ["Ce champ est obligatoire."]


def test_formatting_does_not_count_in_the_length() -> None:
    assert cleaned(**{"body-html": "<p>" + "<b>x</b><i>y</i>" * 25 + "</p>"}).startswith("<p>")
    assert cleaned(body="x" * 51) == ["Ce texte est trop long : 51 caractères, 50 au plus."]
    assert cleaned(body="x" * 900_000) == ["Ce texte est beaucoup trop long : 50 caractères au plus."]
    assert cleaned(**{"body-html": "<p>" * 900_000}) == ["Ce texte est beaucoup trop long : 50 caractères au plus."]


def test_a_form_says_whether_the_text_was_changed() -> None:
    field = Written().fields["body"]
    assert not field.has_changed(FORMATTED, "<p>Un <b>mot</b></p>")
    assert field.has_changed(FORMATTED, "<p>Un mot</p>")
    assert field.has_changed(FORMATTED, "<p>Deux</p>")
    assert field.has_changed(None, FORMATTED)


def test_the_page_holds_both_and_breaks_out_of_neither() -> None:
    html = str(Written(initial={"body": "<p>a</p></textarea><script>x</script>"})["body"])
    assert "\na</textarea>" in html
    assert "</textarea><script>x" not in html
    typed = str(Written({"body": "</textarea><script>x</script>"})["body"])
    assert "<script>x" not in typed
    assert "&lt;/textarea&gt;" in typed


class Kept(models.Model):  # noqa: DJ008 - it has no table
    body = RichTextField(max_length=20, blank=True)

    class Meta:
        app_label = "richtext"
        managed = False


def test_a_model_cleans_however_it_is_written() -> None:
    field = Kept._meta.get_field("body")
    kept = Kept(body="<p onclick=x>Un <b>mot</b></p><script>x</script>")
    assert field.pre_save(kept, True) == kept.body == FORMATTED
    assert field.get_db_prep_save("<p onclick=x>Un</p><script>x</script>", connection=None) == "<p>Un</p>"
    with pytest.raises(ValidationError, match="trop long"):
        field.clean("<p>" + "x" * 21, kept)
    assert isinstance(field.formfield(), RichTextFormField)
    assert field.deconstruct()[1:] == ("core.richtext.fields.RichTextField", [], {"max_length": 20, "blank": True})


def test_what_is_shown_is_checked_again() -> None:
    shown = Template("{% load richtext %}{{ body|rich }}")
    assert shown.render(Context({"body": FORMATTED + "<script>x</script><a href=javascript:x>y</a>"})) == (
        FORMATTED + "<a>y</a>"
    )
    assert shown.render(Context({"body": None})) == ""
    assert "<script" not in shown.render(Context({"body": "<script>" * 100_000}))
