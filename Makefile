# PYTHON=/path/to/python names one; else infra/install.sh looks for it.
INSTALL := sh infra/install.sh
BIN := .venv/bin
RUN := .local/venvs/run/bin
HEED := $(RUN)/heed
# Two processes run these, the package is built once. Of the rest, one process has the stack that
# is shared, and another the tests that start stacks of their own.
APART := tests/unit tests/functional tests/onetap tests/project
# A browser before the app in the same process, on a simulated AWS: processes of their own.
FRAMED := tests/browser/dashboard tests/browser/mail tests/browser/responses tests/browser/webhooks
STAGE ?=

.DEFAULT_GOAL := help
.PHONY: help run up down package check coverage test onetap population bench fuzz attack clients docs messages networks key keys revoke member hook hooks rotate recount doctor surveys aside sweep redrive erase audit deploy rollback clean install tools supply dev local checks browser makers lock late export import storm

help:  ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## */\1\t/' | expand -t 12

run: install  ## The whole of Heed on this machine, until Ctrl-C
	@$(HEED) run

up: install  ## The same, in the background
	@$(HEED) up

down:  ## Stop it
	@if [ -x $(HEED) ]; then $(HEED) down; else echo "Nothing is up."; fi

package: supply  ## The zip, its SBOM and the template for AWS: make package [ARCH=arm64|x86_64]
	@$(HEED) package $(if $(ARCH),--arch "$(ARCH)")

check: checks  ## Style, types and the tests that take seconds
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy app.py chalicelib infra
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m infra.dead_code
	@$(BIN)/python -m infra.policies
	@$(BIN)/pytest -q -n 2 -m "not slow" $(APART)

coverage: dev  ## The branches that the tests of make check reach, and their floor
	@$(BIN)/pytest -q -n 2 -m "not slow" $(APART) --cov

test: local checks browser makers  ## Every test, on a stack of its own
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy app.py chalicelib infra
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m infra.dead_code
	@$(BIN)/python -m infra.policies
	@failed=0; \
	$(BIN)/pytest -q -n 2 $(APART) || failed=$$?; \
	$(BIN)/pytest -q -n 2 --dist loadfile $(FRAMED) || failed=$$?; \
	$(BIN)/pytest -q -n 2 --dist loadscope --durations=20 tests $(APART:%=--ignore=%) $(FRAMED:%=--ignore=%) || failed=$$?; \
	exit $$failed

onetap: dev  ## Replay a behaviour corpus: make onetap CORPUS=path [DRIVER=http|browser|all]
	@$(BIN)/python -m tests.onetap.replay "$(or $(CORPUS),tests/data/onetap/corpus.json)" $(or $(DRIVER),http)

population: dev  ## People and scanners made up by a seed: make population [SEED=...] [COUNT=...]
	@$(BIN)/python -m tests.onetap.population "$(or $(SEED),1)" "$(or $(COUNT),20000)"

bench: dev  ## What reads, writes and cold starts cost, beside a recount: make bench [CHECK=1]
	@$(BIN)/python -m tests.bench $(if $(CHECK),--check)

docs: dev  ## The pages of docs/ that are generated from the code
	@$(BIN)/python -m infra.docs

fuzz: local  ## The API against its document, longer: make fuzz [SEED=...] [EXAMPLES=...]
	@$(BIN)/python -m tests.stack.web.fuzz "$(or $(SEED),random)" "$(or $(EXAMPLES),200)"

attack: local  ## What an outsider would try, on a local stack of its own, with counts
	@$(BIN)/python -m tests.attack

clients: local browser makers  ## Clients in Python, TypeScript, Java and Go, made and tried: make clients [LANGUAGES="python go"]
	@$(INSTALL) generator
	@sh infra/java.sh
	@$(BIN)/python -m tests.clients $(LANGUAGES)

storm: local  ## Clients and faults on a stack of its own, then a recount: make storm [MINUTES=3] [SEED=...]
	@$(BIN)/python -m tests.storm "$(or $(MINUTES),3)" "$(SEED)"

networks: dev  ## The published networks of scanners and clouds, as they are today
	@$(BIN)/python -m infra.networks

messages: dev  ## The catalogues of templates/locale/ brought up to the code's texts
	@$(BIN)/python -m infra.messages
	@$(BIN)/python -m infra.formats

key: tools  ## A new API key: make key NAME=... SCOPES=... [SURVEYS=...] [EXPIRES=2027-01-31] [STAGE=...]
	@$(HEED) key --name "$(or $(NAME),unnamed)" --scopes "$(SCOPES)" --surveys "$(SURVEYS)" --expires "$(EXPIRES)" --stage "$(STAGE)"

keys: tools  ## The API keys: what each may do, and its last use: make keys [STAGE=...]
	@$(HEED) keys --stage "$(STAGE)"

