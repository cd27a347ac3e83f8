#!/usr/bin/env bash
# Lets that many citizens call within that time, with real Asterisk, Postgres, Redis and
# media, and prints how it goes and what became of them. Everybody, the citizens included,
# is on this machine: nothing else should be busy on it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

export HOTLINE_CACHE=$cache HOTLINE_SURGE_CALLS=${1:-1000} HOTLINE_SURGE_OVER=${2:-60s}
say "$HOTLINE_SURGE_CALLS calls in $HOTLINE_SURGE_OVER at six desks, on $(nproc) processors"
exec "$root/scripts/netns.sh" go test -count=1 -v -timeout 20m -run '^TestSurge$' ./internal/app
