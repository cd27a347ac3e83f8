package auth

import (
	"sync"
	"time"
)

// Tries that fail, in a time. A stranger who knows a name must not be able to keep its
// owner out, so one person from everywhere may fail more often than from one place.
const (
	triesPer     = time.Minute
	triesOfBoth  = 10 // of one name from one address
	triesFromOne = 30 // from one address, behind which a whole shift may sit
	triesOfOne   = 60 // of one name
	codesPer     = 15 * time.Minute
	codesAllowed = 5 // of six digits, by somebody who has the password already
)

// limit is how often something may fail in a time.
type limit struct {
	what string
	n    int
	per  time.Duration
}

func passwordLimits(user, address string) []limit {
	return []limit{
		{"user " + user + " from " + address, triesOfBoth, triesPer},
		{"from " + address, triesFromOne, triesPer},
		{"user " + user, triesOfOne, triesPer},
	}
}

func codeLimit(user string) limit { return limit{"code of " + user, codesAllowed, codesPer} }

// tries counts what fails. A restart forgets it.
type tries struct {
	mu     sync.Mutex
	failed map[string][]time.Time // until when each counts
	swept  time.Time
}

// tooMany says whether one of the limits is reached.
func (t *tries) tooMany(now time.Time, limits ...limit) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, l := range limits {
		if len(t.recent(l.what, now)) >= l.n {
			return true
		}
	}
	return false
}

// add counts one that failed.
func (t *tries) add(now time.Time, limits ...limit) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now.Sub(t.swept) >= triesPer { // names that are made up are never asked for again
		for what := range t.failed {
			t.recent(what, now)
		}
		t.swept = now
	}
	for _, l := range limits {
		t.failed[l.what] = append(t.failed[l.what], now.Add(l.per))
	}
}

// recent drops what is over, and a name of which nothing is left.
func (t *tries) recent(what string, now time.Time) []time.Time {
	failed := t.failed[what]
	for len(failed) > 0 && !now.Before(failed[0]) {
		failed = failed[1:]
	}
	if len(failed) == 0 {
		delete(t.failed, what)
	} else {
		t.failed[what] = failed
	}
	return failed
}
