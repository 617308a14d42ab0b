#!/bin/sh
# Builds the program that is shipped: nothing invented in it, no demo, and the
# same bytes from the same sources wherever they lie. Run at the top of the
# sources, with the pages built: server/release/build.sh FILE
set -eu
export CGO_ENABLED=0 GOFLAGS=-mod=readonly
# The compiler that go.mod names, whichever is installed: others make other bytes.
GOTOOLCHAIN=$(sed -n 's/^toolchain //p' go.mod)
export GOTOOLCHAIN
exec go build -tags production -trimpath -buildvcs=false -ldflags '-s -w -buildid=' -o "$1" ./server
