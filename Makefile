# What a newcomer, an engineer and CI run. `make setup` needs no root; `tools/install-system-packages.sh` does.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
STAMP := $(VENV)/.set-up

.PHONY: setup demo serve test test-unit check bench bench-redact train-ner lock clean

setup: $(STAMP)  ## Make .venv with everything the product and its tests need

$(STAMP): requirements/dev.txt requirements/installer.txt pyproject.toml
	$(PYTHON) tools/check_python.py
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/installer.txt
	$(BIN)/python tools/install_requirements.py requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m redaction.detect.setup
	touch $(STAMP)

demo: setup  ## The sample request up to the jurist's gate, in the browser and in Prefect
	WOO_HOME=$(CURDIR)/var/demo $(BIN)/woo demo

serve: setup  ## The real thing on this machine, empty
	$(BIN)/woo setup
	$(BIN)/woo serve

test: setup check  ## Everything that CI runs
	$(BIN)/pytest -q tests/unit tests/web -n 2 --dist loadfile
	$(BIN)/pytest -q tests/flows tests/e2e

test-unit: setup  ## The quick ones, under a minute
	$(BIN)/pytest -q tests/unit -n 2 --dist loadfile -m "not slow and not office and not ocr and not browser"

check: setup  ## Style, types, import rules, migrations, vendored files
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_migrations.py
	$(BIN)/python tools/vendor_assets.py --check

bench: setup  ## Measurements, each against its peer in the same run
	$(BIN)/python -m benchmarks

bench-redact: setup  ## Redaction beside PyMuPDF (in an environment apart, under var/) and a raster
	$(BIN)/python -m benchmarks.redact $(FOLDER)

LABELLED ?= ../shared/data/pii/dev.jsonl
bench-detect: setup  ## Personal data: ours beside stock Presidio and deduce, over LABELLED=file.jsonl where it is there
	$(BIN)/python -m benchmarks.detect $(wildcard $(LABELLED))

train-ner: setup  ## Train the name model anew; takes minutes
	nice -n 19 $(BIN)/python -m tools.train_ner

lock: setup  ## Pin all requirements anew, with hashes and without index addresses
	$(BIN)/python tools/lock_requirements.py

clean:
	rm -rf $(VENV) var build dist
