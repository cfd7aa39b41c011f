"""What the pages' buttons do: a person pays or gives up, a bank answers, a customer contests."""

from typing import Any

from deploy.local.stripe import paying, people, sessions
from deploy.local.stripe.errors import missing
from deploy.local.stripe.state import Stripe, Thing
from deploy.local.stripe.webhooks import Teller

# Which digits each choice of the pages stands for.
CHOICES = {
    "card": ("card", "4242"),
    "card-refused": ("card", "0002"),
    "sepa": ("sepa_debit", "2606"),
    "sepa-refused": ("sepa_debit", "2607"),
}


def act(teller: Teller, stripe: Stripe, ways: list[str], given: dict[str, Any]) -> str:
    """Do it, and give the address to go to."""
    match ways:
        case ["session", name]:
            return _session(stripe, stripe.get("checkout.session", name), given)
        case ["portail", name]:
            return _portal(stripe, stripe.get("billing_portal.session", name), given)
        case ["debit", name]:
            paying.settle(stripe, stripe.get("payment_intent", name), paid=given.get("issue") == "paye")
            return "/"
        case ["rembourser", name]:
            paying.refund(stripe, {"payment_intent": name})
            return "/"
        case ["contester", name]:
            paying.dispute(stripe, stripe.get("payment_intent", name))
            return "/"
        case ["reglages"]:
            teller.manners.double = "double" in given
            teller.manners.shuffle = "shuffle" in given
            teller.manners.drop = "drop" in given
            teller.manners.delay = 10.0 if "late" in given else 0.0
            return "/"
        case ["effacer"]:
            stripe.reset()
            return "/"
    raise missing("page", "/".join(ways))


def _session(stripe: Stripe, found: Thing, given: dict[str, Any]) -> str:
    back = str(found["success_url"]).replace("{CHECKOUT_SESSION_ID}", found["id"])
    if found["status"] != "open":
        return back
    if given.get("choix") == "cancel":
        return str(found["cancel_url"] or found["success_url"])
    kind, last4 = CHOICES.get(str(given.get("moyen")), CHOICES["card"])
    if given.get("choix") == "refuse":
        last4 = "0002" if kind == "card" else "2607"
    if kind not in found["payment_method_types"]:
        kind, last4 = found["payment_method_types"][0], "2606"
    taken = sessions.complete(stripe, found, kind, last4)
    return back if taken else f"/session/{found['id']}"


def _portal(stripe: Stripe, found: Thing, given: dict[str, Any]) -> str:
    if given.get("choix") == "back":
        return str(found["return_url"])
    method = stripe.get("payment_method", given.get("moyen"))
    if method["customer"] == found["customer"]:
        people.detach(stripe, {}, method["id"])
    return f"/portail/{found['id']}"
