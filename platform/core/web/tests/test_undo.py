"""A message that offers to take back what was done."""

from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory

from core.web import undo


def shown(*messages: Message) -> str:
    request: Any = RequestFactory().get("/")
    return render_to_string("web/components/messages.html", {"messages": messages}, request)


def test_a_message_that_offers_to_take_back_posts_what_it_was_told() -> None:
    tags = undo.packed("/mairie/actualites/reprendre/", {"key": 'a"<b>'})
    html = shown(Message(constants.SUCCESS, "L’actualité est supprimée.", tags))
    assert '<form class="message success" method="post" action="/mairie/actualites/reprendre/">' in html
    assert '<input type="hidden" name="key" value="a&quot;&lt;b&gt;">' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert "Annuler</button>" in html


def test_another_message_has_no_button() -> None:
    html = shown(Message(constants.ERROR, "Non.", "loud"))
    assert '<p class="message loud error">Non.</p>' in html
    assert "<form" not in html


def test_the_offer_is_made_of_plain_words(monkeypatch: Any) -> None:
    said: list[Any] = []
    monkeypatch.setattr(undo.messages, "success", lambda *arguments, **more: said.append((arguments[1:], more)))
    undo.offer(None, "C’est supprimé.", "/x/", key=3)  # type: ignore[arg-type]
    [((sentence,), more)] = said
    found = undo.read(Message(constants.SUCCESS, sentence, more["extra_tags"]))
    assert found == undo.Undo("/x/", {"key": "3"})
