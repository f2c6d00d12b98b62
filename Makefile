# Two doors: `make run` and `make test`. Both do their own set-up. `make help` lists the rest.

.DEFAULT_GOAL := help
.NOTPARALLEL:
SHELL := /bin/sh

# The first Python at hand that is 3.11 or later; PYTHON=… overrides.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PY := $(BIN)/python
ARGS ?=

export PYTHONPATH := $(CURDIR)/src

# True where there is nothing to open a window on.
NO_SCREEN = [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]

.PHONY: help run test check bench bench-recall trust tour package clean schema lock python app-setup dev-setup lint types contracts qt

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: app-setup ## open the app (ARGS="--demo" for a throwaway journal; where there is no screen: `tour`)
	@if $(NO_SCREEN); then \
	  echo "There is no screen here, so the app cannot open a window."; \
	  echo "Driving the real windows without one instead; the pictures go to ./out."; \
	  QT_QPA_PLATFORM=offscreen $(PY) -m kapjournal tour --out out; \
	else $(PY) -m kapjournal $(ARGS); fi

test: dev-setup ## run the tests (ARGS="-k unlock" for some of them)
	@$(PY) -m pytest $(ARGS)

check: lint types contracts ## lint, types, import contracts, and the tests: all that has to pass
	@$(PY) -m pytest -n 2 --dist loadgroup $(ARGS)

bench: dev-setup ## measure, and print a table (ARGS="--json FILE" keeps the figures too)
	@$(PY) -m bench $(ARGS)

bench-recall: dev-setup ## whether recall finds what belongs, on labelled texts and on the shorthand courses
	@$(PY) -m bench recall $(ARGS)

trust: dev-setup ## 200 rounds of killing a writing process, and the other long fault tests
	@KAPJOURNAL_TRUST_ROUNDS=$${KAPJOURNAL_TRUST_ROUNDS:-200} $(PY) -m pytest -m trust $(ARGS)

tour: app-setup ## drive the real windows through a course without a screen; pictures in ./out
	@QT_QPA_PLATFORM=offscreen $(PY) -m kapjournal tour --out out $(ARGS)

package: dev-setup ## build a folder that runs without Python (dist/kapjournal), and try it
	@$(PYTHON) packaging/qt_libraries.py --any-screen
	@$(PY) -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build/pyinstaller packaging/kapjournal.spec
	@$(PY) packaging/smoke.py dist/kapjournal

clean: ## remove what was built, but not the local environment and no journal
	@rm -rf build dist out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	@find src tests bench packaging -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

schema: dev-setup ## write the JSON Schema of the data anew from the models (docs/schema)
	@$(PY) packaging/schema.py

lock: ## write the lock files anew from pyproject.toml (needs uv)
	@packaging/lock

lint: dev-setup
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .

types: dev-setup
	@$(PY) -m mypy

contracts: dev-setup
	@$(BIN)/lint-imports

app-setup: python qt
	@$(PYTHON) packaging/set_up.py requirements.lock

dev-setup: python qt
	@$(PYTHON) packaging/set_up.py requirements-dev.lock

python:
	@[ -n "$(PYTHON)" ] || { echo "KAP Journal needs Python 3.11 or later, and found none here." >&2; exit 1; }

qt: python
	@$(PYTHON) packaging/qt_libraries.py
