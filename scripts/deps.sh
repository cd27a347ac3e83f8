#!/usr/bin/env bash
# Gets what this machine lacks to build and run the hotline; with "test", what the
# tests need too. Says what and why before it uses apt, and uses apt only then.
# Nothing that is installed is left running: we run our own, under ./var.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

packages=()
want() { # package, reason
	packages+=("$1")
	reasons+=("$(printf '     %-24s %s' "$1" "$2")")
}
reasons=()

postgres_there() {
	compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || { have initdb && have postgres; }
}

postgres_there || want postgresql "keeps tickets and calls"
have redis-server || want redis-server "keeps who is signed in over a restart"
have espeak-ng || want espeak-ng "speaks the menus' texts"
have sox || want sox "makes telephone audio of them"
node_fits || { want nodejs "builds the staff pages" && want npm "gets their parts"; }
if ! asterisk_fits && ! asterisk_cached; then
	have mmdebstrap || want mmdebstrap "gets Asterisk 22 from Debian into $cache, not into the system"
	[ -e /usr/share/keyrings/debian-archive-keyring.gpg ] || want debian-archive-keyring "checks that it is Debian's"
fi

chromium=
for name in chromium google-chrome google-chrome-stable headless_shell; do
	have "$name" && chromium=$name
done
is_ubuntu() { grep -qsE '^ID(_LIKE)?=.*ubuntu' /etc/os-release; }
if [ "${1:-}" = test ]; then
	have ip || want iproute2 "gives the tests a network of their own"
	have unshare || want util-linux "gives the tests a network of their own"
	if ! have gcc; then
		want gcc "the race detector needs it"
		want libc6-dev "the race detector needs it"
	fi
	[ -n "$chromium" ] || is_ubuntu || want chromium "plays the agent's and the citizen's browser"
fi

# While packages are installed, none of their services is started and Postgres makes
# no cluster of its own; both guards go when this script does.
policy=/usr/sbin/policy-rc.d
clusters=/etc/postgresql-common/createcluster.d
guards=()
unguard() {
	local g
	for g in "${guards[@]}"; do as_root rm -f "$g"; done
	as_root rmdir --ignore-fail-on-non-empty "$clusters" 2>/dev/null || true
}
guard() {
	trap unguard EXIT
	if [ ! -e "$policy" ]; then
		guards+=("$policy")
		printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
		as_root chmod 755 "$policy"
	fi
	as_root mkdir -p "$clusters"
	guards+=("$clusters/hotline.conf")
	echo 'create_main_cluster = false' | as_root tee "$clusters/hotline.conf" >/dev/null
}

# lists_old: never fetched, or more than a day ago.
lists_old() {
	[ -z "$(find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' -mtime -1 -print -quit 2>/dev/null)" ]
}

log=$cache/apt.log
apt() {
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 "$@" </dev/null >>"$log" 2>&1
}

if [ ${#packages[@]} -gt 0 ]; then
	have apt-get || die "missing: ${packages[*]}. This machine has no apt; install them its own way"
	say "This machine lacks, and apt is asked for (its words go to $log):"
	printf '%s\n' "${reasons[@]}" >&2
	mkdir -p "$cache"
	: >"$log"
	guard
	if lists_old; then
		say "The package lists are missing or old: apt-get update"
		apt update || say "apt-get update failed; trying with the lists there are"
	fi
	say "apt-get install"
	if ! apt install --no-install-recommends "${packages[@]}"; then
		say "Trying once more with fresh lists"
		apt update || true
		apt install --no-install-recommends "${packages[@]}" || {
			tail -n 15 "$log" >&2
			die "apt could not install: ${packages[*]} (its last words are above)"
		}
	fi
	# Installed for their programs only: they must not come up at the next boot either.
	if [ -d /run/systemd/system ]; then
		for p in "${packages[@]}"; do
			case $p in postgresql | redis-server) as_root systemctl --quiet disable "$p" || true ;; esac
		done
	fi
	unguard
	trap - EXIT
	hash -r
fi

node_fits || die "Node $(node --version 2>/dev/null || echo '(none)') is too old to build the staff pages: 18.19 or later is needed, with npm.
   This distribution has no newer one; get it from nodejs.org or with nvm, put it first on PATH, and run make again"

if [ "${1:-}" = test ] && [ -z "$chromium" ] && is_ubuntu; then
	die "The tests need a Chromium, and Ubuntu's package is only a stub that asks for a snap.
   Install Google's .deb (google-chrome-stable), or run: snap install chromium. Then run make again"
fi

"$root/scripts/asterisk.sh"
