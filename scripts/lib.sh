# Shared by the scripts beside it; sourced, never run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${HOTLINE_CACHE:-$root/.cache}

say() { printf '== %s\n' "$*" >&2; }
die() { printf '!! %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# as_root runs a command as root; sudo only when we are not root already.
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif have sudo; then
		sudo "$@"
	else
		die "this needs root and there is no sudo. As root, run: $*"
	fi
}

# Node 18.19 is what the console's build tools ask for.
node_fits() {
	have node && have npm &&
		node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 18 || a === 18 && b >= 19 ? 0 : 1)'
}

# asterisk_fits tells whether the Asterisk on PATH is 22.10.1 or later, as internal/stack asks.
asterisk_fits() {
	have asterisk || return 1
	local version
	version=$(asterisk -V 2>/dev/null | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1)
	[ -n "$version" ] && [ "$(printf '%s\n' 22.10.1 "$version" | sort -V | head -n 1)" = 22.10.1 ]
}

# asterisk_cached tells whether scripts/asterisk.sh has done its work.
asterisk_cached() { compgen -G "$cache/asterisk-*/usr/sbin/asterisk" >/dev/null; }
