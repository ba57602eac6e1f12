# Two commands for newcomers: `make demo` and `make test`. All of them work on a machine with Python >= 3.11, pip and make.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python

.PHONY: demo test lint check cover bench run crash attack digests postgres pictures lock clean

demo: .stamps/run
	$(RUN) app.py demo $(if $(filter long,$(STORY)),--long)

run: .stamps/run
	$(RUN) app.py run

test: .stamps/dev
	$(RUN) -m pytest

lint: .stamps/dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

# Every line and branch that no test reaches is listed; below the threshold of pyproject.toml it fails.
cover: .stamps/dev
	STORY=short $(RUN) -m pytest --cov --cov-report=term

check: lint cover

# Ratios against bare Bolt and slack_sdk, side by side; on an otherwise idle machine.
bench: .stamps/dev
	$(RUN) -m benchmarks

crash: .stamps/dev
	$(RUN) -m tests.crash
	$(RUN) -m tests.crash --database=postgresql --workers=3 --messages=3000

# A curious coordinator with a constraint solver, over 200 programmes: prints what can be proved of anybody's answers.
attack: .stamps/dev
	$(RUN) -m tests.attack

# Half a year of weekly digests of 12 and of 30 pairs, printed, and how far their figures are from the truth.
digests: .stamps/dev
	$(RUN) -m tests.digests

# The suites of storage, delivery and whole walks on a PostgreSQL server that the tests start themselves.
postgres: .stamps/dev
	$(RUN) -m pytest --database=postgresql tests/storage tests/delivery tests/schedule tests/faults tests/services tests/end_to_end tests/crash

# The pictures of the README and of the coordinators' guide, as the browser tests see them; needs Chromium.
pictures: .stamps/dev
	PICTURES=all $(RUN) -m pytest tests/screens
	$(RUN) -m tests.screens

lock:
	uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-annotate --no-emit-index-url -o requirements.lock
	uv pip compile pyproject.toml --extra postgres -c requirements.lock --universal --generate-hashes --no-header --no-annotate --no-emit-index-url -o requirements-postgres.lock
	uv pip compile pyproject.toml --group dev --extra postgres -c requirements.lock --universal --generate-hashes --no-header --no-annotate --no-emit-index-url -o requirements-dev.lock

.stamps/venv:
	$(PYTHON) -m venv $(VENV)
	mkdir -p .stamps && touch $@

.stamps/run: .stamps/venv requirements.lock
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

.stamps/dev: .stamps/venv requirements-dev.lock
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@ .stamps/run

clean:
	rm -rf $(VENV) .stamps
