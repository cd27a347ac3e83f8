package web

import "sync"

// How many sockets may be relayed at once. Asterisk counts each as a session of the
// HTTP server that ARI uses too (sessionlimit), so one key must not take them all. A
// phone has one, and two for a moment when it comes back.
const (
	relaysPerKey = 3
	relaysAtAll  = 1000
)

// relays counts the sockets that are relayed.
type relays struct {
	mu    sync.Mutex
	byKey map[string]int
	all   int
	ended sync.WaitGroup
}

func newRelays() *relays { return &relays{byKey: map[string]int{}} }

// begin takes a place; false when there is none. end gives it back.
func (l *relays) begin(key string) (end func(), ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all >= relaysAtAll || l.byKey[key] >= relaysPerKey {
		return nil, false
	}
	l.all++
	l.byKey[key]++
	l.ended.Add(1)
	return func() {
		defer l.ended.Done()
		l.mu.Lock()
		defer l.mu.Unlock()
		l.all--
		if l.byKey[key]--; l.byKey[key] == 0 {
			delete(l.byKey, key)
		}
	}, true
}

// wait returns when no socket is relayed any more.
func (l *relays) wait() { l.ended.Wait() }
