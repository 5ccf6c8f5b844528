# Every target does its own set-up in .venv; `make run` and `make test` are all that is needed.
# Whoever names a Python has that one; else it is the fastest of the version of `python3` that is on PATH.
PYTHON ?= python3
MAKES_VENV = $(if $(filter file,$(origin PYTHON)),"$$($(PYTHON) requirements/interpreter.py)",$(PYTHON))
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Locks name every package with its hashes. Nothing is resolved anew, so that a later release of anything changes
# nothing; what has no wheel is built with tools of the locks, too, which it looks for on PATH.
INSTALL := PATH="$$(cd $(BIN) && pwd):$$PATH" $(PIP) install --no-deps --no-build-isolation --require-hashes
# What is there: enough to run; to run and to test, which is the default environment (200 MB of it are a Node, for the
# browser of the tests); to check types, too.
READY_TO_RUN := $(VENV)/.ready-to-run
READY := $(VENV)/.ready
READY_TO_CHECK := $(VENV)/.ready-to-check
# Better ears for the local Azure, for who asks for them.
READY_TO_HEAR := $(VENV)/.ready-to-hear
# A real LiveKit server, built from the modules that requirements/livekit-server names.
LIVEKIT_SERVER := .tools/livekit-server

.DEFAULT_GOAL := help
.PHONY: help run test coverage test-livekit call talk check bench capacity profile threads fuzz chaos soak recording console format schema lock notices clean clean-data

help: ## list these targets
	@echo "usage: make WHAT, where WHAT is one of:"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1#\2/p' $(MAKEFILE_LIST) | while IFS='#' read -r name text; do \
		printf '%-13s %s\n' "$$name" "$$text"; done

$(READY_TO_RUN): requirements/build.lock requirements/local.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "ringmaster needs Python 3.11 or newer ($(PYTHON) was not found)"; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "ringmaster needs Python 3.11 or newer; set PYTHON=..."; exit 2; }
	@test -x $(BIN)/python || $(MAKES_VENV) -m venv $(VENV)
	@echo "installing what requirements/local.lock names into $(VENV) (once; about a minute)"
	@$(INSTALL) -r requirements/build.lock
	@$(INSTALL) -r requirements/local.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(READY_TO_RUN)

$(READY): $(READY_TO_RUN) requirements/dev.lock
	@echo "installing what the tests need besides (once)"
	@$(INSTALL) -r requirements/dev.lock
	@touch $(READY)

$(READY_TO_CHECK): $(READY) requirements/types.lock
	@echo "installing the type checker (once)"
	@$(INSTALL) -r requirements/types.lock
	@touch $(READY_TO_CHECK)

$(READY_TO_HEAR): $(READY_TO_RUN) requirements/ears/ears.lock
	@echo "installing what requirements/ears/ears.lock names (once; 500 MB)"
	@$(INSTALL) -r requirements/ears/ears.lock
	@touch $(READY_TO_HEAR)

$(LIVEKIT_SERVER): requirements/livekit-server/go.mod requirements/livekit-server/go.sum | $(READY_TO_RUN)
	@$(BIN)/python requirements/livekit_server.py

run: $(READY_TO_RUN) $(if $(filter 1,$(LIVEKIT)),$(LIVEKIT_SERVER)) $(if $(filter whisper,$(EARS)),$(READY_TO_HEAR)) ## run the server on the local Azure, ready for a call; LIVEKIT=1 adds LiveKit, EARS=whisper Spanish ears, SIGN_IN=1 sign-in by Entra ID; Ctrl-C ends it
	@$(BIN)/ringmaster dev $(if $(filter 1,$(LIVEKIT)),--livekit) $(if $(EARS),--stt $(EARS)) $(if $(filter 1,$(SIGN_IN)),--sign-in)

# Tests start hundreds of processes: without bytecode each would compile all of ours anew, whatever the environment says.
test coverage test-livekit: export PYTHONDONTWRITEBYTECODE :=

# Workers are forked from the process that has collected (tests/suite/crew.py), and the last of them have a
# core each. Coverage does not follow a fork: there what needs a core has a process of its own.
CREW := --crew 6
TESTS := not livekit
coverage: CREW := -n 5 --dist loadfile --no-loadscope-reorder
coverage: TESTS := not alone and not livekit

