# Every target sets up .venv by itself. Another Python: make test PYTHON=python3.12
PYTHON ?= python3
CASE ?= rules/guide/cases/clinic_terms_100_examples.yaml
BIN := .venv/bin

# What Python compiled is kept for the next run, wherever the environment says otherwise.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: advise serve test test-slow test-laws test-days bench gallery docs coverage mutation lint types wheels clean setup setup-dev setup-docs

advise: setup
	@$(BIN)/whytune advise $(CASE) --graph advice.svg

# The service on this machine; see docs/http.md.
serve:
	@.ci/setup "$(PYTHON)" web
	@$(BIN)/whytune serve

test: setup-dev
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal --hypothesis-profile quick -m "not (slow or packaging)"

# What takes long, and every law more often than `make test` tries it.
test-slow: setup-dev
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal --hypothesis-profile slow -m "slow or packaging or hypothesis"

# Each law on as many examples as it should be tried on, the service on as many requests, its pages in every look.
test-laws: setup-dev
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal --hypothesis-profile thorough -m "slow or hypothesis"

# The tests that a clock can touch, on a day to come in another zone; nothing where Debian's `faketime` is not installed.
test-days: setup-dev
	@.ci/days

bench: setup-dev
	$(BIN)/python -m tests.bench

gallery: setup-dev
	$(BIN)/python -m tests.gallery

# Which lines and branches no test reaches; longer than the tests alone.
coverage: setup-dev
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal --hypothesis-profile quick -m "not packaging" \
		--cov --cov-report=term

# Which small changes to the heart no test notices, see tests/mutation.toml; half an hour. The files are changed where
# they stand and put back, so commit before.
mutation: setup-dev
	$(BIN)/python -m venv build/mutation
	build/mutation/bin/pip install --quiet cosmic-ray==8.7.0
	build/mutation/bin/cosmic-ray init tests/mutation.toml build/mutation.sqlite
	build/mutation/bin/python -m tests.mutation build/mutation.sqlite
	build/mutation/bin/cosmic-ray exec tests/mutation.toml build/mutation.sqlite
	build/mutation/bin/cr-report --surviving-only --show-diff build/mutation.sqlite

# The manual as a site, in build/site.
docs: setup-docs
	$(BIN)/python -m tests.site

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-dev
	$(BIN)/mypy

# For installing without a compiler; see docs/install.md.
wheels: setup-dev
	@.ci/wheels "$(CURDIR)/$(BIN)/python"

setup:
	@.ci/setup "$(PYTHON)"

setup-dev:
	@.ci/setup "$(PYTHON)" web,dev

setup-docs:
	@.ci/setup "$(PYTHON)" web,dev,docs

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .cache .coverage*
	find engine exchange prose diagrams api web cli rules tests -name __pycache__ -prune -exec rm -rf {} +
