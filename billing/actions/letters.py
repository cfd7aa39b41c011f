"""What the mairie, its accountant and whoever asked for a quote are written: who, and in which words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from billing.models import Account, Invoice, Order, Quote, Subscription
from billing.prices import euros
from billing.queries.money import outstanding
from core.accounts.models import User
from core.delivery.actions import send_email
from core.tenancy.context import enter, entered
from core.tenancy.here import OPERATOR
from core.web.french import day, of_commune, typographic
from tenants.hosts import portal_url, space_url
from tenants.models import Space

TEMPLATE = "billing_letter"
OFFICE = "/mairie/abonnement/"
DOCUMENTS = f"{OFFICE}documents/"


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail: a title, its paragraphs, words of somebody else, and the one thing to do."""

    title: str
    paragraphs: tuple[str, ...]
    action: str = ""
    url: str = ""
    quoted: str = ""
    why: str = ""


def write(letter: Letter, addresses: Iterable[str]) -> None:
    """In the operator's name: the commune's own mail speaks for the mairie. Each address once."""
    with entered(OPERATOR):
        for address in sorted({each.lower() for each in addresses if each}):
            send_email(TEMPLATE, to=address, context={"letter": letter}, reply_to=settings.OPERATOR_EMAIL)


def readers(subscription: Subscription) -> list[str]:
    """Who reads what is said of a subscription: those its papers go to, and those who administer the space."""
    kept = list(subscription.account.recipients.values_list("email", flat=True))
    return sorted({*kept, *(administrators(subscription.space) if subscription.space else ())})


def payers(invoice: Invoice) -> list[str]:
    """Who is written to of an invoice: those its payer's papers go to, those who administer the space of a commune that
    pays for itself; where there is nobody, whoever ordered, the mairie, or the operator who will have to send it."""
    account = invoice.account
    kept = set(account.recipients.values_list("email", flat=True))
    if account.kind == Account.Kind.COMMUNE:
        space = Space.objects.filter(commune=account.commune_id).first()
        kept |= set(administrators(space)) if space else set()
    ordered = _order_of_who_pays(invoice)
    return sorted(kept) or [ordered.email if ordered else account.official_email or settings.OPERATOR_EMAIL]


def _order_of_who_pays(invoice: Invoice) -> Order | None:
    """None of one that pays for what another ordered, since a merger."""
    order = invoice.order
    return order if order and order.quote.account_id == invoice.account_id else None


def administrators(space: Space) -> list[str]:
    """Where those who answer for a commune read their mail."""
    with enter(space.schema_name):
        return sorted(User.objects.administrators().values_list("email", flat=True))


def quote_url(key: object) -> str:
    """The page where whoever holds this address reads a quote, orders it and finds its papers."""
    return portal_url(f"/devis/{key}/")


def _documents(invoice: Invoice) -> str:
    """Where its payer reads an invoice: the office of its space, or the page of what it ordered."""
    space = Space.objects.filter(commune=invoice.account.commune_id).first() if invoice.account.commune_id else None
    if space is not None:
        return space_url(space, DOCUMENTS)
    ordered = _order_of_who_pays(invoice)
    return quote_url(ordered.quote_id) if ordered else ""


def _office(subscription: Subscription, path: str = OFFICE) -> str:
    return space_url(subscription.space, path) if subscription.space else ""


def _name(subscription: Subscription) -> str:
    return of_commune(subscription.commune.name)


def _payer(invoice: Invoice) -> str:
    return typographic(invoice.account.name)


def _in(days: int) -> str:
    """« aujourd’hui », « demain », « dans 7 jours »."""
    if days < 2:
        return _("demain") if days else _("aujourd’hui")
    return _("dans %(days)s jours") % {"days": days}


def _for_readers() -> str:
    return _("Vous recevez ce message parce que vous administrez l’espace de la commune ou recevez ses factures.")


def _for_payers() -> str:
    return _("Vous recevez ce message parce que vous recevez les factures de qui paie, ou avez passé la commande.")


def _for_asker() -> str:
    return _("Vous recevez ce message parce que vous avez demandé un devis à cette adresse.")


def _for_orderer() -> str:
    return _("Vous recevez ce message parce que cette adresse a été donnée pour commander.")


def quote_made(quote: Quote, url: str) -> Letter:
    said = {"number": quote.number, "total": euros(quote.net + quote.vat), "until": day(quote.valid_until)}
    return Letter(
        _("Votre devis %(number)s") % said,
        (
            _("Il s’élève à %(total)s TTC et il est valable jusqu’au %(until)s.") % said,
            _("Sur sa page : le PDF, le projet de délibération, et de quoi commander. Gardez ce lien pour vous."),
        ),
        _("Ouvrir le devis"),
        url,
        why=_for_asker(),
    )


def order_received(order: Order, url: str) -> Letter:
    return Letter(
        _("Commande %(number)s : bien reçue") % {"number": order.number},
        (_("Nous la relisons et vous répondons par e-mail. Rien n’est facturé d’ici là."),),
        _("Suivre la commande"),
        url,
        why=_for_orderer(),
    )


