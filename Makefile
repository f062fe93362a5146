# Everything runs from the virtual environment in $(VENV), which is made when it is missing.
# PYTHON chooses the interpreter: make test PYTHON=python3.13
VENV ?= .venv
TABLE ?= presence.yaml
SECONDS ?= 60
SHELL := /bin/sh
BIN := $(VENV)/bin
NEEDED := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for each in python3.13 python3.12 python3.11 python3.14 python3; do \
	if $$each -c "$(NEEDED)" >/dev/null 2>&1; then echo $$each; break; fi; done)

SCHEMA := geo/read/presence.schema.json
# Tables of the documents that have a picture there.
TOLD := docs/tables/first docs/tables/sourced docs/tables/two-sources docs/tables/time examples/three-reports examples/article

# Whoever counts lines makes figures three times as slow: here only the rooms that decide what is true, by their own tests.
MEASURED := tests/read tests/join tests/write tests/shapefiles tests/cli
MEASURE := --cov=geo.read --cov=geo.join --cov=geo.write --cov-report=term --cov-fail-under=95

.PHONY: maps test lint types style collected docs coverage figures bench fuzz mutants properties pictures schema stores matrix versions markup lighthouse office package fresh whole sweep faults audit clean help

maps: $(VENV)/.installed ## Draw every map of presence.yaml, or of TABLE=, into maps/
	$(BIN)/presence build $(TABLE) -o maps

# Types take as long as all the rest, which is done beside them.
BESIDE = $(MAKE) --no-print-directory --jobs=2 --output-sync=target

# Each process of pytest would otherwise compile all tests anew, which is 4 s of the 9 s in which it collects them:
# they are compiled beforehand, beside the types. What is wrong with one is told by the run itself.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/.installed-dev browser ## Check style, types and imports, then run the tests, a sample of cases that take long
	@$(BESIDE) types style collected
	$(BIN)/python -m pytest -n auto --dist worksteal geo tests docs/made

lint: $(VENV)/.installed-dev ## Check style, types, imports, names in scripts and phrases
	@$(BESIDE) types style

types: $(VENV)/.installed-dev
	$(BIN)/mypy

style: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python -m tests.scripts
	$(BIN)/python -m tests.wording

collected: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest --collect-only geo tests docs/made >/dev/null 2>&1 || true

docs: $(VENV)/.installed-dev ## Build the documentation into build/docs; a warning is an error
	$(BIN)/python -m sphinx -W --keep-going --fresh-env --nitpicky --quiet -b html docs build/docs

coverage: browser ## Count what the tests of the rooms that decide what is true reach, at least 95 %; then all rooms
	$(BIN)/python -m pytest -n auto --dist worksteal $(MEASURE) geo $(MEASURED)
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term

bench: $(VENV)/.installed-dev ## Measure speed and size
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.growth

fuzz: $(VENV)/.installed-fuzz ## Fuzz each reader for SECONDS=60, or those in TARGET=; findings go into .fuzz/
	$(BIN)/python -m tests.fuzz $(SECONDS) $(TARGET)

stores: $(VENV)/.installed-stores ## Count events that lie in a server of S3 on this machine, here and by a cluster
	PRESENCE_WHOLE=1 $(BIN)/python -m pytest -p no:xdist tests/events/test_s3.py tests/events/test_stores.py

mutants: $(VENV)/.installed-mutants ## Change escaper, writer of JSON and name matcher in every small way: a test must notice
	$(BIN)/python -m tests.mutants

properties: $(VENV)/.installed-dev ## Try 2,000 examples of each property
	HYPOTHESIS_PROFILE=thorough $(BIN)/python -m pytest -n auto tests/read tests/join tests/draw

pictures: $(VENV)/.installed ## Draw the pictures of the documents anew
	$(BIN)/presence figure overlay --size slide --format png --dpi 96 -o docs/pictures/overlay.png
	$(BIN)/presence figure compare --size half-page --format png --dpi 150 -o docs/pictures/compare.png
	for each in $(TOLD); do $(BIN)/presence figure overlay $$each.yaml \
		--size half-page --format png --dpi 96 -o docs/pictures/$$(basename $$each).png || exit 1; done

schema: $(VENV)/.installed ## Make the schema for editors anew, from the definitions in geo/read
	$(BIN)/python -c 'from geo.read.table.json_schema import write_schema; print(write_schema(), end="")' >$(SCHEMA).new
	mv $(SCHEMA).new $(SCHEMA)

matrix: versions fresh whole properties coverage stores markup office lighthouse ## Run everything that takes long, one after the other

versions: browser ## Run the tests on every Python here, with the lowest and newest of each dependency
	$(PYTHON) -m tests.matrix

# What these two need is installed by themselves, into .venv-node; where that cannot be had, a line says so.
markup: $(VENV)/.installed-dev ## Let the Nu HTML checker read every kind of page: no error
	$(BIN)/python -m tests.checkers markup

lighthouse: $(VENV)/.installed-dev browser ## Let Lighthouse open the maps, served, on its slow telephone: scores reach their bars
	$(BIN)/python -m tests.checkers lighthouse

fresh: ## Run `make maps` as a stranger would: a fresh clone, no caches, an old pip
	@.ci/fresh $(PYTHON)

audit: $(VENV)/.installed-dev ## Ask an advisory service about what is installed; exit 3 if none answers
	@.ci/audit $(BIN)/python

# Of what takes long `make test` runs a sample, see tests/daily.py; each of these words runs all of its part.
whole: PART := geo tests docs/made
sweep: PART := tests/hostile tests/browser tests/scripts tests/test_any_table.py
faults: PART := tests/faults tests/read/test_limits.py
figures: PART := tests/figure
package: PART := tests/test_wheel.py
office: PART := tests/office
whole: ## Run every case of every test, which takes hours
sweep: ## Plant every hostile text in every field of every page, figure and command; draw random tables
faults: ## Kill, interrupt and disturb every command at every step of its write
figures: ## Draw every kind, size and label of a figure, of dense and random tables too
package: ## Build sdist and wheel, check, install and use them with no network
office: ## Let LibreOffice open and save workbooks: the same tables; left out, and said so, where it is not installed
whole sweep faults figures package office: $(VENV)/.installed-dev browser
	PRESENCE_WHOLE=1 $(BIN)/python -m pytest -n auto --dist worksteal $(PART)

clean: ## Remove what was built; the virtual environment and yesterday's maps stay
	rm -rf build dist mutants .fuzz *.egg-info .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find geo shapefiles tests -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## List these words
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

.PHONY: browser
browser:
	@.ci/browser

$(BIN)/python:
	@if [ -z "$(PYTHON)" ] || ! $(PYTHON) -c "$(NEEDED)"; then \
		echo "presence-maps needs Python 3.11 or newer with venv and pip (on Debian: apt-get install python3-venv)," >&2; \
		echo "but '$(or $(PYTHON),python3)' is $$($(or $(PYTHON),python3) --version 2>/dev/null || echo missing)." >&2; \
		echo "Choose another: make PYTHON=/path/to/python3" >&2; \
		exit 1; fi
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: setup.cfg pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: setup.cfg pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-fuzz $(VENV)/.installed-mutants $(VENV)/.installed-stores: $(VENV)/.installed-%: setup.cfg pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[$*]'
	@touch $@ $(VENV)/.installed
