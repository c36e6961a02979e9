# make chat    set everything up, open the chat (on the sample articles the first time)
# make test    set everything up, run all tests
# make check   format, lint, types: seconds
# make bench   measure speed beside a plain program of this kind, on the real text in ../shared, where it is
#
# ARTICLES=DIR make chat    adds the articles of a folder first
# TORCH_INDEX=URL           where PyTorch's CPU build comes from, if not from the default index

PYTHON ?= python3.11
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
HOIBAO := $(BIN)/hoibao
ARTICLES ?=
TORCH_INDEX ?=
# What llama-cpp-python's build leaves out: the vision library, TLS, and `common` (see the file).
LLAMA_CMAKE := -DLLAVA_BUILD=OFF -DLLAMA_OPENSSL=OFF \
	-DCMAKE_PROJECT_llama_cpp_INCLUDE=$(CURDIR)/.ci/llama.cmake

.PHONY: chat test check bench setup models browser screenshot format constraints

chat: models
	@if [ -n "$(ARTICLES)" ]; then $(HOIBAO) add "$(ARTICLES)"; \
	elif [ "$$($(HOIBAO) list --json)" = "[]" ]; then $(HOIBAO) add index/samples; fi
	$(HOIBAO) serve

test: models browser check
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy

format: setup
	$(BIN)/ruff format --quiet .
	$(BIN)/ruff check --quiet --fix .

bench: models
	$(BIN)/python tests/quality/bench.py

screenshot: models browser
	$(BIN)/python tests/e2e/tasks.py

models: setup
	@$(HOIBAO) models pull

setup: $(VENV)/.done

$(VENV)/.done: pyproject.toml constraints.txt .ci/llama.cmake
	@echo "Setting up in $(VENV): libraries, and llama.cpp compiled (some minutes, once) …"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install -qq pip==26.3
	@$(PIP) install -qq -c constraints.txt $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) torch==2.13.0
	@CMAKE_ARGS="$(LLAMA_CMAKE)" $(PIP) install -qq -c constraints.txt -e ".[dev]"
	@touch $@

# What the browser tests need beside Python: Debian's Chromium (elsewhere set HOIBAO_CHROMIUM to one that is
# there), strace, which watches the sockets, and npm for axe-core.
browser: tests/e2e/node_modules/.done
	@command -v "$${HOIBAO_CHROMIUM:-chromium}" >/dev/null && command -v strace >/dev/null || { \
	  command -v apt-get >/dev/null || { echo "install strace and Chromium, or set HOIBAO_CHROMIUM" >&2; exit 2; }; \
	  apt-get update -qq && apt-get install -y -qq chromium strace fonts-noto-core >/dev/null; }

tests/e2e/node_modules/.done: tests/e2e/package-lock.json
	@command -v npm >/dev/null || { \
	  command -v apt-get >/dev/null || { echo "install npm" >&2; exit 2; }; \
	  apt-get update -qq && apt-get install -y -qq npm >/dev/null; }
	@npm ci --silent --prefix tests/e2e
	@touch $@

constraints: setup
	$(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu$$//' > constraints.txt