# In a fresh clone the packages are compiled first, by both cores. One process collects all tests then, from
# tests/bench on; meanwhile another one compiles the last of them, which are half.
test: $(READY) ## run every test: those that wait beside those that compute, then those that need the machine alone
	@test -d tests/__pycache__ || { $(BIN)/python -m compileall -q -j 2 backend config stand_in local_azure bench; \
		$(BIN)/pytest --collect-only -qq tests/unit >/dev/null 2>&1 & }
	@$(BIN)/pytest $(CREW) -m "$(TESTS)" --durations=10 $(MEASURE) || { \
		[ $$? -eq 1 ] && echo "once more, one after the other: what failed beside other tests" && \
		$(BIN)/pytest --last-failed --last-failed-no-failures none --second-chance --maxfail 3 -m "$(TESTS)" \
			$(if $(MEASURE),$(MEASURE) --cov-append); }
	@$(if $(MEASURE),$(BIN)/pytest -m "alone and not livekit" $$(grep -rl --include="test_*.py" "mark\.alone" tests),:)
	@echo "NOT RUN: $$(grep -rlE --include="test_*.py" "mark\.livekit" tests | wc -l) files of tests against a real LiveKit server; \`make test-livekit\` runs them"

coverage: $(READY) ## `make test`, with coverage; fails where a package is below its minimum in tests/suite/floors.toml
	@$(MAKE) --no-print-directory test CREW="$(CREW)" TESTS="$(TESTS)" MEASURE="--cov --cov-report="
	@$(BIN)/python tests/suite/coverage_floors.py

test-livekit: $(READY_TO_CHECK) $(LIVEKIT_SERVER) ## run the tests against a real LiveKit server, which is built the first time (two minutes)
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m livekit --durations=10 $(AGAIN) \
		$$(grep -rlE --include="test_*.py" "mark\.livekit" tests)

call: $(READY_TO_RUN) ## make a test call with a recorded caller (start the server first); PERSONA=FOLDER for another caller, VIA=livekit
	@$(BIN)/ringmaster call $(or $(PERSONA),tests/personas/rear_end) \
		$(if $(VIA),--via $(VIA)) $(if $(PORT),--server http://127.0.0.1:$(PORT)) $(if $(EMULATOR_PORT),--emulator http://127.0.0.1:$(EMULATOR_PORT))

talk: $(READY_TO_RUN) ## speak with the agents by microphone (start the server first); LINE=NAME for another line
	@$(BIN)/ringmaster talk $(if $(LINE),--line $(LINE)) $(if $(PORT),--server http://127.0.0.1:$(PORT))

check: $(READY_TO_CHECK) ## check lint, types, imports, locks, and the agent store; runs no test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/basedpyright
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python requirements/whole.py
	@$(BIN)/python requirements/notices.py --check
	@$(BIN)/python requirements/console.py --check
	@$(BIN)/ringmaster check

bench: $(READY_TO_RUN) ## run the benchmarks; JSON in var/bench, table in docs/benchmarks.md
	@$(BIN)/ringmaster bench

capacity: $(READY_TO_RUN) ## measure what a call takes (CALLS=20 SECONDS=20 ROUNDS=3) and write docs/capacity.md from it; takes two to three minutes
	@$(BIN)/python -m bench.call_cost $(if $(CALLS),--calls $(CALLS)) $(if $(SECONDS),--seconds $(SECONDS)) \
		$(if $(ROUNDS),--rounds $(ROUNDS))

profile: $(READY) ## load the server with CALLS=20 for SECONDS=20 and tell what its threads and functions cost; files in var/profile
	@$(BIN)/python -m bench.profiling $(if $(CALLS),--calls $(CALLS)) $(if $(SECONDS),--seconds $(SECONDS))

threads: $(READY) ## compare the Speech SDK's threads in the server with a bare program that does the same with it (CALLS=20 SECONDS=20 ROUNDS=3), in turn
	@$(BIN)/python -m bench.sdk_threads $(if $(CALLS),--calls $(CALLS)) $(if $(SECONDS),--seconds $(SECONDS)) \
		$(if $(ROUNDS),--rounds $(ROUNDS))

fuzz: $(READY) ## feed a million broken inputs to every parser; COUNT=, SEED=, FIRST=, TARGET=, JOBS=2, MINUTES=; JSON in var/fuzz
	@PYTHONPATH=. $(BIN)/python tests/fuzz/fuzzing.py $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED)) \
		$(if $(FIRST),--first $(FIRST)) $(if $(TARGET),--target $(TARGET)) $(if $(JOBS),--jobs $(JOBS)) \
		$(if $(MINUTES),--minutes $(MINUTES)) $(if $(RESULTS),--results $(RESULTS))

