package wallboard

import (
	"cmp"
	"strings"
	"time"

	"hotline1022/internal/call"
)

// stamp is an event's place in time; events of one moment are told apart by their ids.
type stamp struct {
	at time.Time
	id string
}

func stampOf(e call.Event) stamp { return stamp{at: e.At, id: e.ID} }

func (s stamp) before(t stamp) bool { return s.compare(t) < 0 }

func (s stamp) compare(t stamp) int {
	return cmp.Or(s.at.Compare(t.at), cmp.Compare(s.id, t.id))
}

// later takes t when it is after s.
func (s *stamp) later(t stamp) bool {
	if !s.before(t) {
		return false
	}
	*s = t
	return true
}

// earliest takes t when nothing was known, or something later.
func earliest(s *time.Time, t time.Time) {
	if s.IsZero() || t.Before(*s) {
		*s = t
	}
}

// latest takes t when it is after s.
func latest(s *time.Time, t time.Time) {
	if t.After(*s) {
		*s = t
	}
}

// nodeOf is the node of an event's or a call's id: "<node>-<…>".
func nodeOf(id string) string { return id[:max(strings.LastIndexByte(id, '-'), 0)] }

// date is a day, counted from 1970-01-01.
type date int

func (f *Figures) day(t time.Time) date {
	y, m, d := t.In(f.cfg.Zone).Date()
	return date(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func (d date) String() string { return time.Unix(int64(d)*86400, 0).UTC().Format(time.DateOnly) }
