package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"
	"time"

	"hotline1022/internal/call"
)

// Book is every sheet that may be opened: a fold over the journal, which is on local disk.
// So sheets open while the database is away, and after a restart. It may be used by many
// at once.
type Book struct {
	names func() Names

	mu    sync.Mutex
	calls map[call.ID][]call.Event
	links map[[sha256.Size]byte]*Link
}

// NewBook makes an empty book. names is asked whenever a sheet is opened.
func NewBook(names func() Names) *Book {
	return &Book{names: names, calls: map[call.ID][]call.Event{}, links: map[[sha256.Size]byte]*Link{}}
}

// Lasts is how long a link opens its sheet. The journal's file keeps facts for longer.
const Lasts = 24 * time.Hour

// Issue makes a link: the fact is for the journal, which tells the book, and the token for
// whoever is to open it.
func Issue(service call.Service, id call.ID, now time.Time) (call.SheetLinked, string) {
	l, token := NewLink(id, service, now, Lasts)
	return call.SheetLinked{Service: service, Hash: hex.EncodeToString(l.Hash[:]), Expires: l.Expires}, token
}

// Apply takes events in their order, from the journal's file at the start and then as they
// come.
func (b *Book) Apply(events ...call.Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range events {
		b.apply(e)
	}
}

func (b *Book) apply(e call.Event) {
	if e.Call == "" {
		return
	}
	switch f := e.Fact.(type) {
	case call.AgentMoved, call.Restarted: // not of the call
		return
	case call.Arrived:
		b.forget(e.At)
	case call.SheetLinked:
		b.link(e, f)
	case call.SheetAcknowledged:
		for _, l := range b.links {
			if l.Call == e.Call && l.Service == f.Service {
				l.Acknowledge(e.At)
			}
		}
	case call.Finished:
		if !handedOver(b.calls[e.Call]) {
			delete(b.calls, e.Call)
			return
		}
	case call.Recorded, call.WrappedUp, call.DutyNoted:
		if b.calls[e.Call] == nil { // it was no emergency
			return
		}
	}
	b.calls[e.Call] = append(b.calls[e.Call], e)
}

func (b *Book) link(e call.Event, f call.SheetLinked) {
	hash, err := hex.DecodeString(f.Hash)
	if err != nil || len(hash) != sha256.Size {
		return
	}
	l := &Link{Hash: [sha256.Size]byte(hash), Call: e.Call, Service: f.Service, Made: e.At, Expires: f.Expires}
	b.links[l.Hash] = l
}

// forget drops what nobody can open any more.
func (b *Book) forget(now time.Time) {
	for hash, l := range b.links {
		if !now.Before(l.Expires) {
			delete(b.links, hash)
		}
	}
	for id, events := range b.calls {
		if last := events[len(events)-1]; now.Sub(last.At) > Lasts {
			delete(b.calls, id)
		}
	}
}

func handedOver(events []call.Event) bool {
	for _, e := range events {
		switch e.Fact.(type) {
		case call.HandoverBegan, call.SheetLinked:
			return true
		}
	}
	return false
}

// Open gives the sheet that the token opens now; false for none.
func (b *Book) Open(token string, now time.Time) (Sheet, Link, bool) {
	b.mu.Lock()
	l := b.links[Hash(token)]
	if l == nil || !l.Opens(token, now) {
		b.mu.Unlock()
		return Sheet{}, Link{}, false
	}
	link, events := *l, b.calls[l.Call]
	b.mu.Unlock() // events are only ever appended
	return Compose(events, link.Service, b.names()), link, true
}

// Acknowledge notes that whoever has the link has taken note; false when that was known.
// The fact is for the journal.
func (b *Book) Acknowledge(link Link, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	l := b.links[link.Hash]
	return l != nil && l.Acknowledge(now)
}

// Overdue lists links whose sheet nobody has acknowledged in time, for the alarm.
func (b *Book) Overdue(now time.Time, within time.Duration) (late []Link) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range b.links {
		if l.Overdue(now, within) && now.Before(l.Expires) {
			late = append(late, *l)
		}
	}
	return late
}