def order_accepted(order: Order, url: str) -> Letter:
    """Once its terms are written."""
    term = order.terms.first()
    if term is None:
        given = _("Ce qui est commandé est à la commune.")
    else:
        said = {"first": day(term.first), "last": day(term.last)}
        given = _("L’abonnement va du %(first)s au %(last)s, sans reconduction tacite.") % said
    return Letter(
        _("Commande %(number)s : acceptée") % {"number": order.number},
        (given, _("La confirmation, un PDF, est sur la page du devis.")),
        _("Lire la confirmation"),
        url,
        why=_for_orderer(),
    )


def order_refused(order: Order, url: str) -> Letter:
    return Letter(
        _("Commande %(number)s : nous ne pouvons pas l’accepter") % {"number": order.number},
        (_("Voici pourquoi. Rien n’est facturé. Vous pouvez répondre à ce message, ou demander un nouveau devis."),),
        _("Revoir le devis"),
        url,
        quoted=order.refusal,
        why=_for_orderer(),
    )


def invoice_issued(invoice: Invoice) -> Letter:
    said = {"number": invoice.number, "total": euros(abs(invoice.total)), "due": day(invoice.due_on)}
    said["of"] = _payer(invoice)
    if invoice.kind == Invoice.Kind.CREDIT_NOTE:
        title, text = _("Avoir %(number)s"), _("%(of)s : %(total)s TTC vous reviennent.")
    else:
        title, text = _("Facture %(number)s"), _("%(of)s : %(total)s TTC, à payer avant le %(due)s.")
    return Letter(
        title % said,
        (text % said, _("Le fichier Factur-X (un PDF) est avec vos documents ; il ne vaut pas dépôt sur Chorus Pro.")),
        _("Ouvrir les documents"),
        _documents(invoice),
        why=_for_payers(),
    )


def trial_ends(subscription: Subscription, days: int) -> Letter:
    last = day(subscription.trial_until)
    if days:
        title = _("L’essai %(of)s se termine %(when)s") % {"of": _name(subscription), "when": _in(days)}
    else:
        title = _("Dernier jour de l’essai %(of)s") % {"of": _name(subscription)}
    return Letter(
        title,
        (
            _("Il va jusqu’au %(last)s. Ensuite les habitants lisent encore, mais la mairie n’écrit plus, "
              "sauf les alertes.") % {"last": last},
            _("Commandez ce qui vous sert, ou demandez un devis pour le conseil. Rien ne se commande tout seul."),
        ),
        _("Voir l’abonnement"),
        _office(subscription),
        why=_for_readers(),
    )  # fmt: skip


def term_ends(subscription: Subscription, last: date, days: int) -> Letter:
    said = {"of": _name(subscription), "when": _in(days), "last": day(last)}
    return Letter(
        _("L’abonnement %(of)s se termine %(when)s") % said,
        (
            _("Il va jusqu’au %(last)s, sans reconduction tacite : pour continuer, il faut une nouvelle commande.")
            % said,
            _("Sans elle, les habitants pourront encore lire, mais la mairie ne pourra plus écrire, sauf les alertes."),
        ),
        _("Renouveler ou demander un devis"),
        _office(subscription),
        why=_for_readers(),
    )


def invoice_late(invoice: Invoice) -> Letter:
    left = outstanding(invoice)
    said = {"number": invoice.number, "left": euros(left), "due": day(invoice.due_on), "of": _payer(invoice)}
    if left < invoice.total:
        text = _("%(of)s : il en reste %(left)s TTC, qui devaient être payés le %(due)s.")
    else:
        text = _("%(of)s : elle s’élève à %(left)s TTC et devait être payée le %(due)s.")
    return Letter(
        _("Facture %(number)s : nous n’avons pas vu son paiement") % said,
        (
            text % said,
            _("Rien n’est coupé, ni les alertes ni le reste. Si elle est mandatée, oubliez ce message."),
        ),
        _("Ouvrir les documents"),
        _documents(invoice),
        why=_for_payers(),
    )


def reading_only(subscription: Subscription, until: date) -> Letter:
    return Letter(
        _("L’espace %(of)s se lit encore, mais ne s’écrit plus") % {"of": _name(subscription)},
        (
            _("Plus rien n’est commandé. Les alertes marchent toujours. Rien n’est effacé jusqu’au %(until)s inclus.")
            % {"until": day(until)},
            _("D’ici là, commandez pour tout retrouver, ou emportez tout ce que la commune a écrit."),
        ),
        _("Voir l’abonnement"),
        _office(subscription),
        why=_for_readers(),
    )


def erasure_near(subscription: Subscription, until: date, days: int) -> Letter:
    said = {"of": _name(subscription), "when": _in(days), "until": day(until)}
    return Letter(
        _("L’espace %(of)s sera effacé %(when)s") % said,
        (
            _("Il se lit jusqu’au %(until)s inclus, puis tout est effacé, sans retour possible.") % said,
            _("Emportez ce que la commune a écrit, ou commandez pour continuer."),
        ),
        _("Emporter les données"),
        _office(subscription, "/mairie/export/"),
        why=_for_readers(),
    )


def erased(commune: str, number: str, url: str) -> Letter:
    return Letter(
        _("L’espace %(of)s est effacé") % {"of": of_commune(commune)},
        (
            _("Le certificat %(number)s dit ce qui a été effacé, et ce que la loi nous fait garder.")
            % {"number": number},
            _("La commune peut ouvrir un nouvel espace quand elle veut."),
        ),
        _("Lire le certificat"),
        url,
        why=_("Vous recevez ce message parce que cette adresse est celle de la mairie, ou recevait ses factures."),
    )
