#!/bin/sh
# Finds a Python, then lets it make .venv. Every make target starts here; it costs nothing once .venv is right.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
for python in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
  # A name can exist and not run (version managers leave such ones), so each is tried.
  if [ -n "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    exec "$python" -I "$here/bootstrap.py"
  fi
done
echo "Beffroi needs Python 3.11 or newer and found none: install it (Debian 12: apt-get install python3), then run the same command again." >&2
exit 1
