#!/usr/bin/env bash
# Builds the staff and citizens' pages when one of their sources has changed.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

console=$root/internal/web/console
[ -f "$console/package.json" ] || die "there are no pages to build: $console/package.json is missing"
node_fits || die "Node 18.19 or later and npm are needed; make deps gets them"
cd "$console"

# The sums of all that goes in: same sums, nothing to do.
sums() { find . -path ./node_modules -prune -o -path ./dist -prune -o -type f ! -name '*.go' -print0 | sort -z | xargs -0 sha256sum; }

mark=dist/.built-from
if [ -f dist/index.html ] && [ -f "$mark" ] && [ "$(cat "$mark")" = "$(sums | sha256sum)" ]; then
	exit 0
fi
lock=node_modules/.installed-from
if [ ! -f "$lock" ] || ! cmp -s package-lock.json "$lock"; then
	say "Getting the parts of the pages (npm ci)"
	npm ci --no-audit --no-fund --loglevel=error
	cp package-lock.json "$lock"
fi
say "Building the pages"
npm run --silent build
sums | sha256sum >"$mark"
