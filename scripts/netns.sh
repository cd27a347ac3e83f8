#!/usr/bin/env bash
# Runs a command in a network of its own: nothing gets out, no port of the machine is
# in the way, and 10.99.0.1 is there, for WebRTC offers no 127.x address as a way.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

# shellcheck disable=SC2016 # for the inner shell
up='ip link set lo up && ip addr add 10.99.0.1/32 dev lo && exec "$@"'

if [ "$(id -u)" = 0 ]; then
	unshare --net true 2>/dev/null && exec unshare --net -- sh -c "$up" sh "$@"
elif unshare --map-root-user --net true 2>/dev/null; then
	exec unshare --map-root-user --net -- sh -c "$up" sh "$@"
elif have sudo; then
	say "A network for the tests needs root here (user namespaces are forbidden): sudo"
	exec sudo -E env "PATH=$PATH" unshare --net -- sh -c \
		"ip link set lo up && ip addr add 10.99.0.1/32 dev lo && exec setpriv --reuid=$(id -u) --regid=$(id -g) --init-groups \"\$@\"" sh "$@"
fi
say "This machine allows no network namespace: running in the machine's own network"
exec "$@"
