"""`make quality`: walk every page in Chromium, and write what they cost where all holds.

`python -m tests.e2e.quality FILE`; without Chromium, or with one fault, nothing is written.
"""

import sys
import tempfile
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

from deploy.local.address import Address
from deploy.local.network import free_port
from deploy.local.problems import Problem, told
from tests.chromium import found
from tests.e2e.apart import servers_apart
from tests.e2e.screens import FLAGS


def main() -> int:
    from tests.e2e.planted import planted_site
    from tests.e2e.tour import tour
    from tests.quality.pages import drawn_apart
    from tests.quality.report import report

    path, chromium = Path(sys.argv[1]), found()
    if not chromium:
        raise Problem("make quality needs Chromium (Debian: apt-get install chromium).")
    with (
        tempfile.TemporaryDirectory() as folder,
        planted_site(Path(folder), Address(port=free_port(0)), servers_apart("quality", use=0)) as planted,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        visits = list(tour(browser, planted, drawn_apart(planted.pages)))
        browser.close()
    if faults := [each for visit in visits for each in visit.faults()]:
        raise Problem("\n".join([f"{path} is not written: {len(faults)} faults.", *faults]))
    path.write_text(report(planted.pages, visits), encoding="utf-8")
    print(f"{path}: {len(planted.pages)} pages, {len(visits)} of them looked at in Chromium")  # noqa: T201
    return 0


if __name__ == "__main__":
    django.setup()
    sys.exit(told(main))
