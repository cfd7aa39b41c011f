# Every target sets up what it needs by itself.
PYTHON := .venv/bin/python
ARGS ?=
PORT ?= 8000
DEMO ?=
SERVERS := $(PYTHON) -m deploy.local.servers run test --
TESTING := DJANGO_SETTINGS_MODULE=config.settings.tests

.PHONY: help setup demo test lint types check format upgrade

help:  ## Show the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

setup:
	@deploy/local/bootstrap.sh

demo: setup  ## Set up and serve the demo on port 8000 (DEMO=once reads its pages and stops)
	@PORT=$(PORT) DEMO=$(DEMO) $(PYTHON) -m deploy.local.demo

test: setup  ## Run every test
	@$(SERVERS) .venv/bin/pytest $(ARGS)

lint: setup  ## Format, lint, types, contracts, migrations
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/lint-imports
	$(SERVERS) env $(TESTING) $(PYTHON) manage.py makemigrations --check --dry-run

types: setup  ## Check the types
	$(TESTING) .venv/bin/mypy

check: lint test  ## Everything a change must pass

format: setup  ## Format the code
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

upgrade:  ## Lock newer versions (needs uv)
	uv pip compile pyproject.toml --extra dev --extra local --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --upgrade --custom-compile-command "make upgrade" -o requirements/dev.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --upgrade --custom-compile-command "make upgrade" -o requirements/production.txt
