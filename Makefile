# One short recipe per job. Each job first sets up what it needs; the second time that takes no time.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
VENV := .venv/bin
SETUP := pyproject.toml requirements/constraints.txt tools/bootstrap.py
ARGS ?=

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1|/p' Makefile | tr '|' '\t' | expand -t 22

run: .venv/ready ## Open the window; ARGS="E1" searches for E1
	@$(VENV)/python -m pos_helper $(ARGS) || { code=$$?; \
	  test $$code -eq 3 -a -z "$(ARGS)" || exit $$code; \
	  echo; $(VENV)/python -m pos_helper lookup E1; }

test: .venv/ready-dev ## Run all tests; ARGS="tests/domain -x" runs some
	@$(VENV)/python -m pytest -q $(ARGS)

kills: .venv/ready-dev ## Kill the program 1,000 times while it keeps things; ARGS="200" fewer
	@PYTHONPATH=. $(VENV)/python tests/kills.py $(ARGS)

damage: .venv/ready-dev ## Damage every byte of a case file's first pages, and look for E1 each time
	@$(VENV)/python -m pytest -q --every-byte tests/test_damage.py

environments: .venv/ready-dev ## Run what depends on fonts and locale in other environments (on Debian)
	@$(VENV)/python tools/environments.py $(ARGS)

bench: .venv/ready-dev ## Measure speed and memory, each figure beside its baseline
	@$(VENV)/python -m benchmarks $(ARGS)

lint: .venv/ready-dev ## Check format, style, types and who imports whom
	@$(VENV)/ruff format --check --quiet .
	@$(VENV)/ruff check --quiet .
	@$(VENV)/mypy
	@$(VENV)/lint-imports --no-logo

translations: .venv/ready-dev ## Bring translations/ up to date with the window's texts
	@$(VENV)/python tools/update_translations.py

font: .venv/ready-dev ## Make the bundled font anew (on Debian or Ubuntu)
	@$(VENV)/python resources/fonts/subset.py

docs: .venv/ready-dev ## Draw who imports whom into docs/architecture.md anew
	@$(VENV)/python tools/draw_architecture.py

screenshots: .venv/ready-dev ## Take the pictures of the documentation anew
	@$(VENV)/python tools/screenshots.py

package: .venv/ready-dev ## Build what shops install into dist/ (on Debian)
	@$(VENV)/python tools/package.py

trylinux: .venv/ready-dev ## Install and use what make package built in bare Debian systems (as root)
	@$(VENV)/python tools/try_linux.py

clean: ## Delete what the other jobs made
	rm -rf .venv build dist output *.egg-info .*_cache .hypothesis .coverage

.venv/ready: $(SETUP)
	@$(or $(PYTHON),$(error POS Helper needs Python 3.11 or newer)) tools/bootstrap.py
	@touch $@

.venv/ready-dev: $(SETUP)
	@$(or $(PYTHON),$(error POS Helper needs Python 3.11 or newer)) tools/bootstrap.py --dev
	@touch .venv/ready $@

.PHONY: help run test kills damage environments bench lint translations font docs screenshots package trylinux clean
