"""The demo's letter box: it keeps every e-mail that Beffroi sends on this machine, and shows it."""
