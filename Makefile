# Parallax: every command sets up what it needs first. Run `make` alone for the list.
PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/python -m generator
WEB    := tests/web/node_modules

# Python keeps compiled modules, also where a machine's habit is not to: each start is some 0.2 s quicker.
export PYTHONDONTWRITEBYTECODE :=

# What `make torture` runs, in full, the longest first.
TORTURED := $(addprefix tests/test_,$(addsuffix .py,hostile_files torture hostile_content hostile_browser \
	same_bytes evidence verify publishing serve hosting))

.PHONY: help site check serve test torture pythons audit lighthouse lint bench catalogues lock clean
.DEFAULT_GOAL := help

help:
	@echo "make site    build this repo's site into build/"
	@echo "make check   list every problem in the content"
	@echo "make serve   show the site in a browser, built again at every save"
	@echo "make test    run all the tests"
	@echo "make torture kill, starve and disturb builds, 100 times each way; try every hostile string and file (long)"
	@echo "make pythons test with every supported Python that this machine has, each to the same bytes"
	@echo "make audit   look up known holes of the pinned packages (needs the network)"
	@echo "make lighthouse  audit the front page, a claim, an article and a story with Lighthouse (needs Chromium and Node)"
	@echo "make bench   measure builds, beside those of Hugo, Eleventy and Pelican (needs the network; some 20 minutes)"
	@echo "make lint    check the code's types and style"
	@echo "make catalogues  gather the interface's messages for translation, and say which are not translated"
	@echo "make lock    pin the newest versions of the dependencies (needs the network)"
	@echo "make clean   remove build/, .parallax/, .venv/, .venvs/ and tests/web/node_modules/"

site: $(VENV)/site.done
	@$(RUN) build
	@$(RUN) schema >/dev/null
	@echo "Next: 'make serve' shows the site in a browser and follows your edits; 'make check' lists every problem."

check: $(VENV)/site.done
	@$(RUN) check
	@echo "Next: 'make site' builds the site."

serve: $(VENV)/site.done
	@$(RUN) serve

test: $(VENV)/test.done $(WEB)/.done
	@echo "Running the tests."
	@$(VENV)/bin/python -m pytest --numprocesses auto --dist loadfile --ignore tests/web --reached $(VENV)/reached.txt
	@echo "Running the checks of built pages."
	@$(VENV)/bin/python -m pytest --numprocesses auto --dist worksteal tests/web
	@echo "What the tests reached:"
	@cat $(VENV)/reached.txt
	@echo "All tests passed. Next: 'make site' builds the site, 'make lint' checks types and style."

torture: $(VENV)/test.done
	@PARALLAX_TORTURE=100 $(VENV)/bin/python -m pytest --numprocesses auto --dist loadfile $(TORTURED)

pythons: $(VENV)/test.done
	@$(VENV)/bin/python -m tests.upkeep.pythons $(PYTHONS)

# Without an answer from the network it says so, and does not fail; with AUDIT=--answer-needed it does.
audit: $(VENV)/site.done
	@$(VENV)/bin/python -m tests.upkeep.audit $(AUDIT)

lighthouse: $(VENV)/test.done $(WEB)/.done
	@$(VENV)/bin/python -m tests.web.lighthouse

bench: $(VENV)/site.done
	@$(VENV)/bin/python -m tests.bench

lint: $(VENV)/test.done
	@$(VENV)/bin/python -m ruff check generator tests
	@$(VENV)/bin/python -m mypy
	@echo "Types and style are in order."

# The virtual environment: made once, and again when Python has gone or moved.
$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing. On Debian: apt install python3 python3-venv" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Parallax needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) -V). Name another: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing. On Debian: apt install python3-venv" >&2; exit 2; }
	@echo "Making a virtual environment in $(VENV)/ ..."
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)

$(VENV)/site.done: constraints.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what a build needs (pinned, with hashes) ..."
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test.done: constraints-test.txt $(VENV)/site.done
	@echo "Installing what the tests need (pinned, with hashes) ..."
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints-test.txt
	@touch $@

# What the checks of pages need from npm. Without npm, or without the network, the tests say what they leave out.
$(WEB)/.done: tests/web/package-lock.json
	@command -v npm >/dev/null || exit 0; \
		echo "Installing what the checks of pages need (pinned, with hashes) ..."; \
		(cd tests/web && npm ci --silent --ignore-scripts) && touch $@ || echo "npm could not install it; the tests go on without." >&2

catalogues: $(VENV)/site.done
	@$(VENV)/bin/python -m generator.gather $(LANGUAGES)
	@echo "Next: translate what is said to lack in generator/catalogues/, then 'make test'."

# uv writes the constraints files; it is needed for this alone.
lock: $(VENV)/site.done
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv
	@$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--extra install --extra search --extra import pyproject.toml -o constraints.txt
	@$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		--extra install --extra search --extra import --extra test -c constraints.txt pyproject.toml -o constraints-test.txt
	@$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
		tests/upkeep/audit.in -o constraints-audit.txt
	@echo "Pinned. Next: 'make test' and 'make audit', then commit constraints.txt, constraints-test.txt and constraints-audit.txt."

clean:
	@rm -rf build .parallax $(VENV) .venvs $(WEB)
	@echo "Removed build/, .parallax/, $(VENV)/, .venvs/ and $(WEB)/."
