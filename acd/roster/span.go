package roster

import "time"

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// within is the part of s that lies in t; of no length when none does.
func (s Span) within(t Span) Span {
	from, to := later(s.From, t.From), earlier(s.To, t.To)
	if to.Before(from) {
		return Span{from, from}
	}
	return Span{from, to}
}

func (s Span) length() time.Duration { return s.To.Sub(s.From) }

// without cuts one span out of others.
func without(spans []Span, cut Span) []Span {
	var left []Span
	for _, s := range spans {
		for _, part := range []Span{{s.From, earlier(s.To, cut.From)}, {later(s.From, cut.To), s.To}} {
			if part.To.After(part.From) {
				left = append(left, part)
			}
		}
	}
	return left
}
