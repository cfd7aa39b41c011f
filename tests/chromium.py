"""The browser of the browser tests, which a machine may lack."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")


def found() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)
