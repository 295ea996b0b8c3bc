# Everything here sets itself up: it needs Python 3.11 or later with pip, and make. Nothing else.
#
#   make demo    run the kiosk with nothing attached      make test    prove it works
#   make check   style, types, layers and words           make bench   measure it
#   make words   compile the word catalogues after editing a .po
#   make hunt    look for new counterexamples: the tests that draw at random, with fresh draws
#
# make check is made of style, lint, types, layers and complete; make -k check goes on after a finding.
#
# ARGS is handed on: make test ARGS="-k visitors", make demo ARGS="--play".
# PYTHON chooses the interpreter, VENV the folder of the environment.

VENV ?= .venv
ARGS ?=
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
WORDS := $(VENV)/.words
COMPILED := $(VENV)/.compiled
CODE := kiosk drivers visitors shift_handover
CATALOGUES := $(wildcard kiosk/locale/*/LC_MESSAGES/*.po)
CANDIDATES := $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11

.PHONY: demo test hunt check bench words setup clean style lint types layers complete
.DEFAULT_GOAL := test

demo: setup
	@$(BIN)/kiosk demo $(ARGS)

test: setup
	@$(BIN)/pytest $(ARGS)

hunt: setup
	@$(BIN)/pytest --hypothesis-profile=hunt -m hypothesis $(ARGS)

check: style lint types layers complete

style: setup
	$(BIN)/ruff format --check --output-format concise .

lint: setup
	$(BIN)/ruff check --output-format concise .

types: setup
	$(BIN)/mypy

layers: setup
	$(BIN)/lint-imports

complete: setup
	$(BIN)/pytest -q tests/test_house.py tests/test_words_complete.py

bench: setup
	@$(BIN)/python tests/bench/run.py $(ARGS)

words: setup
	@$(BIN)/python -c "import sys; sys.path.insert(0, 'deploy'); from pathlib import Path; import compile_words as c; [print(f) for f in c.compile_catalogues(Path('kiosk/locale'))]"

setup: $(INSTALLED) $(WORDS) $(COMPILED)

clean:
	rm -rf $(VENV)

# Debian and its relatives ship python3 without ensurepip unless python3-venv is installed; there the
# environment is made without pip and filled by the machine's own pip (22.3 and later take --python).
$(INSTALLED): requirements.lock pyproject.toml deploy/compile_words.py
	@set -e; \
	chosen=; \
	for name in $(CANDIDATES); do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then chosen=$$name; break; fi; \
	done; \
	if [ -z "$$chosen" ]; then \
	  echo "The kiosk needs Python 3.11 or later, and none of these is: $(strip $(CANDIDATES))" >&2; \
	  echo "On Debian 12 or later: sudo apt install python3 python3-venv. Elsewhere: make PYTHON=/path/to/python3" >&2; \
	  exit 1; \
	fi; \
	if "$$chosen" -c 'import ensurepip, venv' 2>/dev/null; then \
	  "$$chosen" -m venv "$(VENV)"; \
	  install="$(BIN)/python -m pip install"; \
	elif "$$chosen" -m venv --without-pip "$(VENV)" 2>/dev/null && "$$chosen" -m pip --python "$(BIN)/python" --version >/dev/null 2>&1; then \
	  install="$$chosen -m pip --python $(BIN)/python install"; \
	else \
	  echo "$$chosen can make no environment of its own: neither venv with pip nor a pip that fills one." >&2; \
	  echo "On Debian: sudo apt install python3-venv. Then run make again." >&2; \
	  exit 1; \
	fi; \
	echo "Setting up $(VENV) with $$chosen (a minute or two, once)"; \
	$$install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	$$install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The kiosk runs as a user who may not write here: uncompiled, every start would compile it all anew.
$(COMPILED): $(INSTALLED) $(shell find $(CODE) -name '*.py')
	@$(BIN)/python -m compileall -q $(CODE)
	@touch $@

$(WORDS): $(INSTALLED) $(CATALOGUES)
	@$(BIN)/python -c "import sys; sys.path.insert(0, 'deploy'); from pathlib import Path; import compile_words as c; c.compile_catalogues(Path('kiosk/locale'))"
	@touch $@
