"""`python -m deploy.local.stripe PORT WEBHOOK_URL FILE`: serve until SIGTERM. Keys come from STRIPE_SECRET_KEY and
STRIPE_WEBHOOK_SECRET."""

import os
import signal
import sys
import threading
from pathlib import Path

from deploy.local.stripe import paying
from deploy.local.stripe.server import StripeServer
from deploy.local.stripe.state import Stripe

# A bank answers to a debit in days; here, about so many seconds after it was asked.
SETTLES_IN = 30


def main(port: str, webhook_url: str, file: str) -> None:
    stripe = Stripe(secret_key=os.environ["STRIPE_SECRET_KEY"])
    stripe.chance.seed()
    kept = Path(file)
    stripe.load(kept)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server = StripeServer(stripe, int(port), webhook_url, os.environ["STRIPE_WEBHOOK_SECRET"])
    ended = threading.Event()

    def banks() -> None:
        while not ended.wait(5):
            with stripe.lock:
                settled = paying.settle_all(stripe, stripe.now() - SETTLES_IN)
                stripe.save(kept)
            if settled:
                server.teller.kick()

    threading.Thread(target=banks, daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        ended.set()
        server.server_close()
        stripe.save(kept)


if __name__ == "__main__":
    main(*sys.argv[1:])
