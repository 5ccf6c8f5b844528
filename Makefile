# Every target does its own set-up in .venv; `make run` and `make test` are all that is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test call check bench recording format schema lock clean

$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "ringmaster needs Python 3.11 or newer ($(PYTHON) was not found)"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "ringmaster needs Python 3.11 or newer; set PYTHON=..."; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing what requirements.lock names (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

run: $(READY) ## the server on the local Azure, ready for a call
	@$(BIN)/ringmaster dev

test: $(READY) ## every test: the long calls beside the others, then those that need the machine
	@$(BIN)/pytest -n 2 --dist loadgroup -m "not alone" --durations=10 || { [ $$? -eq 1 ] && \
		echo "once more, one after the other: what failed beside other tests" && \
		$(BIN)/pytest --last-failed --maxfail 3 -m "not alone"; }
	@$(BIN)/pytest -m alone

call: $(READY) ## a recorded caller phones in (the server must run)
	@$(BIN)/ringmaster call $(or $(PERSONA),tests/personas/rear_end) \
		$(if $(PORT),--server http://127.0.0.1:$(PORT)) $(if $(EMULATOR_PORT),--emulator http://127.0.0.1:$(EMULATOR_PORT))

check: $(READY) ## lint, types, imports, and the agent store
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/basedpyright
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/ringmaster check

bench: $(READY) ## benchmarks; JSON in var/bench, table in docs/benchmarks.md
	@$(BIN)/ringmaster bench

recording: $(READY) ## a call to listen to: a cough that is passed over, words that interrupt; WAV files in var/recordings
	@mkdir -p var/recordings && $(BIN)/python -m backend.bench.interrupted_call var/recordings

format: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

schema: $(READY) ## JSON Schemas of agents, lines, tools and rehearsals, and the reference page
	@$(BIN)/ringmaster schema --page docs/reference/agents.md

lock: $(READY) ## resolve pyproject.toml anew
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.lock

clean:
	rm -rf $(VENV) var .pytest_cache .ruff_cache .hypothesis
