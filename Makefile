# Every task of this project. `make` alone lists them.
# A fresh machine needs Python 3.11 or newer and make; everything else comes into .venv.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# Two workers halve the suite's time on two cores. A test file stays with one worker, so that
# what its tests share is computed once. For one test: `.venv/bin/pytest tests/... -k ...`.
WORKERS ?= auto
SHIPPED := examples/gaza-2024
CASE ?= $(SHIPPED)/case.yaml
# What is read before the brief is written; for a CASE of your own: DOCUMENTS="report.pdf ...".
DOCUMENTS ?= $(if $(filter $(SHIPPED)/case.yaml,$(CASE)),$(SHIPPED)/report.txt $(SHIPPED)/comment.txt)
PAGE ?= build/brief.html
# The one tool that only `make lock` needs; it lives in a place of its own.
UV_VERSION := 0.13.9

.DEFAULT_GOAL := help
# The tasks print for people: one after the other, in the order written.
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help brief test check style types layers format reference bench lock clean distclean

help:  ## list the tasks
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

brief: $(VENV)/.ready  ## read the shipped documents and write the brief of their case (or of CASE=path)
	@mkdir -p $(dir $(PAGE)) build
	@rm -rf build/case && mkdir build/case
	@$(if $(DOCUMENTS),$(BIN)/goodoffices read $(DOCUMENTS) --into $(CASE) -o build/case/case.yaml --store build/read)
	@$(BIN)/goodoffices brief $(if $(DOCUMENTS),build/case/case.yaml,$(CASE)) -o $(PAGE)
	@echo "The page: $(abspath $(PAGE))"

test: $(VENV)/.ready  ## run every test: units, laws, doctests, the code in the docs
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

check: style types layers test  ## run every check: format, lint, types, layers, tests

style: $(VENV)/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.ready
	$(BIN)/mypy

layers: $(VENV)/.ready
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.ready  ## format the code and mend what the linter can mend
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

reference: $(VENV)/.ready  ## write anew what the reference says of the code
	$(BIN)/python scripts/reference.py

bench: $(VENV)/.ready  ## run the benchmarks
	$(BIN)/python benchmarks/run.py

# What is pinned is what is installed: every package by version and hash, then this one as it
# stands. The mark is written last, so a set-up that was cut short starts again.
$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; '$(PYTHON)' is not. Try: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

lock:  ## choose the newest versions anew and write constraints.txt
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	build/lock/bin/uv pip compile pyproject.toml --all-extras --group dev --upgrade --universal --python-version 3.11 \
	  --fork-strategy fewest --generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
	  --quiet --output-file constraints.txt

clean:  ## remove what was made, but for .venv
	rm -rf build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -path ./.venv -prune -o -type d -name __pycache__ -exec rm -rf {} +

distclean: clean  ## remove .venv too
	rm -rf .venv
