#!/usr/bin/env bash
# Writes into bin/release what goes with a release: the program for two kinds of
# machine, the bills of materials of its two halves, and the sums of them all.
# Run at the top of the sources, with the pages built.
set -euo pipefail
out=bin/release
rm -rf "$out" && mkdir -p "$out"
# The bill names the compiler's library too: that of the compiler that builds.
GOTOOLCHAIN=$(sed -n 's/^toolchain //p' go.mod)
export GOTOOLCHAIN
go mod verify
for arch in amd64 arm64; do
	GOOS=linux GOARCH=$arch sh server/release/build.sh "$out/server-linux-$arch"
done
GOOS=linux GOARCH=amd64 GOFLAGS=-tags=production go tool -modfile=server/release/go.mod cyclonedx-gomod \
	app -json -noserial -notimestamp -std -main server -output "$out/server.cdx.json" .
(cd frontend && node ../server/release/pages.mjs) >"$out/pages.cdx.json"
(cd "$out" && sha256sum -- * >SHA256SUMS)
ls -l "$out"
