"""A Stripe of this machine's own, for the demo and the tests: it speaks the endpoints that Beffroi uses.

Shapes are those of https://docs.stripe.com/api at the version that the client library asks for. No money moves.
"""

from deploy.local.stripe.state import Stripe

__all__ = ["Stripe"]
