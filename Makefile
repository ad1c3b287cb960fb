# The commands of the project. PYTHON may name another interpreter (3.11 or newer).
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
BULAQ_HOME ?= var

.PHONY: setup setup-s3 setup-dev demo test bench lock lint types

setup: .venv/runtime.stamp ## Installs what Bulaq needs to run into .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Bulaq needs Python 3.11 or newer; set PYTHON=…"; exit 2; }
	$(PYTHON) -m venv .venv

.venv/runtime.stamp: .venv/bin/python requirements/runtime.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements/runtime.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup-s3: setup ## Also what pictures in S3-compatible storage need
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements/s3.lock

setup-dev: .venv/development.stamp ## Also what the tests and checks need

.venv/development.stamp: .venv/runtime.stamp requirements/development.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements/development.lock
	@touch $@

demo: setup ## Serves the demo newsroom; the data stays in var/
	$(BIN)/bulaq demo --home $(BULAQ_HOME) --port $(PORT)

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: setup-dev
	$(BIN)/mypy

test: setup-dev lint types ## Every check and every test
	$(BIN)/python -m tests

bench: setup-dev ## Ratios beside the peers that are installed
	$(BIN)/python -m bench

lock: ## Writes the locks anew from requirements/*.in
	cd requirements && for kind in runtime s3 development; do ../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --only-binary :all: $$kind.in -o $$kind.lock; done
