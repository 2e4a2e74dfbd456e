# make run and make test are all the set-up a machine with Python 3.11+ and make needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run install test check lint types contracts bench verify verifier peers lock clean

run: $(VENV)/.core
	$(BIN)/python -m comity.web.demo

install: $(VENV)/.dev

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2

check: lint types contracts test

lint: $(VENV)/.dev
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

contracts: $(VENV)/.dev
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/.dev peers
	$(BIN)/python -m bench

verify: $(VENV)/.dev .peers/policy/.done .spark/.done
	$(BIN)/python -m tests.verify

verifier:
	$(PYTHON) verifier/build.py dist/comity-verify.pyz

peers: .peers/merkle/.done .peers/pandas/.done .peers/policy/.done .peers/opentaxii/.done .peers/medallion/.done .peers/datasette/.done

.peers/%/.done: requirements/peer-%.txt
	$(PYTHON) -m venv .peers/$*
	.peers/$*/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.spark/.done: requirements/spark.txt
	@command -v java >/dev/null || { echo "Spark needs Java 17 or later, which is not on this machine: install your distribution's package (default-jre-headless)"; exit 1; }
	$(PYTHON) -m venv .spark
	.spark/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

lock:
	$(BIN)/python -m pip install -q uv
	for part in core dev peer-datasette peer-medallion peer-merkle peer-opentaxii peer-pandas peer-policy spark; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	    requirements/$$part.in -o requirements/$$part.txt; done

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Comity needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Run: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: requirements/core.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/core.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
