"""One's own account: a name, what is kept, and leaving."""

from collections.abc import Callable

from django.test import Client

from core.accounts.actions import GONE
from core.accounts.models import RoleGrant, User
from core.audit.actions import record
from core.audit.models import Entry
from core.delivery.actions import send_email
from core.delivery.models import OutgoingEmail
from modules.news.actions import publish
from modules.news.models import NewsItem
from space.tests.conftest import Inside
from tests.cast import Cast

PAGE = "/compte/"
DELETE = "/compte/supprimer/"
Of = Callable[..., Client]


def test_a_name_is_kept_without_its_useless_spaces(resident: Client, cast: Cast, inside: Inside) -> None:
    assert resident.post(PAGE, {"name": "  Camille   Durand "})["Location"] == PAGE
    with inside():
        assert User.objects.get(pk=cast.aubin.resident.id).name == "Camille Durand"
    resident.post(PAGE, {"name": ""})
    assert "resident" in resident.get(PAGE).content.decode()


def test_a_name_too_long_is_refused_and_comes_back(resident: Client) -> None:
    answer = resident.post(PAGE, {"name": "é" * 121})
    assert answer.status_code == 422
    assert "é" * 121 in answer.content.decode()
    assert resident.post(PAGE, {"name": "Ca\0mille"}).status_code == 422


def test_the_page_says_what_is_kept_and_why(editor: Client, cast: Cast, inside: Inside) -> None:
    with inside():
        author = User.objects.get(pk=cast.aubin.editor.id)
        NewsItem.objects.create(title="Un titre", summary="Résumé", body="Texte.", author=author)
    page = editor.get(PAGE).content.decode()
    assert "Actualité écrite" in page
    assert "Savoir qui, à la mairie, a écrit" in page
    assert "Gardé 60 mois." in page


def test_leaving_erases_the_person_and_leaves_what_the_mairie_published(
    editor: Client, cast: Cast, anyone: Client, inside: Inside
) -> None:
    with inside():
        author = User.objects.get(pk=cast.aubin.editor.id)
        item = NewsItem.objects.create(title="La fontaine", summary="Place", body="Texte.", author=author)
        publish(key=item.pk, author=author)
        record("accounts.role_granted", target=author.email, author=None, role="editor")
        send_email("login_code", to=author.email, context={"code": "123456", "minutes": 15})
        RoleGrant.objects.create(user_id=cast.aubin.resident.id, role="editor", author=author.email)
    assert "editor@aubin.example" in editor.get(DELETE).content.decode()
    answer = editor.post(DELETE, follow=True)
    assert "Votre compte est supprimé." in answer.content.decode()
    assert editor.get(PAGE).status_code == 302
    assert anyone.get(f"/actualites/{item.pk}/").status_code == 200
    with inside():
        assert not User.objects.filter(pk=cast.aubin.editor.id).exists()
        assert not OutgoingEmail.objects.exists()
        told = {(entry.author, entry.target) for entry in Entry.objects.all()}
        assert not {each for each in told if "editor@aubin.example" in each}
        assert (GONE, "La fontaine") in told
        assert RoleGrant.objects.get(user=cast.aubin.resident.id).author == GONE


def test_the_last_administrator_is_told_what_to_do_first(administrator: Client, cast: Cast, inside: Inside) -> None:
    answer = administrator.post(DELETE)
    assert answer.status_code == 409
    assert "Personne d’autre n’administre cet espace" in answer.content.decode()
    assert administrator.get(PAGE).status_code == 200
    with inside():
        RoleGrant.objects.create(user_id=cast.aubin.editor.id, role="administrator", author="test")
    assert administrator.post(DELETE)["Location"] == "/"


def test_looking_at_the_page_deletes_nothing(resident: Client) -> None:
    for _ in range(2):
        assert resident.get(DELETE).status_code == 200
    assert resident.get(PAGE).status_code == 200


def test_signing_out_takes_a_sent_form(resident: Client) -> None:
    assert resident.get("/deconnexion/").status_code == 405
    assert resident.get(PAGE).status_code == 200
    assert resident.post("/deconnexion/")["Location"] == "/"
    assert resident.get(PAGE).status_code == 302


def test_each_role_is_told_in_a_sentence(resident: Client, editor: Client, administrator: Client) -> None:
    assert "Vous lisez l’espace de la commune" in resident.get(PAGE).content.decode()
    assert "Vous écrivez et publiez au nom de la mairie." in editor.get(PAGE).content.decode()
    assert "Vous administrez l’espace de la commune" in administrator.get(PAGE).content.decode()
