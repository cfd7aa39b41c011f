# Every target sets up what it needs by itself.
PYTHON := .venv/bin/python
ARGS ?=
SERVERS := $(PYTHON) -m deploy.local.servers run test --
TESTING := DJANGO_SETTINGS_MODULE=config.settings.tests

.PHONY: help setup demo demo-reset test lint check format upgrade bench-request bench-opening

help:  ## Show the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

setup:
	@deploy/local/bootstrap.sh

demo: setup  ## Set up and serve the demo on port 8000 (DEMO=once walks the main job and stops)
	@$(PYTHON) -m deploy.local.demo

demo-reset: setup  ## Erase the demo's data
	@$(PYTHON) -m deploy.local.demo reset

test: setup  ## Run every test
	@$(SERVERS) .venv/bin/pytest $(ARGS)

lint: setup  ## Format, lint, types, contracts, migrations, deploy check
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/lint-imports
	$(TESTING) .venv/bin/mypy
	$(SERVERS) env $(TESTING) $(PYTHON) manage.py makemigrations --check --dry-run
	$(TESTING) $(PYTHON) manage.py check --deploy --fail-level WARNING

check: lint test  ## Everything a change must pass

format: setup  ## Format the code
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

upgrade:  ## Lock newer versions (needs uv)
	uv pip compile pyproject.toml --extra dev --extra local --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --upgrade --custom-compile-command "make upgrade" -o requirements/dev.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --upgrade --custom-compile-command "make upgrade" -o requirements/production.txt

bench-request: setup  ## Cost of the tenancy and switch layers
	@$(SERVERS) env $(TESTING) $(PYTHON) -m tests.bench.request

bench-opening: setup  ## Opening by template against migrations
	@$(SERVERS) env $(TESTING) $(PYTHON) -m tests.bench.opening
