# Two commands: `make run` runs the hotline on this machine, `make test` tests it.
SHELL := /bin/bash
GOLANGCI := scripts/tool.sh golangci-lint github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
SQLC := scripts/tool.sh sqlc github.com/sqlc-dev/sqlc/cmd/sqlc@v1.31.1
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

.DEFAULT_GOAL := help
.PHONY: help deps deps-test console prompts build run test race lint fuzz bench chaos days surge screenshots check fmt generate clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## run everything on this machine: gets what is missing, builds, starts, prints addresses
	@exec bin/hotline up

test: deps-test console ## run every test, with real Asterisk, Postgres, Redis and browser
	@scripts/test.sh

deps: ## get what is missing to build and run (says what before it uses apt)
	@scripts/deps.sh

deps-test: ## get what is missing to test as well
	@scripts/deps.sh test

console: deps ## build the pages of staff and citizens
	@scripts/console.sh

build: console ## build bin/hotline
	@CGO_ENABLED=0 go build -trimpath -ldflags '-X main.version=$(VERSION)' -o bin/hotline ./cmd/hotline

prompts: build ## make the spoken prompts from their texts
	@bin/hotline prompts build

race: console ## run the Go tests of PKG (default ./...) with the race detector, twice
	@scripts/test.sh -race -shuffle=on -count=2 $(or $(PKG),./...)

lint: console ## check style, layers and errors
	@$(GOLANGCI) run ./...

fuzz: console ## fuzz every parser for FUZZTIME (default 20s) each
	@scripts/fuzz.sh

bench: deps-test console ## measure: latencies of 100 real calls, and the benchmarks of PKG (default ./...)
	@scripts/bench.sh $(PKG)

surge: deps-test console ## let CALLS (default 1000) citizens call within OVER (default 60s), and print what became of them
	@scripts/surge.sh $(or $(CALLS),1000) $(or $(OVER),60s)

chaos: deps-test console ## let faults happen in emergency calls, and print what the citizens heard (docs/chaos.md)
	@scripts/chaos.sh

days: ## draw DAYS (default 2000) random days of the switchboard, others each time
	@go test ./internal/switchboard -timeout 2h -run TestAny -rapid.seed=0 -rapid.checks=$(or $(DAYS),2000)

screenshots: deps-test console ## take the README's pictures anew
	@HOTLINE_SCREENSHOTS=$(CURDIR)/internal/web/console/screenshots scripts/netns.sh go test -count=1 -run 'EveryPage|AnEmergencyIsHandedOver|ACitizenWhoIsCutOff' ./internal/app

check: lint test ## what CI runs

fmt: ## format the Go sources
	@$(GOLANGCI) fmt ./...

generate: ## make generated sources anew
	@$(SQLC) generate
	@go generate ./...

clean: ## remove what was built; keeps ./var (data) and the cache
	@rm -rf bin internal/web/console/dist internal/web/console/node_modules
