#!/usr/bin/env bash
# Looks for known weaknesses in what is shipped. The Go project publishes its list
# as a module, so that the list is pinned and verified like any dependency; take a
# newer one with: cd server/release && go get -tool golang.org/x/vulndb/cmd/indexdb@latest
set -euo pipefail
# Of what is shipped: with the compiler that builds it.
GOTOOLCHAIN=$(sed -n 's/^toolchain //p' go.mod)
export GOTOOLCHAIN
tool() { go tool -modfile=server/release/go.mod "$@"; }
# On a machine that has never fetched it, it has no folder yet.
go mod download -modfile=server/release/go.mod golang.org/x/vulndb
list=$(go list -modfile=server/release/go.mod -m -f '{{.Dir}}' golang.org/x/vulndb)
index=$(mktemp -d)
trap 'rm -rf "$index"' EXIT
tool indexdb -out "$index" -vulns "$list/data/osv"
echo "weaknesses known to ${list##*@}"
tool govulncheck -tags production -db "file://$index" ./server
