#!/usr/bin/env bash
# tool.sh NAME MODULE@VERSION [ARGUMENTS]: runs a Go tool of exactly that version from
# the cache folder, where it is built at the first use.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

name=$1 module=$2
shift 2
bin=$cache/bin/$name
version=${module##*@}
if ! [ -x "$bin" ] || [ "$(go version -m "$bin" | awk '$1 == "mod" { print $3 }')" != "$version" ]; then
	say "Building $name $version"
	mkdir -p "$cache/bin"
	GOBIN=$cache/bin GOFLAGS= go install "$module"
fi
exec "$bin" "$@"
