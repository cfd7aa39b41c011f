"""The addresses of the API, and one answer to a request: status and object."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from deploy.local.stripe import catalogue, invoicing, paying, people, sessions, subscribing
from deploy.local.stripe.errors import Refused, missing
from deploy.local.stripe.forms import decoded
from deploy.local.stripe.state import VERSION, Stripe, Thing, listed

Answer = Callable[..., Thing]
HIDDEN = ("kept",)


def events(stripe: Stripe, given: dict[str, Any]) -> Thing:
    return listed(stripe.events, given, "/v1/events")


def event(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    found = next((each for each in stripe.events if each["id"] == identifier), None)
    if found is None:
        raise missing("event", identifier)
    return found


_TABLE: tuple[tuple[str, str, Answer], ...] = (
    ("POST", "customers", people.create),
    ("GET", "customers", people.every),
    ("GET", "customers/:id", people.retrieve),
    ("POST", "customers/:id", people.update),
    ("DELETE", "customers/:id", people.delete),
    ("GET", "customers/:id/payment_methods", people.methods),
    ("GET", "payment_methods/:id", people.method),
    ("POST", "payment_methods/:id/detach", people.detach),
    ("GET", "mandates/:id", people.mandate),
    ("GET", "setup_intents", people.setups),
    ("GET", "setup_intents/:id", people.setup),
    ("POST", "products", catalogue.create_product),
    ("GET", "products/:id", catalogue.product),
    ("POST", "products/:id", catalogue.update_product),
    ("POST", "prices", catalogue.create_price),
    ("GET", "prices", catalogue.prices),
    ("GET", "prices/:id", catalogue.price),
    ("POST", "subscriptions", subscribing.create),
    ("GET", "subscriptions", subscribing.every),
    ("GET", "subscriptions/:id", subscribing.retrieve),
    ("POST", "subscriptions/:id", subscribing.update),
    ("DELETE", "subscriptions/:id", subscribing.cancel),
    ("POST", "invoiceitems", invoicing.add_item),
    ("POST", "invoices", invoicing.create),
    ("GET", "invoices", invoicing.every),
    ("GET", "invoices/:id", invoicing.retrieve),
    ("DELETE", "invoices/:id", invoicing.delete),
    ("POST", "invoices/:id/finalize", invoicing.finalize),
    ("POST", "invoices/:id/pay", paying.pay_invoice),
    ("POST", "invoices/:id/void", invoicing.void),
    ("GET", "invoice_payments", paying.invoice_payments),
    ("GET", "payment_intents", paying.intents),
    ("GET", "payment_intents/:id", paying.retrieve),
    ("GET", "charges/:id", paying.charge),
    ("POST", "refunds", paying.refund),
    ("GET", "refunds", paying.refunds),
    ("GET", "refunds/:id", paying.retrieve_refund),
    ("GET", "disputes", paying.disputes),
    ("GET", "disputes/:id", paying.retrieve_dispute),
    ("POST", "checkout/sessions", sessions.create),
    ("GET", "checkout/sessions", sessions.every),
    ("GET", "checkout/sessions/:id", sessions.retrieve),
    ("POST", "checkout/sessions/:id/expire", sessions.expire),
    ("POST", "billing_portal/sessions", sessions.portal),
    ("GET", "events", events),
    ("GET", "events/:id", event),
)
_ROUTES = [(method, re.compile(f"/v1/{path.replace(':id', '([^/]+)')}"), answer) for method, path, answer in _TABLE]


def answered(stripe: Stripe, method: str, url: str, body: str, headers: dict[str, str]) -> tuple[int, Any]:
    """Do what is asked; `headers` have lower-case names. The same idempotency key gives the same answer."""
    with stripe.lock:
        try:
            _known(stripe, headers)
            key = headers.get("idempotency-key", "") if method == "POST" else ""
            asked = f"{method} {url} {body}"
            if key and (before := stripe.answers.get(key)):
                return _again(before, asked)
            stripe.request = {"id": f"req_{len(stripe.answers)}", "idempotency_key": key or None}
            status, said = _done(stripe, method, url, body)
            if key:
                stripe.answers[key] = (asked, status, said)
            return status, said
        except Refused as refused:
            return refused.status, refused.envelope()


def _known(stripe: Stripe, headers: dict[str, str]) -> None:
    scheme, _space, key = headers.get("authorization", "").partition(" ")
    if scheme != "Bearer" or key != stripe.secret_key:
        raise Refused(f"Invalid API Key provided: {key[:7]}***", status=401)
    asked = headers.get("stripe-version", VERSION)
    if asked != VERSION:
        raise Refused(f"Invalid Stripe API version: {asked}")


def _again(before: tuple[str, int, Any], asked: str) -> tuple[int, Any]:
    first, status, said = before
    if first != asked:
        message = "Keys for idempotent requests can only be used with the same parameters they were first used with."
        return 400, Refused(message, kind="idempotency_error").envelope()
    return status, said


def _done(stripe: Stripe, method: str, url: str, body: str) -> tuple[int, Any]:
    """What was refused is remembered under its key too, as a real Stripe does once it began."""
    parts = urlsplit(url)
    for verb, pattern, answer in _ROUTES:
        if verb == method and (match := pattern.fullmatch(parts.path)):
            try:
                given = decoded(parts.query if method != "POST" else body)
                return 200, _expanded(stripe, seen(answer(stripe, given, *match.groups())), given)
            except Refused as refused:
                return refused.status, json.loads(json.dumps(refused.envelope()))
    raise Refused(f"Unrecognized request URL ({method}: {parts.path}).", status=404)


def _expanded(stripe: Stripe, said: Any, given: dict[str, Any]) -> Any:
    """The objects that are asked for in the place of their ids."""
    for name in given.get("expand", []):
        if said.get(name) in stripe.held:
            said[name] = seen(stripe.held[said[name]])
    return said


def seen(thing: Thing) -> Any:
    """An object as it is sent, apart from the one that is kept."""
    if thing.get("object") == "list":
        return {**thing, "data": [seen(each) for each in thing["data"]]}
    return json.loads(json.dumps({name: value for name, value in thing.items() if name not in HIDDEN}))
