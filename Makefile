# The tasks of this repository. Everything here is a short name for commands that also work by themselves.
SCRIPTS := src/JsRun.Hosting/JavaScript
.DEFAULT_GOAL := help
.PHONY: help install build build-dev test test-quiet test-one mutate format lint lint-fix api schema pack bench bench-web wpt clean all

help: ## List the tasks
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: ## Restore NuGet and npm packages
	dotnet restore JsRun.sln
	cd $(SCRIPTS) && npm ci --ignore-scripts --no-audit --no-fund

build: ## Build everything as it ships (Release)
	dotnet build JsRun.sln -c Release

build-dev: ## Build everything for debugging
	dotnet build JsRun.sln

test: ## Run all tests, .NET and JavaScript
	dotnet test JsRun.sln -c Release
	cd $(SCRIPTS) && npm test

test-quiet: ## Run all tests and show only what fails, and the sums
	@log=$$(mktemp); code=0; \
	dotnet test JsRun.sln -c Release -v q --nologo >$$log 2>&1 || code=1; \
	(cd $(SCRIPTS) && npm test --silent) >>$$log 2>&1 || code=1; \
	grep -E '\[FAIL\]|: error |^ +(at |Error Message|Stack Trace)|Failed:|^ *not ok|^[#ℹ] (pass|fail)' $$log; \
	rm -f $$log; exit $$code

test-one: ## Run the tests whose full name contains NAME: make test-one NAME=PermissionSetTests
	@test -n "$(NAME)" || { echo "Give a name: make test-one NAME=PermissionSetTests"; exit 2; }
	dotnet test JsRun.sln --filter "FullyQualifiedName~$(NAME)"

mutate: ## Measure with mutations what the tests that need no V8 notice, and write the scores into docs/quality.md: make mutate PROJECTS=AspNetCore
	dotnet tool restore
	for project in $(or $(PROJECTS),AspNetCore Hosting); do \
	  (cd tests/Mutation/$$project && dotnet stryker -O ../../../artifacts/mutation/$$project) || exit 1; \
	  node .ci/quality.mjs mutation artifacts/mutation/$$project/reports/mutation-report.json || exit 1; done

format: ## Format the C# sources
	dotnet format JsRun.sln

lint: ## Check format, analyzers, types and JavaScript lint; change nothing
	dotnet format JsRun.sln --verify-no-changes
	cd $(SCRIPTS) && npm run check && npm run lint
	cd samples/EdgeFunctions && npm ci --ignore-scripts --no-audit --no-fund && npm run check

lint-fix: ## Mend what lint finds, where that can be done by itself
	dotnet format JsRun.sln
	cd $(SCRIPTS) && npm run lint -- --fix

api: ## Bring PublicAPI.Unshipped.txt up to date with the public members
	@# One project and one rule at a time: the fixes of several do not merge.
	for project in src/JsRun.Hosting src/JsRun.AspNetCore; do for rule in RS0016 RS0017; do \
	  dotnet format analyzers $$project --diagnostics $$rule --severity warn || exit 1; done; done

schema: ## Write appsettings.schema.json from the options types
	JSRUN_WRITE_SCHEMA=1 dotnet test tests/JsRun.Hosting.Tests --filter FullyQualifiedName~ConfigurationSchemaTests

pack: ## Make the packages, with symbols and bills of materials, in artifacts/package/release: make pack VERSION=0.1.0
	dotnet pack JsRun.sln -c Release $(if $(VERSION),-p:Version=$(VERSION))
	build/sbom.sh artifacts/package/release

bench: ## Run the micro-benchmarks: make bench FILTER='*Values*'
	dotnet run -c Release --project bench/JsRun.Benchmarks -- --filter '$(or $(FILTER),*)'

wpt: ## Run web-platform-tests, print the table, and compare with what is expected: make wpt DIRS='streams url'
	tests/wpt/get.sh
	dotnet build -c Release bench/JsRun.Wpt
	node tests/wpt/wpt.mjs run --serve $(DIRS)
	node tests/wpt/wpt.mjs table $(DIRS)
	node tests/wpt/wpt.mjs check $(DIRS)

bench-web: ## Measure the web APIs beside the Node that is installed, in turn: make bench-web ROUNDS=5
	dotnet build -c Release bench/JsRun.Wpt
	node bench/web-api/run.mjs $(or $(ROUNDS),5)

clean: ## Remove everything that a build made
	rm -rf artifacts TestResults $(SCRIPTS)/node_modules $(SCRIPTS)/dist

all: install build lint test ## Install, build, lint and test
