"""The letter box's pages, in French, without a script. Nothing of an e-mail reaches them unescaped."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from string import Template
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from deploy.local.mailbox.store import Attachment, Mail

PARIS = ZoneInfo("Europe/Paris")
PER_PAGE = 50
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)

FRAME = Template("""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>$title – démonstration</title>
<link rel="stylesheet" href="/mailbox.css">
<link rel="icon" href="data:,">
</head>
<body>
<header class="top"><div class="wrap">
<a class="brand" href="/">Courrier de Beffroi</a><strong class="mark">démonstration</strong>
</div></header>
<main class="wrap">
$content
</main>
<footer class="wrap">Démonstration : courriels et SMS restent ici, personne d’autre ne les reçoit.</footer>
</body>
</html>
""")


def listing(mails: Sequence[Mail], to: str, page: int) -> str:
    """Show one page of a list that is sorted already."""
    shown = mails[(page - 1) * PER_PAGE : page * PER_PAGE]
    title = f"Courriels reçus par {to}" if to else "Tous les courriels et SMS envoyés"
    content = [f"<h1>{escape(title)}</h1>", _search(to), f"<p>{_count(len(mails))}</p>"]
    if shown:
        content.append('<ul class="mails">')
        content.extend(_row(mail) for mail in shown)
        content.append("</ul>")
    else:
        content.append('<p class="empty">Aucun courriel pour le moment. Rechargez la page dans quelques secondes.</p>')
    content.append(_pages(to, page, len(mails)))
    return _frame(title, content)


def one(mail: Mail) -> str:
    facts = {
        "De": escape(mail.sender),
        "À": ", ".join(_inbox(to) for to in mail.recipients),
        "Reçu le": f'<time datetime="{mail.received:%Y-%m-%dT%H:%M:%SZ}">{_moment(mail)}</time>',
    }
    content = ['<p><a href="/">Tous les courriels</a></p>', f"<h1>{escape(_subject(mail))}</h1>", '<dl class="facts">']
    content.extend(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts.items())
    content.append("</dl>")
    if mail.text:
        content.append(f'<section><h2>Texte</h2><div class="text">{_linked(mail.text)}</div></section>')
    if mail.html:
        # No script runs in it and it is nobody's page; its links open a page of their own.
        content.append(
            f'<section><h2>Mise en page</h2><iframe src="/courriel/{mail.id}/page" title="Courriel mis en page" '
            'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe></section>'
        )
    content.extend(_files(mail))
    return _frame(_subject(mail), content)


def missing() -> str:
    return _frame("Page introuvable", ["<h1>Page introuvable</h1>", '<p><a href="/">Tous les courriels</a></p>'])


def body(mail: Mail) -> str:
    """Give the e-mail's own page, with its links sent to a new window."""
    base = '<base target="_blank">'
    return HEAD.sub(lambda head: head[0] + base, mail.html, count=1) if HEAD.search(mail.html) else base + mail.html


def _frame(title: str, content: Iterable[str]) -> str:
    return FRAME.substitute(title=escape(title), content="\n".join(content))


def _search(to: str) -> str:
    return (
        '<form method="get" action="/" role="search"><label for="to">Adresse ou numéro du destinataire</label>'
        f'<div><input id="to" name="to" autocomplete="off" value="{escape(to)}">'
        "<button>Afficher</button></div></form>"
    )


def _row(mail: Mail) -> str:
    return (
        f'<li><a href="/courriel/{mail.id}">{escape(_subject(mail))}</a>'
        f"<span>pour {', '.join(_inbox(to) for to in mail.recipients)}</span>"
        f'<time datetime="{mail.received:%Y-%m-%dT%H:%M:%SZ}">{_moment(mail)}</time></li>'
    )


def _inbox(to: str) -> str:
    return f'<a href="/?{urlencode({"to": to})}">{escape(to)}</a>'


def _pages(to: str, page: int, total: int) -> str:
    links = []
    for number, words in ((page - 1, "Plus récents"), (page + 1, "Plus anciens")):
        if 1 <= number <= (total - 1) // PER_PAGE + 1:
            query = urlencode({"to": to, "page": number} if to else {"page": number})
            links.append(f'<a href="/?{escape(query)}">{words}</a>')
    return f'<nav aria-label="Pages">{" ".join(links)}</nav>' if links else ""


def _files(mail: Mail) -> list[str]:
    if not mail.attachments:
        return []
    items = [f"<li>{_file(mail, attachment)}</li>" for attachment in mail.attachments]
    return ["<section><h2>Pièces jointes</h2><ul>", *items, "</ul></section>"]


def _file(mail: Mail, attachment: Attachment) -> str:
    size = max(1, round(len(attachment.content) / 1024))
    return f'<a href="/courriel/{mail.id}/piece/{attachment.number}">{escape(attachment.name)}</a> ({size}\u00a0ko)'


def _linked(text: str) -> str:
    """Escape a text, its addresses turned into links."""
    parts, end = [], 0
    for found in LINK.finditer(text):
        url = escape(found[0])
        parts.append(f'{escape(text[end : found.start()])}<a href="{url}" rel="noreferrer">{url}</a>')
        end = found.end()
    return "".join([*parts, escape(text[end:])])


def _subject(mail: Mail) -> str:
    return mail.subject or "(sans objet)"


def _moment(mail: Mail) -> str:
    return f"{mail.received.astimezone(PARIS):%d/%m/%Y à %H:%M:%S}"


def _count(number: int) -> str:
    return f"{number}\u00a0courriel{'s' if number > 1 else ''}"
