package fakeari

import (
	"path"
	"slices"
)

// Fault changes what becomes of requests.
type Fault struct {
	Verb  string // "" for any
	Path  string // a pattern of path.Match, below /ari; "" for any
	Times int    // how many requests it is for; 0 is all

	// Status and Message are the reply, and the request is not carried out.
	Status  int
	Message string
	// Before lets the request wait until it is closed.
	Before <-chan struct{}
	// After lets the reply wait until it is closed: the events are there first.
	After <-chan struct{}
	// Cut closes the connection in place of a reply; the request was carried out.
	Cut bool
}

// Inject puts a fault in place. Where several fit, the oldest counts.
func (s *Server) Inject(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.Times == 0 {
		f.Times = -1
	}
	s.faults = append(s.faults, &f)
}

// Mend takes all faults of requests away.
func (s *Server) Mend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

func (f *Fault) fits(r Request) bool {
	if f.Times == 0 || f.Verb != "" && f.Verb != r.Verb {
		return false
	}
	ok, err := path.Match(f.Path, r.Path)
	return f.Path == "" || ok && err == nil
}

// before waits as long as the fault wants; false when the test ended meanwhile.
func (f *Fault) before(done <-chan struct{}) bool { return wait(f.Before, done) }

func (f *Fault) after(done <-chan struct{}) bool { return wait(f.After, done) && !f.Cut }

func wait(gate, done <-chan struct{}) bool {
	if gate == nil {
		return true
	}
	select {
	case <-gate:
		return true
	case <-done:
		return false
	}
}

// note keeps the request and gives the fault that is to befall it.
func (s *Server) note(r Request) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, r)
	s.touch()
	for _, f := range s.faults {
		if f.fits(r) {
			f.Times--
			found := *f
			return &found
		}
	}
	return &Fault{}
}

// Requests lists what was asked so far, the upgrades to WebSockets too.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Await waits for the n-th request, counted from 1, with that verb and a path that
// matches the pattern (path.Match).
func (s *Server) Await(verb, pattern string, n int) Request {
	s.tb.Helper()
	wanted := Fault{Verb: verb, Path: pattern, Times: -1}
	var found Request
	s.within("the request "+verb+" "+pattern, func() bool {
		left := n
		for _, r := range s.requests {
			if wanted.fits(r) {
				if left--; left == 0 {
					found = r
					return true
				}
			}
		}
		return false
	})
	return found
}
