"""The Stripe of this machine answers as the real one's library expects, and tells events as badly as one asks."""

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import stripe as library
from stripe import StripeClient

from deploy.local.stripe import Stripe, paying, sessions, webhooks
from deploy.local.stripe.server import StripeServer
from deploy.local.stripe.webhooks import Manners, Teller

# What the library's newest version names and no answer of Stripe's must hold.
OPTIONAL = {"deleted",
            "currency_options", "tiers", "cash_balance", "invoice_credit_balance", "sources", "subscriptions",
            "tax", "tax_ids", "business_name", "individual_name", "payments", "threshold_reason", "billed_until",
            "current_trial", "managed_payments", "presentment_details", "confirmation_secret", "line_items",
            "frozen_fields", "invoicing_rules", "optional_items", "name_collection", "integration_identifier",
            "allowed_payment_method_types", "excluded_payment_method_types", "redirect_on_completion", "return_url",
            "tax_id_collection", "tax_details", "status_details", "proration_details"}  # fmt: skip


@pytest.fixture
def server() -> Iterator[StripeServer]:
    found = StripeServer(Stripe(), 0)
    thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield found
    found.shutdown()
    found.server_close()
    thread.join()


@pytest.fixture
def v1(server: StripeServer) -> Any:
    client = StripeClient(server.stripe.secret_key, base_addresses={"api": server.api}, max_network_retries=0)
    return client.v1


def asked(server: StripeServer, method: str, path: str, body: str = "", host: str = "localhost") -> tuple[Any, str]:
    with closing(HTTPConnection("127.0.0.1", server.server_port)) as line:
        line.request(method, path, body, {"Host": host})
        answer = line.getresponse()
        return answer, answer.read().decode()


def opened(v1: Any, cents: int = 1200) -> Any:
    customer = v1.customers.create({"name": "Commune", "metadata": {"account": "1"}})
    asked = {"customer": customer.id, "collection_method": "send_invoice", "days_until_due": 30, "auto_advance": False}
    made = v1.invoices.create(asked)
    v1.invoice_items.create({"customer": customer.id, "invoice": made.id, "amount": cents, "currency": "eur"})
    return v1.invoices.finalize_invoice(made.id)


def test_objects_have_the_shapes_that_the_library_publishes(v1: Any, server: StripeServer) -> None:
    invoice = opened(v1)
    setup = v1.checkout.sessions.create({"mode": "setup", "customer": invoice.customer, "success_url": "http://x/",
                                         "payment_method_types": ["card", "sepa_debit"]})  # fmt: skip
    sessions.complete(server.stripe, server.stripe.held[setup.id], "card", "4242")
    means = v1.customers.payment_methods.list(invoice.customer).data[0]
    v1.invoices.pay(invoice.id, {"payment_method": means.id})
    product = v1.products.create({"id": "news", "name": "Actualités"})
    price = v1.prices.create(
        {"product": product.id, "currency": "eur", "unit_amount": 100, "recurring": {"interval": "year"}}
    )
    used = v1.subscriptions.create({"customer": invoice.customer, "items": [{"price": price.id}],
        "collection_method": "send_invoice", "days_until_due": 30, "proration_behavior": "none"})  # fmt: skip
    portal = v1.billing_portal.sessions.create({"customer": invoice.customer})
    found = [v1.customers.retrieve(invoice.customer), product, price, used, portal, setup, means,
             v1.invoices.retrieve(invoice.id), v1.invoice_payments.list({"invoice": invoice.id}).data[0],
             v1.payment_intents.list({"customer": invoice.customer}).data[0]]  # fmt: skip
    for each in [*found, v1.invoices.retrieve(invoice.id).lines.data[0]]:
        assert type(each) is not library.StripeObject
        wanted = {name for name in type(each).__annotations__ if name != "OBJECT_NAME"}
        of_kinds = wanted if each.object != "payment_method" else {"id", "type", "card", "customer", "billing_details"}
        assert of_kinds - OPTIONAL - set(each.to_dict()) == set(), each.object
    assert v1.invoices.retrieve(invoice.id).status == "paid"


def test_a_key_of_idempotency_gives_the_same_answer_and_refuses_another_question(v1: Any) -> None:
    once = {"idempotency_key": "k"}
    first = v1.customers.create({"name": "A"}, once)
    assert v1.customers.create({"name": "A"}, once).id == first.id
    with pytest.raises(library.IdempotencyError):
        v1.customers.create({"name": "B"}, once)


def test_refusals_have_stripes_envelope(v1: Any, server: StripeServer) -> None:
    with pytest.raises(library.InvalidRequestError) as missing:
        v1.customers.retrieve("cus_none")
    assert (missing.value.http_status, missing.value.code) == (404, "resource_missing")
    with pytest.raises(library.InvalidRequestError) as unknown:
        v1.customers.create({"nom": "A"})
    assert (unknown.value.code, unknown.value.param) == ("parameter_unknown", "nom")
    with pytest.raises(library.AuthenticationError):
        StripeClient("sk_other", base_addresses={"api": server.api}, max_network_retries=0).v1.customers.list()


