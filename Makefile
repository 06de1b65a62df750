# `make run` starts the whole service on this machine; `make check` is what the continuous integration runs.

# The port of `make run`.
PORT ?= 8080
# The number of invented salons that `make run` shows; 0 starts empty; unset leaves it to the program.
DEMO ?=

SOURCES := Sources Tests Package.swift
FORMAT := --recursive --parallel --configuration .swift-format $(SOURCES)
STRICT := --explicit-target-dependency-import-check error
CONTENT := $(if $(DEMO),$(if $(filter 0,$(DEMO)),--empty,--demo $(DEMO)))

# Many of the tests hold connections to the one PostgreSQL of the run: all of them at once on two cores wait longer for
# a connection than the service puts up with.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 3
export PATH := $(PATH):/opt/swift/usr/bin
MAKEFLAGS += --no-print-directory
.PHONY: run test bench torture soak check schema setup setup-tests demo-data docs lint format clean

run: setup demo-data docs
	swift build -c release --product salons
	@exec .build/release/salons up --port $(PORT) $(CONTENT)

# The recipe's lines run in order, and the runner's own summary is the last thing printed.
check: setup-tests lint
	swift build --build-tests $(STRICT)
	swift test --skip-build

test: setup-tests
	swift test $(STRICT)

bench: demo-data
	@.ci/setup bench
	swift build -c release --product salons-bench
	@exec .build/release/salons-bench

# Attempts of `make torture`, and a seed to reproduce a run of it.
N ?= 100000
SEED ?=
torture: setup
	swift build -c release --product salons-torture
	@exec .build/release/salons-torture --attempts $(N) $(if $(SEED),--seed $(SEED))

# Minutes of `make soak`.
MINUTES ?= 60
soak: setup
	swift build -c release --product salons
	swift build -c release --product salons-torture
	@exec .build/release/salons-torture soak --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))

# Writes migrations/schema.sql, which shows the schema as the migrations and functions make it.
schema: setup-tests
	swift build --build-tests $(STRICT)
	SALONS_WRITE_SCHEMA=1 swift test --skip-build --filter SchemaDumpTests

setup:
	@.ci/setup

setup-tests: docs
	@.ci/setup test

demo-data:
	@.ci/setup demo-data

docs:
	@.ci/setup docs

lint:
	swift format lint --strict $(FORMAT)
	@.ci/lint

format:
	swift format --in-place $(FORMAT)

# What stands in for a directory that the servers' account could not reach lies elsewhere, at the end of a link.
clean:
	@for link in .local/*/relocated .local/*/sockets; do \
		target=$$(readlink "$$link") || continue; \
		case $$target in */../*) ;; /tmp/salons-*|/var/tmp/salons-*) rm -rf "$$target" ;; esac; \
	done
	rm -rf .build .local
