# Two commands do everything: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
DEMO_ENV := DEBUG=1
MANAGE := $(DEMO_ENV) $(PY) example_site/manage.py

.DEFAULT_GOAL := help
.PHONY: help demo demo-data demo-reset test test-fast lint format bench browser wheel messages matrix migrations-check soak coverage mutation security scan pictures clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=python3.12, for example.")'
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --upgrade pip
	@touch $@

$(VENV)/.site: $(VENV)/.made setup.cfg
	$(PY) -m pip install --quiet --disable-pip-version-check --editable '.[site,postgres]'
	@touch $@

$(VENV)/.test: $(VENV)/.site setup.cfg
	$(PY) -m pip install --quiet --disable-pip-version-check --editable '.[site,test]'
	@touch $@

demo: $(VENV)/.site ## set up and run a filled example site on SQLite (PORT=8000)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demo --once
	@$(MANAGE) show_logins --port $(PORT)
	@$(MANAGE) runserver --noreload 127.0.0.1:$(PORT)

demo-data: $(VENV)/.site ## set up the demo site without starting it
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demo --once

demo-reset: ## throw the demo site's database away
	rm -rf example_site/db.sqlite3* example_site/media

test: $(VENV)/.test ## every test, on SQLite and PostgreSQL
	$(PY) -m tests.run

test-fast: $(VENV)/.test ## the tests on SQLite, without browser, wheel and bench
	$(PY) -m pytest -n auto -m "not browser and not wheel and not postgres"

browser: $(VENV)/.test ## the tests in a real browser
	$(PY) -m pytest -m browser

wheel: $(VENV)/.test ## build the wheel and try it in a fresh environment
	$(PY) -m pytest -m wheel

lint: $(VENV)/.test ## style, formatting and the rooms' import contract
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports

format: $(VENV)/.test ## format the code
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: .venv-bench/.made ## measure matching beside its peers, as ratios (build/bench.json)
	.venv-bench/bin/python -m tests.bench

# The peers bring dependencies of their own, so they get an environment of their own.
.venv-bench/.made: setup.cfg tests/bench/requirements.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[site]' -r tests/bench/requirements.txt
	@touch $@

soak: $(VENV)/.test ## the long runs
	PEER_SOAK=1 $(PY) -m pytest -m soak

coverage: $(VENV)/.test ## every branch of what guards people's data, on SQLite and PostgreSQL
	$(PY) -m tests.covering

mutation: $(VENV)/.test ## plant faults in the same code and count how many the tests find; long (MODULES="privacy/keys")
	nice -n 10 $(PY) -m tests.mutation $(MODULES)

security: .venv-security/.made ## bandit and semgrep, with the rules of this repository
	.venv-security/bin/python -m tests.security.static

# semgrep asks for versions of its own, so it gets an environment of its own.
.venv-security/.made: setup.cfg
	$(PYTHON) -m venv .venv-security
	.venv-security/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[security]'
	@touch $@

scan: $(VENV)/.test ## sqlmap and wapiti against the demo, on this machine only; long (needs both: apt-get install sqlmap wapiti)
	$(PY) -m tests.security.scan

messages: $(VENV)/.test ## collect and compile the Danish texts
	cd peer_support && ../$(PY) -m django makemessages --locale da --no-location --ignore danish_admin --ignore migrations
	cd peer_support && ../$(PY) -m django makemessages --locale da --domain djangojs --no-location --ignore danish_admin
	cd peer_support && ../$(PY) -m django compilemessages --locale da

matrix: $(VENV)/.test ## Pythons, Djangos and Wagtails, as far as they combine
	$(PY) -m tests.matrix

migrations-check: $(VENV)/.test ## no migration is missing, on the lowest and the highest Wagtail
	$(PY) -m tests.matrix --migrations-only

pictures: $(VENV)/.test ## take the screenshots in docs/images
	$(PY) -m tests.pictures

clean: ## remove what was built
	rm -rf build dist *.egg-info .pytest_cache .ruff_cache .import_linter_cache