def test_nothing_can_be_sent_to_anybody(v1: Any) -> None:
    with pytest.raises(library.InvalidRequestError, match="Unrecognized request URL"):
        v1.invoices.send_invoice(opened(v1).id)


def test_a_card_may_say_no(v1: Any, server: StripeServer) -> None:
    invoice = opened(v1)
    setup = v1.checkout.sessions.create({"mode": "setup", "customer": invoice.customer, "success_url": "http://x/",
                                         "payment_method_types": ["card"]})  # fmt: skip
    sessions.complete(server.stripe, server.stripe.held[setup.id], "card", "4242")
    method = v1.customers.payment_methods.list(invoice.customer).data[0]
    server.stripe.held[method.id]["card"]["last4"] = "0002"
    with pytest.raises(library.CardError) as refused:
        v1.invoices.pay(invoice.id, {"payment_method": method.id})
    assert refused.value.code == "card_declined"
    assert v1.invoices.retrieve(invoice.id).status == "open"


def test_lists_go_page_after_page(v1: Any) -> None:
    for index in range(5):
        v1.customers.create({"name": str(index)})
    assert [each.name for each in v1.customers.list({"limit": 2}).auto_paging_iter()] == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize(("choice", "status"), [("pay", "complete"), ("refuse", "open"), ("cancel", "open")])
def test_a_person_pays_is_refused_or_gives_up_on_the_page(
    v1: Any, server: StripeServer, choice: str, status: str
) -> None:
    customer = v1.customers.create({"name": "Commune <d’ici>"})
    sold = {"currency": "eur", "unit_amount": 123456, "product_data": {"name": "FAC-1"}}
    made = v1.checkout.sessions.create({"mode": "payment", "customer": customer.id, "success_url": "http://x/ok",
        "cancel_url": "http://x/no", "payment_method_types": ["card"],
        "line_items": [{"price_data": sold, "quantity": 1}]})  # fmt: skip
    path = f"/session/{made.id}"
    _answer, page = asked(server, "GET", path)
    assert "1\u202f234,56\u00a0€" in page
    assert "Commune &lt;d’ici&gt;" in page
    assert "Prélèvement" not in page
    answer, _page = asked(server, "POST", path, f"moyen=card&choix={choice}")
    wanted = {"pay": "http://x/ok", "refuse": f"/session/{made.id}", "cancel": "http://x/no"}
    assert answer.headers["Location"] == wanted[choice]
    assert v1.checkout.sessions.retrieve(made.id).status == status


def test_another_name_than_this_machines_finds_nothing(server: StripeServer) -> None:
    assert asked(server, "GET", "/", host="attacker.example")[0].status == 404
    assert asked(server, "GET", "/")[0].status == 200


@pytest.fixture
def hearer() -> Iterator[Any]:
    """Somebody who is told: 503 to the first call, 200 afterwards."""

    class Hear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            library.WebhookSignature.verify_header(body.decode(), self.headers["Stripe-Signature"], "whsec", 300)
            heard.append(json.loads(body)["id"])
            self.send_response(503 if len(heard) == 1 else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()
            told.release()

        def log_message(self, *_said: object) -> None: ...

    heard: list[str] = []
    told = threading.Semaphore(0)
    found: Any = ThreadingHTTPServer(("127.0.0.1", 0), Hear)
    found.heard, found.told = heard, told
    thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield found
    found.shutdown()
    found.server_close()
    thread.join()


def test_events_are_signed_and_told_again_until_they_are_heard(hearer: Any) -> None:
    stripe = Stripe()
    teller = Teller(stripe, f"http://127.0.0.1:{hearer.server_port}/", "whsec", Manners(double=True), pause=0.0)
    teller.start()
    stripe.event("customer.created", {"id": "cus_1", "object": "customer"})
    teller.kick()
    for _call in range(3):
        assert hearer.told.acquire(timeout=10)
    teller.stop()
    assert hearer.heard == [stripe.events[0]["id"]] * 3


def test_nothing_is_told_to_another_machine() -> None:
    assert webhooks.post("https://example.org/", b"", "whsec") == 0
    assert webhooks.post("http://example.org/", b"", "whsec") == 0


def test_what_it_holds_outlives_it(tmp_path: Any) -> None:
    stripe = Stripe()
    made = stripe.make("customer", name="A")
    stripe.event("customer.created", made)
    stripe.save(tmp_path / "stripe.json")
    after = Stripe()
    after.load(tmp_path / "stripe.json")
    assert after.get("customer", made["id"]) == made
    assert [event["id"] for event in after.untold()] == [stripe.events[0]["id"]]
    assert paying.settle_all(after) == 0
