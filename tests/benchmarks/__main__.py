"""`python -m tests.benchmarks request` measures requests, `opening [disk]` an opening, `search` finding a commune,
`media` a photograph, `lists` pages of news, `delivery [part …]` what is sent."""

import signal
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is stopped
    django.setup()
    sys.exit(import_module(f"tests.benchmarks.{sys.argv[1]}").main(*sys.argv[2:]))
