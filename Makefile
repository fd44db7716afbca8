export PORT ?= 8000
export TEYUE_DATA ?= $(CURDIR)/data

.PHONY: help run test setup setup-dev format lock messages prove bench shots clean

help: ## say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## bring up the whole system on 127.0.0.1:$(PORT), data in $(TEYUE_DATA)
	@.venv/bin/teyue migrate --verbosity 0
	@exec .venv/bin/teyue serve --port $(PORT)

test: setup-dev ## check and test everything, on SQLite and on PostgreSQL
	@.venv/bin/python scripts/check.py

setup: ## environment, locked packages, assets, messages
	@scripts/setup.sh base

setup-dev: ## the same and what checking needs
	@scripts/setup.sh dev

format: setup-dev ## put Python into its form
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

lock: setup-dev ## write the locks anew from requirements/*.in and package.json
	@scripts/lock.sh

messages: setup-dev ## collect what people read into teyue/locale/
	@scripts/messages.sh

prove bench shots: setup-dev ## long runs: reliability, speed, screenshots
	@scripts/long.sh $@

clean: ## remove what set-up made; data stays
	@rm -rf .venv node_modules build teyue/web/static/vendor
