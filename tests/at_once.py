"""Several threads that do one thing in one commune at the same moment, each in a transaction of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from core.tenancy.context import enter
from tests.cast import Place


def at_once(place: Place, act: Callable[[int], Any], times: int = 4) -> list[object]:
    """What each did or raised."""
    together, done = threading.Barrier(times), []

    def run(number: int) -> None:
        try:
            with enter(place.schema_name):
                together.wait(10)
                done.append(act(number))
        except Exception as error:
            done.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done
