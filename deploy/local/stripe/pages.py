"""Pages in French, without a script: paying, setting up, the customer's page, and what a bank would decide."""

from collections.abc import Iterable
from html import escape
from string import Template

from deploy.local.stripe.state import Stripe, Thing
from deploy.local.stripe.webhooks import Teller

FRAME = Template("""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>$title – démonstration</title>
<link rel="stylesheet" href="/stripe.css">
<link rel="icon" href="data:,">
</head>
<body>
<header class="top"><div class="wrap">
<span class="brand">Paiement simulé</span><strong class="mark">démonstration</strong>
</div></header>
<main class="wrap">
$content
</main>
<footer class="wrap">Démonstration : ce n’est pas Stripe, aucune somme n’est demandée à personne.</footer>
</body>
</html>
""")
MEANS = {
    "card": ("card", "Carte bancaire", "carte fictive qui finit par 4242"),
    "sepa": ("sepa_debit", "Prélèvement SEPA", "compte fictif qui finit par 2606, débité en une demi-minute"),
}
STATES = {
    "processing": "en cours à la banque",
    "succeeded": "reçu",
    "requires_payment_method": "refusé",
    "canceled": "annulé",
}
MANNERS = {
    "double": "Deux fois chaque",
    "shuffle": "Dans le désordre",
    "late": "Avec dix secondes de retard",
    "drop": "Perdus",
}


def session(stripe: Stripe, found: Thing) -> str:
    """The page where somebody pays, or gives a means of payment."""
    setting = found["mode"] == "setup"
    title = "Enregistrer un moyen de paiement" if setting else "Payer une facture"
    if found["status"] != "open":
        words = "Cette page a déjà servi, ou elle a expiré. Revenez à votre abonnement."
        return _frame(title, [f"<h1>{title}</h1>", f"<p>{words}</p>"])
    who = stripe.get("customer", found["customer"])
    content = [f"<h1>{title}</h1>", '<dl class="facts">', _fact("Pour", who.get("name") or "")]
    if not setting:
        content.append(_fact("Montant", euros(found["amount_total"])))
    for name, value in sorted(found["metadata"].items()):
        if name == "number":
            content.append(_fact("Facture", value))
    content.append("</dl>")
    if _was_refused(stripe, found):
        content.append('<p class="warn" role="alert">Le moyen de paiement a été refusé. Essayez-en un autre.</p>')
    content += [f'<form method="post" action="/session/{found["id"]}">', "<fieldset><legend>Moyen de paiement</legend>"]
    known = [key for key, (kind, _label, _hint) in MEANS.items() if kind in found["payment_method_types"]]
    for index, key in enumerate(known):
        _kind, label, hint = MEANS[key]
        checked = " checked" if index == 0 else ""
        button = f'<input type="radio" name="moyen" value="{key}"{checked}>'
        content.append(f"<label>{button} <b>{label}</b> <small>{hint}</small></label>")
    pay = "Enregistrer" if setting else f"Payer {euros(found['amount_total'])}"
    content += [
        "</fieldset>",
        f'<div class="buttons"><button name="choix" value="pay">{pay}</button>',
        '<button class="quiet" name="choix" value="refuse">Refuser</button>',
        '<button class="quiet" name="choix" value="cancel">Annuler</button></div></form>',
        "<p><small>« Refuser » fait répondre non à la banque ; « Annuler » revient sans rien faire.</small></p>",
    ]
    return _frame(title, content)


def portal(stripe: Stripe, found: Thing) -> str:
    held = list(stripe.all("payment_method", customer=found["customer"]))
    content = ["<h1>Votre moyen de paiement</h1>"]
    if not held:
        content.append("<p>Aucun moyen de paiement n’est enregistré.</p>")
    content.append(f'<form method="post" action="/portail/{found["id"]}"><ul class="rows">')
    for method in held:
        name = "Prélèvement SEPA" if method["type"] == "sepa_debit" else "Carte"
        words = f"{name} qui finit par {method[method['type']]['last4']}"
        content.append(f'<li>{words} <button class="quiet" name="moyen" value="{method["id"]}">Retirer</button></li>')
    content.append('</ul><button name="choix" value="back">Revenir à l’abonnement</button></form>')
    return _frame("Votre moyen de paiement", content)


