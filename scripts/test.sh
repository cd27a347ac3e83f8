#!/usr/bin/env bash
# Runs every test: Go's with the race detector against real parts in a network of
# their own, and the pages' own. Arguments replace ./... and its flags.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

[ $# -gt 0 ] || set -- -race -shuffle=on ./...

go mod download
export GOPROXY=off CGO_ENABLED=1 HOTLINE_CACHE=$cache
go vet ./...
# Two packages at a time: each brings its own Asterisk, Postgres or browser.
"$root/scripts/netns.sh" go test -p 2 -timeout 20m "$@"
npm --prefix internal/web/console test --silent
