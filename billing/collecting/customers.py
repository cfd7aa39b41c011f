"""Payers as customers of Stripe, and the means of payment that they gave it.

No address of e-mail goes with them: Stripe has nobody to write to. A payer has one means of payment, the last given.
"""

from typing import Any
from uuid import UUID

import stripe
from django.db import transaction

from billing.collecting.client import api, every, once, plain
from billing.collecting.locking import locked
from billing.models import Account
from billing.models.account import Method

KINDS = (Method.SEPA.value, Method.CARD.value)
AUTHOR, MISSING = "Stripe", "resource_missing"


def mirror(account: Account) -> str:
    """The id of its customer, made once, with its name and address as they are now."""
    found = _held(account) if account.stripe_customer else None
    if found is None:
        found = _made(account)
        Account.objects.filter(pk=account.pk).update(stripe_customer=found["id"], stripe_payment_method="")
        account.stripe_customer, account.stripe_payment_method = found["id"], ""
    facts = facts_of(account)
    if not says(found, facts):
        api().customers.update(found["id"], facts)
    return account.stripe_customer


def facts_of(account: Account) -> dict[str, Any]:
    """What Stripe is told of a payer: what any invoice says of it."""
    address = {"line1": account.street, "postal_code": account.postal_code, "city": account.city, "country": "FR"}
    return {
        "name": account.name,
        "address": {name: value for name, value in address.items() if value},
        "description": f"SIRET {account.siret}" if account.siret else None,
    }


def says(found: Any, facts: Any) -> bool:
    """Whether an object of Stripe's says these things, whatever else it says."""
    if not isinstance(facts, dict):
        return bool(found == facts)
    return isinstance(found, dict) and all(says(found.get(name), value) for name, value in facts.items())


def _held(account: Account) -> dict[str, Any] | None:
    """None when Stripe has it no more, or never had: keys of another account of Stripe's know none of it."""
    try:
        found = plain(api().customers.retrieve(account.stripe_customer))
    except stripe.InvalidRequestError as error:
        if error.code != MISSING:
            raise
        return None
    return None if found.get("deleted") else found


def _made(account: Account) -> dict[str, Any]:
    """Asked again after a crash, it is the same one; a deleted one is followed by another."""
    key = f"customer-{account.pk}"
    while True:
        made = plain(api().customers.create({"metadata": {"account": str(account.pk)}}, once(key)))
        found = plain(api().customers.retrieve(made["id"]))
        if not found.get("deleted"):
            return found
        key += f"-{made['id']}"


def adopted(customer: str) -> Account | None:
    """The payer of one that was made by a call whose answer we lost."""
    found = plain(api().customers.retrieve(customer))
    try:
        name = UUID((found.get("metadata") or {}).get("account", ""))
    except ValueError:
        return None
    account = Account.objects.filter(pk=name).first()
    if found.get("deleted") or account is None or (account.stripe_customer and _held(account)):
        return None
    Account.objects.filter(pk=name).update(stripe_customer=customer, stripe_payment_method="")
    return account


@transaction.atomic
def follow(account: Account) -> bool:
    """Bring the payer's means of payment to what Stripe says; whether that changed anything here."""
    account = locked(account)
    before = (account.stripe_customer, account.stripe_payment_method, account.method)
    if not account.stripe_customer:
        return False
    found = _held(account)
    if found is None:
        account.stripe_customer = ""
    given = _given(account.stripe_customer) if found is not None else []
    for old in given[1:]:
        api().payment_methods.detach(old["id"])
    account.stripe_payment_method = given[0]["id"] if given else ""
    if given:
        account.method = given[0]["type"]
    elif account.method in KINDS:
        account.method = Method.TRANSFER
    if before == (account.stripe_customer, account.stripe_payment_method, account.method):
        return False
    account.changed_by = AUTHOR
    account.save(update_fields=["stripe_customer", "stripe_payment_method", "method", "changed_at", "changed_by"])
    return True


def _given(customer: str) -> list[dict[str, Any]]:
    """The means of payment that a customer gave for later, the last first."""
    return [each for each in _methods(customer) if each["type"] in KINDS]


def _methods(customer: str) -> list[dict[str, Any]]:
    return list(every(_Of(api().customers.payment_methods, customer)))


class _Of:
    """The list of one customer, as other lists are asked."""

    def __init__(self, service: Any, customer: str) -> None:
        self.service, self.customer = service, customer

    def list(self, asked: dict[str, Any]) -> Any:
        return self.service.list(self.customer, asked)
