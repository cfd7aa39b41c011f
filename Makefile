# Every target sets up what it needs by itself. Variables of the command line reach the programs: make demo PORT=8001.
PYTHON := .venv/bin/python
ARGS ?=
SERVERS := $(PYTHON) -m deploy.local.servers run test --
DURABLE := $(PYTHON) -m deploy.local.servers run bench --
TESTING := env DJANGO_SETTINGS_MODULE=config.settings.tests
SEVERAL := -n auto --maxprocesses 4 --dist loadfile
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade \
	--custom-compile-command "make upgrade" --quiet

.PHONY: help setup demo demo-reset test lint types check format module migrations upgrade bench-request bench-opening bench-search \
	bench-lists bench-media bench-delivery bench-alert-read chaos-delivery quality screenshots

help:  ## Show the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

setup:
	@deploy/local/bootstrap.sh

demo: setup  ## Set up and serve the demo (PORT=8000, DEMO_DOMAIN=beffroi.localhost; DEMO=once walks it and stops)
	@$(PYTHON) -m deploy.local.demo

demo-reset: setup  ## Delete the demo's data
	@$(PYTHON) -m deploy.local.demo reset

test: setup  ## Run every test on several processes (ARGS="-k news": some, on one)
	@$(SERVERS) $(PYTHON) -m pytest $(or $(ARGS),$(SEVERAL))

lint: setup  ## Format, lint, contracts, migrations, deploy check
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/lint-imports
	$(SERVERS) $(TESTING) $(PYTHON) manage.py makemigrations --check --dry-run
	$(TESTING) $(PYTHON) manage.py check --deploy --fail-level WARNING

types: setup  ## Check the types
	$(TESTING) .venv/bin/mypy

check: lint types test  ## Everything a change must pass

format: setup  ## Format the code
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

bench-request: setup  ## Measure what a request pays for the tenancy and the switch
	@$(SERVERS) $(TESTING) $(PYTHON) -m tests.benchmarks request

bench-opening: setup  ## Measure the opening of a commune against its migrations (ARGS=disk)
	@$(SERVERS) $(TESTING) $(PYTHON) -m tests.benchmarks opening $(ARGS)

bench-search: setup  ## Measure how fast and how rightly a commune is found
	@$(SERVERS) $(TESTING) $(PYTHON) -m tests.benchmarks search

quality: setup  ## Walk every page in Chromium and write docs/quality.md when all holds
	@$(SERVERS) $(TESTING) $(PYTHON) -m tests.e2e.quality docs/quality.md

screenshots: setup  ## Take pictures of the demo's pages in docs/screenshots/ (needs Chromium)
	@$(PYTHON) -m tests.e2e.screenshots

bench-lists: setup  ## Measure the lists of news against a bare Django list
	@$(SERVERS) $(TESTING) $(PYTHON) -m tests.benchmarks lists

bench-media: setup  ## Measure what a photograph costs against plain Pillow
	@$(SERVERS) $(TESTING) $(PYTHON) -m tests.benchmarks media

bench-delivery: setup  ## Measure what delivery costs and how soon it is done (ARGS="ratio clicks neighbours texts")
	@$(DURABLE) $(TESTING) $(PYTHON) -m tests.benchmarks delivery $(ARGS)

bench-alert-read: setup  ## Measure how an alert is read by three thousand at once, and when a lifted one is gone
	@$(DURABLE) $(TESTING) $(PYTHON) -m tests.benchmarks reading $(ARGS)

chaos-delivery: setup  ## Kill workers, broker and database while alerts are sent (ARGS="100": kills, then a seed)
	@$(PYTHON) -m tests.chaos $(ARGS)

module: setup  ## Lay down a new module (name=reports label=Signalements segment=signalements)
	@env name="$(name)" label="$(label)" segment="$(segment)" $(PYTHON) -m deploy.skeleton

migrations: setup  ## Write the migrations that models ask for
	$(SERVERS) $(TESTING) $(PYTHON) manage.py makemigrations
	@.venv/bin/ruff check --fix --quiet modules platform tenants billing; .venv/bin/ruff format --quiet .

upgrade:  ## Lock newer versions (needs uv)
	@command -v uv >/dev/null || { echo "make upgrade needs uv: install it (pipx install uv)."; exit 1; }
	$(LOCK) --extra dev --extra local -o requirements/dev.txt
	$(LOCK) -o requirements/production.txt
