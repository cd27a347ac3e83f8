#!/usr/bin/env bash
# Fuzzes every Fuzz function there is, one after the other, FUZZTIME each.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

grep -rlE --include='*_test.go' --exclude-dir=node_modules --exclude-dir=.cache '^func Fuzz' . | sort | while read -r file; do
	grep -oE '^func Fuzz[A-Za-z0-9_]*' "$file" | while read -r _ name; do
		say "$name in $(dirname "$file")"
		go test "$(dirname "$file")" -run '^$' -fuzz "^$name\$" -fuzztime "${FUZZTIME:-20s}" </dev/null
	done
done
