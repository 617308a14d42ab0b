# Chautari. `make` alone says what there is.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

GO ?= go
NPM ?= npm
export CGO_ENABLED := 0

STAMP := frontend/node_modules/.installed
# What only these two commands need is installed apart, so that the tests don't wait for it.
API_PAGE := frontend/api-page/node_modules/.installed
SPEED := frontend/speed/node_modules/.installed
PAGES := frontend/dist/index.html
PAGE_SOURCES := $(shell find frontend/src frontend/public frontend/messages frontend/scripts frontend/project.inlang \
	-type f -not -path '*/words.gen/*' -not -name '.gitkeep' 2>/dev/null) \
	frontend/index.html frontend/vite.config.ts frontend/package.json

.PHONY: help demo dev run test check bench lighthouse release scan reproduce build install api browser format clean

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: build ## Try it out: an invented organisation on http://localhost:8080 (PORT, DATA_DIR, CREDENTIALS)
	@exec bin/server demo

dev: build $(API_PAGE) ## Work on the pages: the demo (PORT) behind Vite, which reloads them, with the API at /api-page/
	@bin/server demo & server=$$!; trap "kill $$server 2>/dev/null || true; wait" EXIT; \
		echo "The API stands at /api-page/ of the address that Vite prints."; \
		cd frontend && $(NPM) run dev

run: build ## A real, empty installation (PORT, DATA_DIR, KEY_FILE)
	@exec bin/server run

test: install build browser ## Every test: Go, frontend, browser; installs what they need
	$(GO) test ./...
	cd models/store/mongo && $(GO) test
	cd models/store/mongo/wire && $(GO) test
	cd frontend && $(NPM) test
	cd frontend && $(NPM) run e2e

check: install $(PAGES) ## Fast: format, vet, linters, types, order of packages, API document, size budgets
	@unformatted=$$($(GO) tool gofumpt -l models routes server frontend/*.go); \
		if [ -n "$$unformatted" ]; then echo "not formatted (make format):"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) test ./server ./models/access
	$(GO) run ./server openapi | cmp - frontend/openapi.json || { echo "frontend/openapi.json is old (make api)"; exit 1; }
	cd frontend && $(NPM) run check
	cd frontend && $(NPM) run size

bench: build ## Print tables of speed and memory (GROWTH=1: up to 50,000 members; BACKUP=1: backup and restore alone; SECONDS, CLIENTS)
	$(GO) run ./server/bench

lighthouse: build browser $(SPEED) ## Hold the members' pages to their speed on a cheap phone (RUNS)
	cd frontend/speed && $(NPM) start --silent

release: $(PAGES) ## What is shipped: programs without demo, bills of materials, sums (bin/release)
	@script=server/release/release.sh; bash $$script

scan: $(PAGES) ## Known weaknesses in what is shipped, by the list that go.mod pins
	@script=server/release/scan.sh; bash $$script

reproduce: ## Build the last commit twice, in two places, and compare
	@script=server/release/reproduce.sh; bash $$script

build: bin/server ## Build the one server binary with the pages inside

install: $(STAMP)

api: ## Write the API document and the frontend's types anew
	$(GO) run ./server openapi > frontend/openapi.new && mv frontend/openapi.new frontend/openapi.json
	cd frontend && $(NPM) run api

format: install ## Format all sources
	$(GO) tool gofumpt -w models routes server frontend/*.go
	cd frontend && npx biome check --write .

browser: ## Chromium and Devanagari fonts for the browser tests, where they are missing
	@scripts=frontend/scripts/browser.sh; bash $$scripts

clean: ## Remove what was built
	rm -rf bin frontend/dist/* frontend/node_modules frontend/api-page/node_modules frontend/speed/node_modules

$(STAMP): frontend/package-lock.json
	cd frontend && $(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(API_PAGE) $(SPEED): %/node_modules/.installed: %/package-lock.json
	cd $* && $(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGES): $(STAMP) $(PAGE_SOURCES)
	cd frontend && $(NPM) run build
	@touch $@

bin/server: $(PAGES) $(shell find models routes server frontend -name '*.go' -not -name '*_test.go' -not -path '*/node_modules/*' 2>/dev/null) \
		$(shell find models routes -type f \( -name '*.txt' -o -name '*.cedar' -o -name '*.csv' -o -name '*.json' -o -name '*.html' -o -name '*.css' \) 2>/dev/null) go.mod go.sum
	$(GO) build -ldflags '-s -w' -o $@ ./server
