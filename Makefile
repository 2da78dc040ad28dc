# make run | test | check | bench | clean        GNU make 3.81 or newer: Debian and macOS as they are
#
# The stamps in .venv say what is installed; only a changed pyproject.toml installs again.
# Another Python: make run PYTHON=python3.12        Arguments: make test ARGS="-k plane"

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
INSTALL := $(PY) install.py
TOP := install.py hatch_build.py

.PHONY: run test check bench clean

run: .venv/installed
	@if reason=$$($(PY) -m explorer.ui.startup.screen); then $(PY) -m explorer $(ARGS); else \
		echo "$$reason; taking the tour without one: a picture a step in the folder tour"; \
		$(PY) -m explorer tour --out tour; fi

test: .venv/installed-test
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n auto --dist loadfile $(ARGS)

check: .venv/installed-test .venv/installed-check
	$(PY) -m ruff format --check explorer tests benchmarks $(TOP)
	$(PY) -m ruff check explorer tests benchmarks $(TOP)
	$(PY) -m mypy
	.venv/bin/lint-imports

bench: .venv/installed-bench
	$(PY) -m benchmarks $(ARGS)

clean:
	rm -rf .venv build dist tour .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find explorer tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/python:
	@if [ -z "$(PYTHON)" ] || ! "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
		echo "error: no Python 3.11 or newer was found: install one, or name it: make run PYTHON=/path/to/python3"; \
		exit 1; fi
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "error: this Python cannot make virtual environments: apt install python3-venv"; exit 1; }
	@test -x $(PY) && $(PY) -m pip --version >/dev/null 2>&1 || { \
		echo "Making a virtual environment in .venv"; "$(PYTHON)" -m venv --clear .venv; }
	@touch $@

.venv/installed: pyproject.toml .venv/python
	@$(INSTALL)
	@touch $@

.venv/installed-test: .venv/installed
	@$(INSTALL) test
	@touch $@

.venv/installed-check: .venv/installed
	@$(INSTALL) check
	@touch $@

.venv/installed-bench: .venv/installed
	@$(INSTALL) bench
	@touch $@
