"""The same Stripe without sockets, for tests that call it a hundred thousand times: bytes in, bytes out."""

import json
from typing import Any
from urllib.parse import urlsplit

import stripe as library

from deploy.local.stripe import Stripe
from deploy.local.stripe.routes import answered


class Direct(library.HTTPClient):
    name = "direct"

    def __init__(self, stripe: Stripe) -> None:
        super().__init__()
        self.stripe = stripe

    def request(self, method: str, url: str, headers: Any, post_data: Any = None) -> Any:
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        trouble = self.stripe.trouble(method.upper(), path)
        known = {name.lower(): value for name, value in headers.items()}
        if trouble != "before":
            status, said = answered(self.stripe, method.upper(), path, post_data or "", known)
        if trouble:
            raise library.APIConnectionError("the line broke", should_retry=False)
        return json.dumps(said), status, {"request-id": "req_direct"}

    def close(self) -> None:
        """Nothing is open."""
