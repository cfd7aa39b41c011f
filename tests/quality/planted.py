"""`python -m tests.quality.planted DATABASE FILE`: the cast with one object of each model, for a real server.

Writes what a browser needs to walk it: on the first line the cookies of everybody, then the pages, one a line.
"""

import json
import sys
from pathlib import Path

import django
from django.test.utils import setup_test_environment


def main(name: str, file: str) -> None:
    from core.tenancy.context import enter
    from tests import cast, database
    from tests.planting import Plot
    from tests.quality.pages import pages, written
    from tests.quality.people import everybody

    database.copy_template(name)
    people = cast.read()
    with enter(people.aubin.schema_name):
        plot = Plot().fill()
    met = everybody(people)
    cookies = json.dumps({f"{each.kind} {each.who}": each.cookies for each in met})
    Path(file).write_text("\n".join([cookies, *written(pages(met, plot))]), encoding="utf-8")


if __name__ == "__main__":
    django.setup()
    setup_test_environment()  # answers tell their templates
    main(*sys.argv[1:])
