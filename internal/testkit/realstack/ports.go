package realstack

import (
	"net"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// A place is a range of ports that one stack has to itself: all of them lie below those
// that the kernel gives to connections, or one of these could take them meanwhile.
const (
	places      = 20
	firstPort   = 10000
	perPlace    = 10
	firstRTP    = 12000
	rtpPerPlace = 1000
)

// Ports gives a stack five ports and the first of its RTP ports. Many test processes
// start stacks at the same time and a port that is free now may be bound by another a
// moment later, so a place is locked on disk as long as the test runs; the lock goes
// with the process, however it ends.
func Ports(tb testing.TB) (ports []int, rtp int) {
	tb.Helper()
	dir := filepath.Join(os.TempDir(), "hotline-test-places-"+strconv.Itoa(os.Getuid()))
	require.NoError(tb, os.MkdirAll(dir, 0o700))
	for place := range places {
		lock, err := os.OpenFile(filepath.Join(dir, strconv.Itoa(place)), os.O_CREATE|os.O_RDWR, 0o600)
		require.NoError(tb, err)
		if syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
			require.NoError(tb, lock.Close())
			continue
		}
		tb.Cleanup(func() { lock.Close() }) //nolint:errcheck // the lock goes with it
		if ports = free(firstPort + place*perPlace); ports != nil {
			return ports, firstRTP + place*rtpPerPlace
		}
	}
	tb.Fatalf("no place for another stack: all %d are in use, see who holds the files in %s", places, dir)
	return nil, 0
}

// free are the first five ports from first on, or nil when somebody uses one of them.
func free(first int) []int {
	var ports []int
	for port := first; len(ports) < 5; port++ {
		address := "127.0.0.1:" + strconv.Itoa(port)
		stream, err := net.Listen("tcp", address) //nolint:noctx // closed at once
		if err != nil {
			return nil
		}
		defer stream.Close()                             //nolint:errcheck // only asked
		packets, err := net.ListenPacket("udp", address) //nolint:noctx // closed at once
		if err != nil {
			return nil
		}
		defer packets.Close() //nolint:errcheck // only asked
		ports = append(ports, port)
	}
	return ports
}
