package switchboard

import (
	"slices"
	"time"
)

// noticeKey is the notice among the prompts, and greetingEnd the prompt after which it
// is said first: the citizen knows the emergency key by then.
const (
	noticeKey   = "notice"
	greetingEnd = "greet_emergency"
)

func (s *session) noticeStands() bool {
	return !s.noticed && s.board.notice != nil && s.board.notice.Stands(s.lang, time.Now())
}

// withNotice puts the notice that stands behind the greeting; a flow that greets in
// other words says it in line.
func (s *session) withNotice(greeting []string) []string {
	at := slices.Index(greeting, greetingEnd)
	if at < 0 || !s.noticeStands() {
		return greeting
	}
	return slices.Insert(slices.Clone(greeting), at+1, noticeKey)
}

// firstNotice goes before a position, once, for whoever has not heard it to its end or
// has changed the language since.
func (s *session) firstNotice() []string {
	if !s.noticeStands() {
		return nil
	}
	return []string{noticeKey}
}

// heardNotice takes note that what was said is over, the notice with it.
func (s *session) heardNotice() {
	s.noticed = s.noticed || s.noticing
	s.noticing = false
}
