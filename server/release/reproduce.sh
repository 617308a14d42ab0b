#!/usr/bin/env bash
# Builds the last commit twice from nothing, in two places and with two caches, and
# compares: pages and program must be the same to the byte.
set -euo pipefail
top=$(pwd)
work=$(mktemp -d)
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
for place in here elsewhere/and/deeper; do
	mkdir -p "$work/$place/sources"
	git -C "$top" archive HEAD | tar -x -C "$work/$place/sources"
	(
		cd "$work/$place/sources/frontend"
		npm ci --no-audit --no-fund --loglevel=error
		npm run build >/dev/null
		cd ..
		GOCACHE="$work/$place/cache" sh server/release/build.sh "$work/$place/server"
		cd frontend/dist && find . -type f | sort | xargs sha256sum >"$work/$place/pages"
	)
	(cd "$work/$place" && sha256sum server)
done
diff "$work/here/pages" "$work/elsewhere/and/deeper/pages"
cmp "$work/here/server" "$work/elsewhere/and/deeper/server"
echo "the same to the byte"
