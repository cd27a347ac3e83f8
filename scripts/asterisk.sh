#!/usr/bin/env bash
# Extracts Asterisk 22.10.1 or later from Debian's packages into the cache folder,
# once, unless PATH has one. It is run by its own loader: no root, no chroot.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

suite=forky
target=$cache/asterisk-$suite

asterisk_fits && exit 0
asterisk_cached && exit 0
have mmdebstrap || die "mmdebstrap is missing; install the package mmdebstrap (make deps does)"

mkdir -p "$cache"
exec 9>"$cache/asterisk.lock"
flock 9 # two makes at once: the second finds the work done
asterisk_cached && exit 0

rm -rf "$cache"/.asterisk-*.part
part=$cache/.asterisk-$suite.$$.part
errors=$part.log
trap 'rm -rf "$part" "$errors"' EXIT

# Nothing of the packages is run, so no user namespace or root is needed either.
mode=()
[ "$(id -u)" = 0 ] || mode=(--mode=chrootless)

# extract [mmdebstrap's options]: a tar of the packages, no script of theirs is run.
extract() {
	rm -rf "$part"
	mkdir "$part"
	mmdebstrap "${mode[@]}" --variant=extract --aptopt='APT::Install-Recommends "false"' "$@" \
		--include=asterisk,asterisk-modules "$suite" - 2>"$errors" |
		tar -x -C "$part" --exclude=./dev --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' 2>>"$errors"
}

say "Getting Asterisk 22 from Debian $suite into $target (about a minute, once)"
if ! extract; then
	if grep -q 'is expired' "$errors"; then
		# A mirror that has stopped: its packages are still signed, only its list is old.
		say "The mirror's list of packages is past its date; its signature is still checked. Trying without the date"
		extract --aptopt='Acquire::Check-Valid-Until "false"' || { cat "$errors" >&2; die "Asterisk could not be fetched"; }
	else
		cat "$errors" >&2
		die "Asterisk could not be fetched (the reason is above)"
	fi
fi

loader=$(compgen -G "$part/usr/lib/*/ld-linux-*.so.*" | head -n 1) || die "there is no program loader among the packages"
version=$(OPENSSL_CONF=/dev/null "$loader" --library-path "$(dirname "$loader")" "$part/usr/sbin/asterisk" -V) ||
	die "the Asterisk that was fetched does not run on this machine"
mv "$part" "$target" # whole or not at all
say "$version is in $target"