revoke: tools  ## Take an API key back: make revoke KEY=ID [STAGE=...]
	@$(HEED) revoke --key "$(KEY)" --stage "$(STAGE)"

member: tools  ## Who may sign in to the pages: make member [ADDRESS=... ROLE=admin [SURVEYS=...] [NAME=...] [REMOVE=1]] [STAGE=...]
	@$(HEED) member --address "$(ADDRESS)" --role "$(ROLE)" --surveys "$(SURVEYS)" --name "$(NAME)" $(if $(REMOVE),--remove) --stage "$(STAGE)"

hook: tools  ## A new help-desk hook: make hook SURVEY=... [SOURCE=zendesk] [STAGE=...]
	@$(HEED) hook --survey "$(SURVEY)" --source "$(or $(SOURCE),zendesk)" --stage "$(STAGE)"

hooks: tools  ## The help-desk hooks: make hooks [STAGE=...]
	@$(HEED) hooks --stage "$(STAGE)"

rotate: tools  ## A second secret for a hook, or the end of the first: make rotate HOOK=ID [DONE=1] [STAGE=...]
	@$(HEED) rotate --hook "$(HOOK)" $(if $(DONE),--done) --source "$(or $(SOURCE),zendesk)" --stage "$(STAGE)"

surveys: tools  ## The surveys; heed surveys --help tells how to show, put and close one: make surveys [STAGE=...]
	@$(HEED) surveys list --stage "$(STAGE)"

doctor: tools  ## Whether a stack on AWS can send mail and be reached, and what to do: make doctor STAGE=...
	@$(HEED) doctor --stage "$(STAGE)"

recount: tools  ## The tallies counted again: make recount [SURVEY=...] [CHECK=1] [STAGE=...]
	@$(HEED) recount --survey "$(SURVEY)" $(if $(CHECK),--check) --stage "$(STAGE)"

aside: tools  ## What failed five times when it was due, or was late: make aside [BACK=ID|all] [STAGE=...]
	@$(HEED) aside --back "$(BACK)" --stage "$(STAGE)"

late: tools  ## What has waited for too long is set aside: make late [HOURS=24] [DRY=1] [TABLE=...] [STAGE=...]
	@$(HEED) late $(if $(HOURS),--hours "$(HOURS)") --table "$(TABLE)" --stage "$(STAGE)" $(if $(DRY),--dry)

export: tools  ## What a stack holds, as files: make export TO=folder [SURVEY=...] [STAGE=...]
	@$(HEED) export --to "$(TO)" --survey "$(SURVEY)" --stage "$(STAGE)"

import: tools  ## An export into a stack: make import FROM=folder [DRY=1] [TABLE=...] [STAGE=...]
	@$(HEED) import --from "$(FROM)" --table "$(TABLE)" --stage "$(STAGE)" $(if $(DRY),--dry)

erase: tools  ## A person, everywhere: make erase PERSON=address|id [STAGE=...]
	@$(HEED) erase --person "$(PERSON)" --stage "$(STAGE)"

sweep: tools  ## What got stuck is put on its way again: make sweep [DAYS=...] [STAGE=...]
	@$(HEED) sweep --stage "$(STAGE)" $(if $(DAYS),--days "$(DAYS)")

redrive: tools  ## The dead-letter queues emptied: make redrive [QUEUE=mail|deliveries|events|stream] [DRY=1] [STAGE=...]
	@$(HEED) redrive --queue "$(QUEUE)" --stage "$(STAGE)" $(if $(DRY),--dry)

audit: supply  ## What is known against the packages that are used, where that can be looked up
	@$(HEED) audit

deploy: tools  ## To AWS: make deploy STAGE=... [ARCH=arm64|x86_64]
	@test -n "$(STAGE)" || { echo "Which stage? make deploy STAGE=prod"; exit 1; }
	@$(HEED) deploy --stage "$(STAGE)" $(if $(ARCH),--arch "$(ARCH)")

rollback: tools  ## To the versions before the present ones: make rollback [FUNCTION=api] [DRY=1] [STAGE=...]
	@$(HEED) rollback --stage "$(STAGE)" --function "$(FUNCTION)" $(if $(DRY),--dry)

clean: down  ## Forget the local data, the build and the caches
	@rm -rf .local .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage

lock: tools  ## The versions and hashes of all packages, written again: make lock [UPGRADE=package]
	@$(INSTALL) lock
	@$(RUN)/python -m infra.lock "$(UPGRADE)"

install:
	@$(INSTALL) run aws sam inbox

tools:
	@$(INSTALL) run

supply:
	@$(INSTALL) run supply

dev:
	@$(INSTALL) dev

local:
	@$(INSTALL) dev aws sam inbox

checks:
	@$(INSTALL) dev supply checkov

browser:
	@sh infra/browser.sh

makers:
	@$(INSTALL) clients
