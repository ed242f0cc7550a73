# Everything a person types. `make run` and `make test` set up what they need first.

PYTHON ?= python3
VENV = .venv/bin/python

.PHONY: run test setup demo bench format clean help

help:            ## this list
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/'

run: setup       ## set up, then serve on http://127.0.0.1:8000
	@$(VENV) -m flask serve

test: setup-dev  ## every check and test
	@$(VENV) tools/test.py

setup:           ## packages and front-end files
	@$(PYTHON) tools/setup.py

.PHONY: setup-dev
setup-dev:
	@$(PYTHON) tools/setup.py --dev

demo: setup      ## fill an empty community with the worked example
	@$(VENV) -m flask db upgrade
	@$(VENV) -m flask demo

bench: setup-dev ## cost of the main pages at three sizes
	@$(VENV) tools/bench.py

format: setup-dev ## put code into the one format
	@$(VENV) -m ruff format .
	@$(VENV) -m ruff check --fix .

clean:           ## remove what set-up and tools made; data stay
	@rm -rf .venv node_modules .cache careteam/static/vendor .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
