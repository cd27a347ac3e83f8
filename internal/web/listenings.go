package web

import (
	"crypto/rand"
	"net/http"
	"sync"
	"time"
)

// heardFor is how long one listening lasts: a player asks for a recording in many parts,
// and who listens may pause.
const heardFor = 4 * time.Hour

var errWhyListen = &problem{
	http.StatusForbidden, "reason_needed", "Hãy cho biết lý do trước khi nghe ghi âm.",
	"Say why you listen first: POST /api/recordings/{call}/listenings gives the address to listen at.",
}

// listening is that somebody hears one recording, for a reason that they gave.
type listening struct {
	who   string
	what  string
	began time.Time
}

// listenings remembers who may hear what. After a restart people say again why.
type listenings struct {
	mu  sync.Mutex
	all map[string]listening
}

// begin gives the key of a listening.
func (l *listenings) begin(who, what string, now time.Time) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	for key, old := range l.all { // few: as many as were begun in some hours
		if now.Sub(old.began) >= heardFor {
			delete(l.all, key)
		}
	}
	if l.all == nil {
		l.all = map[string]listening{}
	}
	key := rand.Text()
	l.all[key] = listening{who: who, what: what, began: now}
	return key
}

// goesOn says whether that person's listening to that recording does.
func (l *listenings) goesOn(key, who, what string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	one, ok := l.all[key]
	return ok && one.who == who && one.what == what && now.Sub(one.began) < heardFor
}
