#!/usr/bin/env bash
# Faults in the middle of emergency calls, with real Asterisk and real audio. Each cell is a
# hotline of its own; what the citizen heard is printed and kept in docs/chaos.md.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

export HOTLINE_CACHE=$cache
table=$(mktemp)
trap 'rm -f "$table"' EXIT
status=0
HOTLINE_CHAOS=$table "$root/scripts/netns.sh" go test -tags chaos -count=1 -v -timeout 30m -run TestChaos ./cmd/hotline || status=$?
if [ -s "$table" ]; then
	mkdir -p docs
	{
		sed '/^| fault/,$d' docs/chaos.md
		cat "$table"
	} >"$table.doc"
	mv "$table.doc" docs/chaos.md
fi
exit $status
