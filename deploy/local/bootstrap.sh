#!/bin/sh
# Makes .venv from the hashed requirements, once for each state of them. Safe to kill and to run twice at once.
set -eu
cd "$(dirname "$0")/../.."
say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

python=
for name in python3.11 python3.12 python3.13 python3; do
  if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$name
    break
  fi
done
[ -n "$python" ] || stop "Python 3.11 or newer is needed: install it (Debian 12: apt-get install python3)."

mkdir -p .local
wanted=$("$python" -c 'import hashlib, sys
digest = hashlib.sha256(sys.version.encode())
for path in ("requirements/dev.txt", "pyproject.toml"):
    digest.update(open(path, "rb").read())
print(digest.hexdigest())')
ready() { [ "$(cat .venv/.beffroi-ready 2>/dev/null || true)" = "$wanted $PWD" ]; }
ready && exit 0

exec 9>.local/setup.lock
if command -v flock >/dev/null 2>&1; then flock 9; fi
ready && exit 0

free=$(df -Pk . | awk 'NR == 2 { print $4 }')
[ "$free" -gt 1500000 ] || stop "The disk has less than 1.5 GB free: make room, then run the same command again."

say "Installing the locked packages in .venv (once)…"
rm -rf .venv
if command -v uv >/dev/null 2>&1; then
  uv venv --quiet --python "$(command -v "$python")" .venv || stop "uv could not make .venv with $python."
  uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements/dev.txt ||
    stop "A package could not be installed: check the network, then run the same command again."
  uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e . ||
    stop "The project itself could not be installed."
else
  if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    [ "$(id -u)" = 0 ] || stop "Python's venv module is missing: run « sudo apt-get install python3-venv » once."
    say "Installing python3-venv…"
    { apt-get update -qq && apt-get install -y -qq python3-venv; } >/dev/null 2>&1 ||
      stop "Python's venv module is missing and could not be installed: run « apt-get install python3-venv »."
  fi
  "$python" -m venv .venv || stop "$python could not make .venv."
  .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt ||
    stop "A package could not be installed: check the network, then run the same command again."
  .venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ||
    stop "The project itself could not be installed."
fi
printf '%s %s' "$wanted" "$PWD" >.venv/.beffroi-ready
say "Installed."
