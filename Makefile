PYTHON ?= python3
PORT ?= 8765
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

EDITION = $(shell $(BIN)/python -c 'from glossary import Glossary; print(Glossary.open().edition)')
DIST = dist
RELEASE = $(DIST)/zh-en-glossary-$(EDITION)

.PHONY: setup serve test lint bench release clean

setup: $(STAMP)

# again when what is to be installed has changed
$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[anki,dev,dictionary]'
	touch $(STAMP)

serve: setup
	$(BIN)/glossary serve --port $(PORT)

test: setup
	$(BIN)/pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/glossary lint
	$(BIN)/glossary fmt --check

bench: setup
	$(BIN)/python -m benchmarks

# an edition as one file, the same bytes from the same terms: for look-up, for other programs, for people
release: setup
	rm -rf $(RELEASE) $(RELEASE).zip
	mkdir -p $(RELEASE)
	$(BIN)/python -m glossary export json -o $(RELEASE)/glossary.json
	$(BIN)/python -m glossary export csv --script both -o $(RELEASE)/glossary.csv
	$(BIN)/python -m glossary export tbx -o $(RELEASE)/glossary.tbx
	cp terms/CHANGES.md terms/LICENSE CITATION.cff $(RELEASE)
	find $(RELEASE) -exec touch -d '$(subst .,-,$(EDITION)) 00:00:00 UTC' {} +
	cd $(DIST) && TZ=UTC $(abspath $(BIN))/python -m zipfile -c $(notdir $(RELEASE)).zip $(notdir $(RELEASE))
	rm -rf $(RELEASE)

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache
