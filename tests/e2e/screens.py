"""The browser, and the screens that pages are looked at on, in CSS pixels."""

PHONE, DESK, NARROW = (390, 844), (1280, 900), (320, 640)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
