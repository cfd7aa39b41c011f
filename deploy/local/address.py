"""Where the demo answers."""

import os
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Address:
    """The demo's names and its port. Python does not resolve `.localhost`: connect to `ip` and send `host()`."""

    domain: str = "beffroi.localhost"
    port: int = 8000
    mailbox_url: str = "http://localhost:8026/"
    stripe_url: str = "http://localhost:8027/"
    ip: str = "127.0.0.1"

    @classmethod
    def from_environment(cls) -> Self:
        """Read what the supervisor gives its children: BASE_DOMAIN, PORT and the two DEMO_…_URL."""
        return cls(
            domain=os.environ.get("BASE_DOMAIN", cls.domain),
            port=int(os.environ.get("PORT", cls.port)),
            mailbox_url=os.environ.get("DEMO_MAILBOX_URL", cls.mailbox_url),
            stripe_url=os.environ.get("DEMO_STRIPE_URL", cls.stripe_url),
        )

    def host(self, label: str = "") -> str:
        """Give the Host header of the portal, or of `label`'s own host: `eze.beffroi.localhost:8000`."""
        name = f"{label}.{self.domain}" if label else self.domain
        return name if self.port == 80 else f"{name}:{self.port}"

    def url(self, label: str = "", path: str = "/") -> str:
        return f"http://{self.host(label)}{path}"
