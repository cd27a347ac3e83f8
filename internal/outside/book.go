package outside

import (
	"slices"
	"sync"
	"time"

	"hotline1022/internal/call"
)

// Book knows the calls that agents have made and make, so that limits can be kept. Its
// methods may be called by several at once; a call is judged and counted in one step.
type Book struct {
	mu    sync.Mutex
	rules Rules
	made  map[call.AgentID][]time.Time // beginnings, oldest first, of a day and an hour
	open  map[string]call.AgentID      // legs that were not ended
}

// NewBook opens a book.
func NewBook(rules Rules) *Book {
	return &Book{rules: rules, made: map[call.AgentID][]time.Time{}, open: map[string]call.AgentID{}}
}

// Permit is a call that may be made.
type Permit struct {
	Number string    // E.164, or a short number: for people and tickets
	Dial   string    // as the trunk wants it
	Until  time.Time // when the call must have ended
}

// Change puts other rules in force; calls that go on keep theirs.
func (b *Book) Change(rules Rules) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rules = rules
}

// Ask asks whether an agent may call what they typed, now, with a leg of that id, and
// counts the call if so. A refusal is a *Refusal. Urgent calls, such as those back to a
// citizen in an emergency, keep to the numbers and to the greatest length, and to nothing
// else. A leg that is asked for twice is one call.
func (b *Book) Ask(now time.Time, agent call.AgentID, leg, typed string, urgent bool) (Permit, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	number, refusal := b.rules.number(typed)
	if refusal == nil && !urgent && b.open[leg] != agent {
		refusal = b.limits(now, agent)
	}
	if refusal != nil {
		return Permit{}, refusal
	}
	b.count(now, agent, leg)
	return Permit{Number: number, Dial: b.rules.dial(number), Until: now.Add(b.rules.MaxLength)}, nil
}

// Number is what somebody typed, as Ask would have it called, whoever asks and whenever:
// for those who promise a call that is made later. A refusal is a *Refusal.
func (b *Book) Number(typed string) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	number, refusal := b.rules.number(typed)
	if refusal != nil {
		return "", refusal
	}
	return number, nil
}

// limits says what an agent has too many of.
func (b *Book) limits(now time.Time, agent call.AgentID) *Refusal {
	if opens := b.rules.closed(now); !opens.IsZero() {
		return &Refusal{Reason: OutOfHours, Until: opens}
	}
	atOnce := 0
	for _, of := range b.open {
		if of == agent {
			atOnce++
		}
	}
	if atOnce >= b.rules.AtOnce {
		return &Refusal{Reason: TooManyAtOnce, Limit: b.rules.AtOnce}
	}
	local := now.In(b.rules.zone())
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, b.rules.zone())
	if since(b.made[agent], midnight) >= b.rules.PerDay {
		return &Refusal{Reason: TooManyToday, Limit: b.rules.PerDay, Until: midnight.AddDate(0, 0, 1)}
	}
	if since(b.made[agent], now.Add(-time.Hour+1)) < b.rules.PerHour {
		return nil
	}
	refusal := &Refusal{Reason: TooManyThisHour, Limit: b.rules.PerHour}
	if all := b.made[agent]; b.rules.PerHour > 0 {
		// When so many have grown old that one fewer than the limit is left.
		refusal.Until = all[len(all)-b.rules.PerHour].Add(time.Hour).In(b.rules.zone())
	}
	return refusal
}

// since counts the beginnings from a time on.
func since(made []time.Time, from time.Time) int {
	first, _ := slices.BinarySearchFunc(made, from, time.Time.Compare)
	return len(made) - first
}

// Began counts a call that was permitted before a restart, as the journal tells it. It
// refuses nothing. Calls are told in the order in which they began.
func (b *Book) Began(at time.Time, agent call.AgentID, leg string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.count(at, agent, leg)
}

func (b *Book) count(at time.Time, agent call.AgentID, leg string) {
	if b.open[leg] == agent {
		return
	}
	b.open[leg] = agent
	made := b.made[agent]
	const longest = 25 * time.Hour // a day, and the hour of the limit
	old, _ := slices.BinarySearchFunc(made, at.Add(-longest), time.Time.Compare)
	place, _ := slices.BinarySearchFunc(made, at, time.Time.Compare)
	b.made[agent] = slices.Delete(slices.Insert(made, place, at), 0, old)
}

// Ended says that a leg is gone; twice and for unknown ones it does no harm.
func (b *Book) Ended(leg string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.open, leg)
}
