# Every target sets up .venv by itself. Another Python: make test PYTHON=python3.12
PYTHON ?= python3
CASE ?= rules/guide/cases/clinic_terms_100_examples.yaml
BIN := .venv/bin

.PHONY: advise test bench gallery lint types clean setup setup-dev

advise: setup
	@$(BIN)/whytune advise $(CASE) --graph advice.svg

test: setup-dev
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

bench: setup-dev
	$(BIN)/python -m tests.bench

gallery: setup-dev
	$(BIN)/python -m tests.gallery

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-dev
	$(BIN)/mypy

setup:
	@.ci/setup "$(PYTHON)"

setup-dev:
	@.ci/setup "$(PYTHON)" dev

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find engine cli rules diagrams tests -name __pycache__ -prune -exec rm -rf {} +
