"""What delivery costs and how soon it is done: `ratio`, `clicks`, `neighbours`, `texts`, or all of them in turn."""

from importlib import import_module

PARTS = ("ratio", "clicks", "neighbours", "texts")


def main(*parts: str) -> int:
    """How many of the parts missed an aim."""
    return sum(import_module(f"tests.benchmarks.{part}").main() for part in parts or PARTS)
