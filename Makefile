# make chat    set everything up, open the chat (on the sample articles the first time)
# make test    set everything up, run all tests
# make check   format, lint, types: seconds
# make reader  train the reader anew and write its weights: two hours on two cores, less with a GPU; what was
#              interrupted goes on
# make audit   compare the libraries with the known weaknesses (pip-audit), where their list can be reached
# make sbom    write build/sbom.json: every library that is installed, its version and licence (CycloneDX)
# make bench   measure speed beside a plain program of this kind, on real text, where it is
#              (HOIBAO_DATA, see docs/CONTRIBUTING.md)
#
# ARTICLES=DIR make chat    adds the articles of a folder first
# PORTABLE=1 make chat      compiles llama.cpp for every processor since 2013, not for this one only; kept to
#                           until PORTABLE=0
# TORCH_INDEX=URL           where PyTorch's CPU build comes from, if not from the default index

PYTHON ?= python3.11
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
HOIBAO := $(BIN)/hoibao
ARTICLES ?=
TORCH_INDEX ?=
PORTABLE ?= $(if $(wildcard $(VENV)/.llama-portable),1)
# What llama.cpp is compiled for: this processor, whatever it is, or every one with AVX2.
TARGET := $(if $(filter 1,$(PORTABLE)),portable,$(shell $(PYTHON) -P index/models/processor.py))
LLAMA := $(VENV)/.llama-$(TARGET)
# What llama-cpp-python's build leaves out: the vision library, TLS, and `common` (see the file).
LLAMA_CMAKE := -DLLAVA_BUILD=OFF -DLLAMA_OPENSSL=OFF \
	-DCMAKE_PROJECT_llama_cpp_INCLUDE=$(CURDIR)/.ci/llama.cmake \
	$(if $(filter portable,$(TARGET)),-DGGML_NATIVE=OFF)

# Pins with hashes, to pip: of one library (its lines up to the one without a "\"), of all others.
only = sed -n '/^$(1)==/,/[^\]$$/p' requirements.txt
but = sed '/^$(1)==/,/[^\]$$/d' requirements.txt
TORCH := torch==2.13.0
PINNED := install -qq --no-deps --require-hashes
AUDIT := $(VENV)-audit

.PHONY: chat test check bench reader setup models browser screenshot format requirements audit sbom

chat: models
	@if [ -n "$(ARTICLES)" ]; then $(HOIBAO) add "$(ARTICLES)"; \
	elif [ "$$($(HOIBAO) list --json)" = "[]" ]; then $(HOIBAO) add index/samples; fi
	$(HOIBAO) serve

test: models browser check
	$(BIN)/python -m pytest -n 2 --dist loadscope

check: setup
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy

format: setup
	$(BIN)/ruff format --quiet .
	$(BIN)/ruff check --quiet --fix .

bench: models
	$(BIN)/python tests/quality/bench.py

# Where checkpoints are kept.
TRAINING ?= $(HOME)/.cache/hoibao-reader
reader: models
	@mkdir -p "$(TRAINING)"
	$(BIN)/python -m rag.reader.made --seed 1 --count 20000 --out "$(TRAINING)/made.jsonl"
	$(BIN)/python -m rag.reader.train --work "$(TRAINING)" --stage 1 --steps 5400
	$(BIN)/python -m rag.reader.train --work "$(TRAINING)" --stage 2 --steps 1600 \
	  --made "$(TRAINING)/made.jsonl" --export rag/reader

screenshot: models browser
	$(BIN)/python tests/e2e/tasks.py
	$(BIN)/python tests/e2e/kinds.py
	$(BIN)/python tests/e2e/states.py
	$(BIN)/python tests/e2e/desk.py
	$(BIN)/python tests/e2e/keyboard.py

models: setup
	@$(HOIBAO) models pull

setup: $(VENV)/.done

$(VENV)/.done: pyproject.toml requirements.txt $(LLAMA)
	@$(PIP) install -qq --no-deps --no-build-isolation -e .
	@$(PIP) check -qq
	@touch $@

# pip keeps what it compiled, whatever for: so each target has a cache of its own.
$(LLAMA): $(VENV)/.python .ci/llama.cmake
	@echo "Compiling llama.cpp for $(if $(filter portable,$(TARGET)),every processor since 2013,this processor) \
	(some minutes, once) …"
	@rm -f $(VENV)/.llama-*
	@cache="$$($(PIP) cache dir 2>/dev/null || true)"; $(call only,llama_cpp_python) | \
	  CMAKE_ARGS="$(LLAMA_CMAKE)" $(PIP) $(PINNED) \
	  $${cache:+--cache-dir "$$cache/hoibao-$(TARGET)"} --force-reinstall -r /dev/stdin
	@$(BIN)/python -P index/models/processor.py record $(filter portable,$(TARGET))
	@touch $@

# PyTorch comes without a hash of ours: which build is right depends on the index.
$(VENV)/.python: requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "install Python 3.11, or name it: make chat PYTHON=…" >&2; exit 2; }
	@echo "Setting up in $(VENV): the libraries …"
	@$(PYTHON) -m venv $(VENV)
	@$(call only,pip) | $(PIP) $(PINNED) -r /dev/stdin
	@$(call but,llama_cpp_python) | $(PIP) $(PINNED) -r /dev/stdin
	@$(PIP) install -qq $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) $(TORCH)
	@touch $@

audit: $(AUDIT)/.done
	@$(AUDIT)/bin/python .ci/audit.py requirements.txt .ci/audit.txt $(TORCH)

sbom: setup $(AUDIT)/.done
	@mkdir -p build
	@$(AUDIT)/bin/cyclonedx-py environment --pyproject pyproject.toml --of JSON --output-reproducible \
	  -o build/sbom.json $(BIN)/python
	@echo build/sbom.json

# An environment of its own: what looks at the libraries is none of them.
$(AUDIT)/.done: .ci/audit.txt
	@$(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip --disable-pip-version-check $(PINNED) -r .ci/audit.txt
	@touch $@

# What tests need beside Python: Debian's Chromium (elsewhere set HOIBAO_CHROMIUM to one that is there), strace,
# which watches the sockets, Tesseract, which reads scans, npm for axe-core, and PostgreSQL, without which its tests
# are skipped.
browser: tests/e2e/node_modules/.done
	@command -v "$${HOIBAO_CHROMIUM:-chromium}" >/dev/null && command -v strace >/dev/null \
	  && tesseract --list-langs 2>/dev/null | grep -qx vie || { \
	  command -v apt-get >/dev/null || { echo "install strace, Chromium and Tesseract" >&2; exit 2; }; \
	  apt-get update -qq && apt-get install -y -qq chromium strace fonts-noto-core tesseract-ocr \
	    tesseract-ocr-vie >/dev/null; }
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || ! command -v apt-get >/dev/null || { \
	  apt-get update -qq && apt-get install -y -qq postgresql >/dev/null; }

tests/e2e/node_modules/.done: tests/e2e/package-lock.json
	@command -v npm >/dev/null || { \
	  command -v apt-get >/dev/null || { echo "install npm" >&2; exit 2; }; \
	  apt-get update -qq && apt-get install -y -qq npm >/dev/null; }
	@npm ci --silent --prefix tests/e2e
	@touch $@

# What is installed, as pins: after a version was changed in pyproject.toml and installed by hand.
requirements: setup
	$(PIP) freeze --all --exclude-editable | $(BIN)/python .ci/pins.py > requirements.txt.new
	mv requirements.txt.new requirements.txt