def home(stripe: Stripe, teller: Teller) -> str:
    """What is going on, and what a bank or a customer might do."""
    content = ["<h1>Paiement simulé</h1>", "<section><h2>Paiements</h2>"]
    payments = list(stripe.all("payment_intent"))[::-1][:30]
    content.append(_rows((_payment(stripe, each) for each in payments), "Aucun paiement pour le moment."))
    content += ["</section><section><h2>Factures recopiées</h2>"]
    invoices = list(stripe.all("invoice"))[::-1][:30]
    content.append(_rows((_invoice(each) for each in invoices), "Aucune facture pour le moment."))
    content += ["</section><section><h2>Événements</h2>"]
    told = dict(teller.tried)
    events = stripe.events[::-1][:20]
    lines = (
        f"<li><code>{each['type']}</code> <small>réponse {told.get(each['id'], '–')}</small></li>" for each in events
    )
    content.append(_rows(lines, "Aucun événement pour le moment."))
    content.append('</section><section><h2>Comment ils arrivent</h2><form method="post" action="/reglages"><fieldset>')
    content.append("<legend>À partir de maintenant</legend>")
    on = {"double": teller.manners.double, "shuffle": teller.manners.shuffle, "drop": teller.manners.drop}
    on["late"] = teller.manners.delay > 0
    for key, words in MANNERS.items():
        checked = " checked" if on[key] else ""
        content.append(f'<label><input type="checkbox" name="{key}" value="1"{checked}> {words}</label>')
    content.append("</fieldset><button>Régler</button></form>")
    content.append('<form method="post" action="/effacer"><button class="quiet">Tout oublier</button></form></section>')
    return _frame("Paiement simulé", content)


def missing() -> str:
    return _frame("Page introuvable", ["<h1>Page introuvable</h1>", '<p><a href="/">Paiements</a></p>'])


def refused(words: str) -> str:
    return _frame("Impossible", ["<h1>Impossible</h1>", f"<p>{escape(words)}</p>", '<p><a href="/">Paiements</a></p>'])


def euros(cents: int) -> str:
    whole = f"{abs(cents) // 100:,}".replace(",", "\u202f")
    return f"{'−' if cents < 0 else ''}{whole},{abs(cents) % 100:02}\u00a0€"


def _payment(stripe: Stripe, found: Thing) -> str:
    who = stripe.held.get(found["customer"], {}).get("name") or "client effacé"
    words = f"{euros(found['amount'])} de {escape(who)}, {STATES.get(found['status'], found['status'])}"
    buttons = ""
    if found["status"] == "processing":
        buttons = _button(f"/debit/{found['id']}", "Encaisser", "paye") + _button(
            f"/debit/{found['id']}", "Rejeter", "non"
        )
    elif found["status"] == "succeeded":
        buttons = _button(f"/rembourser/{found['id']}", "Rembourser") + _button(
            f"/contester/{found['id']}", "Contester"
        )
    return f"<li>{words} {buttons}</li>"


def _invoice(found: Thing) -> str:
    words = {"draft": "brouillon", "open": "à payer", "paid": "payée", "void": "annulée"}.get(found["status"], "")
    name = found["metadata"].get("number") or found["number"] or found["id"]
    return f"<li>{escape(name)} : {euros(found['total'])}, {words}</li>"


def _button(url: str, words: str, value: str = "") -> str:
    return (
        f'<form method="post" action="{url}"><button class="quiet" name="issue" value="{value}">{words}</button></form>'
    )


def _rows(lines: Iterable[str], otherwise: str) -> str:
    found = list(lines)
    return f'<ul class="rows">{"".join(found)}</ul>' if found else f"<p>{otherwise}</p>"


def _was_refused(stripe: Stripe, found: Thing) -> bool:
    if found["mode"] == "setup":
        return bool(stripe.get("setup_intent", found["setup_intent"])["last_setup_error"])
    tried = stripe.all("payment_intent", customer=found["customer"], metadata=found["kept"])
    return any(each["last_payment_error"] and each["created"] >= found["created"] for each in tried)


def _fact(name: str, value: str) -> str:
    return f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>"


def _frame(title: str, content: Iterable[str]) -> str:
    return FRAME.substitute(title=escape(title), content="\n".join(content))
