"""The loop of pywebpush's documentation: one call a subscription. Run in an environment that has it; prints its CPU."""

import json
import sys
import time

from pywebpush import webpush  # type: ignore[import-not-found]


def main() -> None:
    asked = json.load(sys.stdin)
    for warm in (True, False):
        begun = time.process_time()
        for subscription in asked["subscriptions"][: 5 if warm else None]:
            webpush(
                subscription_info=subscription,
                data=asked["data"],
                vapid_private_key=asked["key"],
                vapid_claims={"sub": asked["sub"]},
                ttl=asked["ttl"],
            )
    print(time.process_time() - begun)


if __name__ == "__main__":
    main()