chaos: $(READY) ## kill, freeze and slow down what a call needs and compare with what is promised; ROWS=C1,P3 SCALE=0.1 JOBS=2; results in var/chaos
	@PYTHONPATH=. $(BIN)/python tests/chaos/chaos.py $(if $(ROWS),--rows $(ROWS)) $(if $(SCALE),--scale $(SCALE)) \
		$(if $(JOBS),--jobs $(JOBS)) $(if $(RESULTS),--results $(RESULTS))

soak: $(READY) ## make calls for MINUTES=60, CALLS=10 at a time, and look for leaks of memory and other resources; JSON in var/soak
	@PYTHONPATH=. $(BIN)/python tests/soak/soak.py $(if $(MINUTES),--minutes $(MINUTES)) $(if $(CALLS),--calls $(CALLS)) \
		$(if $(RESULTS),--results $(RESULTS))

recording: $(READY_TO_RUN) ## record a sample call: a cough is ignored, words interrupt the agent; WAV files in var/sample
	@mkdir -p var/sample && $(BIN)/python -m bench.interrupted_call var/sample

console: $(READY) ## bundle the console's pages from backend/console/src into backend/console/built, which is committed
	@$(BIN)/python requirements/console.py

format: $(READY) ## format every file
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

schema: $(READY_TO_RUN) ## write the JSON Schemas of agents, lines, tools and rehearsals, the reference pages, and .env.example
	@$(BIN)/ringmaster schema --page docs/reference/agents.md --env .env.example --events docs/log-events.md \
		--settings docs/reference/settings.md

# uv only writes the locks, so it lives outside of them; its version is pinned because another one may word them otherwise.
UV := $(VENV)/lock/bin/uv
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	--no-header $(if $(UPGRADE),--upgrade)

$(UV): $(READY_TO_RUN)
	@$(BIN)/python -m venv $(VENV)/lock
	@$(VENV)/lock/bin/python -m pip --disable-pip-version-check --quiet install uv==0.13.9

lock: $(UV) ## write the lock files from pyproject.toml; keeps pins where possible, UPGRADE=1 updates them
	@$(COMPILE) pyproject.toml --all-extras --group build -o requirements/types.lock
	@$(COMPILE) pyproject.toml --extra local --extra dev -c requirements/types.lock -o requirements/dev.lock
	@$(COMPILE) pyproject.toml --extra local -c requirements/types.lock -o requirements/local.lock
	@$(COMPILE) pyproject.toml -c requirements/types.lock -o requirements/server.lock
	@$(COMPILE) --group build -c requirements/types.lock -o requirements/build.lock
	@$(COMPILE) --group ears -c requirements/types.lock -o requirements/ears/ears.lock
	@$(COMPILE) --group go -o requirements/livekit-server/go.lock
	@echo "written; \`make check\` says whether they are whole"

notices: $(READY) ## list the third-party software in the image: THIRD_PARTY_NOTICES.md and requirements/sbom.cdx.json, from server.lock
	@$(BIN)/python requirements/notices.py

clean: ## remove what was installed and what tools left behind; data in var/ stays
	rm -rf $(VENV) .tools .pytest_cache .ruff_cache .hypothesis .import_linter_cache

clean-data: ## remove the data in var/ (calls, claims, recordings, benchmarks); asks first
	@test -d var || { echo "there is no var/"; exit 0; }; \
	printf 'remove var/ with all calls, claims and recordings (%s)? Type yes: ' "$$(du -sh var | cut -f1)"; \
	read -r answer; [ "$$answer" = yes ] || { echo "nothing was removed"; exit 1; }; rm -rf var && echo "removed"
