from collections.abc import Callable
from xml.etree import ElementTree

from django.test import Client

from core.tenancy.context import enter
from modules.news import actions
from modules.news.tests.writing import content, published, scheduled, user, withdrawn, written
from tests.cast import Cast

On = Callable[[str], Client]
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = '<b>&amp; "é"</b> ]]> <!--'


def feed(client: Client) -> ElementTree.Element:
    response = client.get("/actualites/fil.atom")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def ids(element: ElementTree.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}id", "") for entry in element.findall(f"{ATOM}entry")]


def test_only_what_is_public_is_fed(cast: Cast, client_on: On) -> None:
    for make in (written, scheduled, withdrawn):
        make(cast.aubin)
    published(cast.belleville)
    item = published(cast.aubin)
    assert ids(feed(client_on(cast.aubin.host))) == [f"urn:uuid:{item.pk}"]


def test_an_empty_feed_is_a_feed(cast: Cast, client_on: On) -> None:
    empty = feed(client_on(cast.aubin.host))
    assert empty.findtext(f"{ATOM}title") == "Actualités de Saint-Aubin"
    assert ids(empty) == []


def test_addresses_are_whole_and_of_this_commune(cast: Cast, client_on: On) -> None:
    item = published(cast.aubin)
    read = feed(client_on(cast.aubin.host))
    links = {link.get("href") for link in read.iter(f"{ATOM}link")}
    origin = f"https://{cast.aubin.host}/actualites/"
    assert links == {origin, f"{origin}fil.atom", f"{origin}{item.pk}/?de=flux"}
    assert read.findtext(f"{ATOM}author/{ATOM}name") == "Mairie de Saint-Aubin"


def test_an_item_keeps_its_identifier_when_it_is_corrected_and_published_again(cast: Cast, client_on: On) -> None:
    item, client = published(cast.aubin), client_on(cast.aubin.host)
    before = feed(client)
    with enter(cast.aubin.schema_name):
        author = user(cast.aubin.editor)
        item = actions.revise(key=item.pk, version=item.version, content=content(title="Mieux"), author=author)
        actions.unpublish(key=item.pk, author=author)
        actions.publish(key=item.pk, author=author)
    after = feed(client)
    assert ids(before) == ids(after)
    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id")
    updated = [read.findtext(f"{ATOM}entry/{ATOM}updated") for read in (before, after)]
    assert updated[0] <= updated[1]  # type: ignore[operator]


def test_anything_typed_is_valid_xml_and_reads_as_typed(cast: Cast, client_on: On) -> None:
    published(cast.aubin, title=f"\x0b{HOSTILE}\ufffe", summary=HOSTILE)
    entry = feed(client_on(cast.aubin.host)).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == HOSTILE
    summary = entry.find(f"{ATOM}summary")
    assert summary is not None
    assert summary.get("type") == "html"
    assert "<b>" not in str(summary.text)


def test_the_newest_twenty_come_newest_first(cast: Cast, client_on: On) -> None:
    items = [published(cast.aubin, title=f"Titre {number}") for number in range(22)]
    assert ids(feed(client_on(cast.aubin.host))) == [f"urn:uuid:{item.pk}" for item in reversed(items[2:])]


def test_the_list_says_where_the_feed_is(cast: Cast, client_on: On) -> None:
    published(cast.aubin)
    html = client_on(cast.aubin.host).get("/actualites/").content.decode()
    assert '<link rel="alternate" type="application/atom+xml" title="Actualités de Saint-Aubin" href="/actualites/fil.atom">' in html  # fmt: skip  # noqa: E501
