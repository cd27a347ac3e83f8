#!/usr/bin/env bash
# Measures. Calls are real and long, so there are 100 of them; what is pure is run for
# as long as its figures need. Arguments name packages.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

[ $# -gt 0 ] || set -- ./...
export HOTLINE_CACHE=$cache
calls=$(go list ./internal/app)
for package in $(go list "$@"); do
	if [ "$package" = "$calls" ]; then
		say "100 calls, one after the other, with real Asterisk, Postgres and Redis"
		"$root/scripts/netns.sh" go test -run '^$' -bench . -benchtime 100x -timeout 30m "$package"
	elif grep -qsE '^func Benchmark' "$(go list -f '{{.Dir}}' "$package")"/*_test.go; then
		"$root/scripts/netns.sh" go test -run '^$' -bench . -benchmem -timeout 30m "$package"
	fi
done
