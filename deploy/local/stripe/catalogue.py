"""Products and prices."""

from typing import Any

from deploy.local.stripe.errors import Refused
from deploy.local.stripe.forms import needed, only, truth, whole
from deploy.local.stripe.state import Stripe, Thing, listed, merged

_PRODUCT: dict[str, Any] = {
    "active": True, "default_price": None, "description": None, "images": [], "marketing_features": [],
    "package_dimensions": None, "shippable": None, "statement_descriptor": None, "tax_code": None, "type": "service",
    "unit_label": None, "url": None,
}  # fmt: skip
_INTERVALS = ("day", "week", "month", "year")


def create_product(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "id", "name", "description", "metadata", "active")
    identifier = given.get("id", "")
    if identifier in stripe.held:
        raise Refused(f"Product already exists: {identifier}", code="resource_already_exists", param="id")
    facts = _PRODUCT | {"name": needed(given, "name"), "metadata": merged(None, given.get("metadata"))}
    made = stripe.make("product", identifier, **facts, updated=stripe.moment())
    stripe.event("product.created", made)
    return made


def update_product(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    only(given, "name", "description", "metadata", "active")
    found = stripe.living("product", identifier)
    found |= {"name": given.get("name", found["name"]), "active": truth(given, "active", found["active"])}
    found |= {"metadata": merged(found["metadata"], given.get("metadata")), "updated": stripe.moment()}
    stripe.event("product.updated", found)
    return found


def product(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    return stripe.get("product", identifier)


def create_price(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "currency", "product", "unit_amount", "recurring", "lookup_key", "tax_behavior", "metadata", "nickname",
         "transfer_lookup_key")  # fmt: skip
    sold = stripe.living("product", needed(given, "product"))
    cents = whole(given, "unit_amount")
    if cents is None or cents < 0:
        raise Refused("Invalid non-negative integer", param="unit_amount", code="parameter_invalid_integer")
    key = given.get("lookup_key")
    holder = next(stripe.all("price", lookup_key=key), None) if key else None
    if holder and not truth(given, "transfer_lookup_key"):
        raise Refused(f"A price (`{holder['id']}`) already uses that lookup key.", param="lookup_key")
    if holder:
        holder["lookup_key"] = None
    made = stripe.make(
        "price",
        active=True,
        billing_scheme="per_unit",
        currency=needed(given, "currency"),
        custom_unit_amount=None,
        lookup_key=key,
        metadata=merged(None, given.get("metadata")),
        nickname=given.get("nickname"),
        product=sold["id"],
        recurring=_recurring(given.get("recurring")),
        tax_behavior=given.get("tax_behavior", "unspecified"),
        tiers_mode=None,
        transform_quantity=None,
        type="recurring" if "recurring" in given else "one_time",
        unit_amount=cents,
        unit_amount_decimal=str(cents),
    )
    stripe.event("price.created", made)
    return made


def price(stripe: Stripe, given: dict[str, Any], identifier: str) -> Thing:
    return stripe.get("price", identifier)


def prices(stripe: Stripe, given: dict[str, Any]) -> Thing:
    only(given, "lookup_keys", "product", "active", "limit", "starting_after")
    found = list(stripe.all("price"))
    if "lookup_keys" in given:
        found = [each for each in found if each["lookup_key"] in given["lookup_keys"]]
    if "product" in given:
        found = [each for each in found if each["product"] == given["product"]]
    return listed(found, given, "/v1/prices")


def _recurring(given: Any) -> Thing | None:
    if not isinstance(given, dict):
        return None
    if given.get("interval") not in _INTERVALS:
        raise Refused("Invalid recurring[interval]", param="recurring[interval]")
    count = whole(given, "interval_count", 1)
    facts = {"interval": given["interval"], "interval_count": count, "meter": None}
    return facts | {"trial_period_days": None, "usage_type": "licensed"}
