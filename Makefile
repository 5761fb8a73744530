# Needs Python 3.11 or later, make and git; everything else goes into .venv, which follows pyproject.toml.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FIXTURE := fixtures/sucheng/source.txt

.PHONY: help demo test test-slow fuzz check format lexicon schema bench bench-peers fixtures clean
.DEFAULT_GOAL := help

help:  ## Show what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/.run: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("ipplan needs Python 3.11 or later: make PYTHON=python3.11 …" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --group dev
	@touch $@

$(VENV)/.slow: pyproject.toml $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --group slow
	@touch $@

demo: $(VENV)/.run  ## Parse a fixture and print it
	@$(BIN)/ipplan parse $(FIXTURE)

test: $(VENV)/.dev  ## Run the tests
	@$(BIN)/python -m pytest

test-slow: $(VENV)/.slow  ## Run the tests that take long: killed runs, a full disk, Ray
	@$(BIN)/python -m pytest -m slow

fuzz: $(VENV)/.dev  ## Look for new failing examples, with another seed each time
	@$(BIN)/python -m pytest --hypothesis-profile=fuzz

check: $(VENV)/.dev  ## Format, lint, types, import rules, tests (drift of schema and lexicon among them)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m pytest

format: $(VENV)/.dev  ## Format the code and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lexicon: $(VENV)/.run  ## Compile the lexicons
	@$(BIN)/python -m ipplan.lexicon

schema: $(VENV)/.run  ## Write the JSON Schema
	@$(BIN)/ipplan schema -o schema/plan.schema.json
	@$(BIN)/python -m ipplan.compare.render.data > schema/diff.schema.json

bench: $(VENV)/.slow  ## Measure speed, memory and growth
	@$(BIN)/python benchmarks/bench.py

bench-peers: $(VENV)/.run  ## Compare with other parsers, in a virtual environment of its own
	@$(BIN)/python benchmarks/bench_peers.py

fixtures: $(VENV)/.run  ## Write fixtures/*/plan.yaml anew; look at the difference before you keep it
	@$(BIN)/python tools/fixtures.py

clean:  ## Remove everything that was made
	@rm -rf $(VENV) $(VENV)-peers build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
