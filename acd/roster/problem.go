package roster

import (
	"slices"
	"strings"

	"hotline1022/internal/call"
)

// ProblemKind says what a plan does wrong.
type ProblemKind string

// The kinds of problems.
const (
	UnknownDate   ProblemKind = "unknown_date"
	UnknownShift  ProblemKind = "unknown_shift"
	UnknownAgent  ProblemKind = "unknown_agent"
	OnLeave       ProblemKind = "on_leave"
	NeverTheirs   ProblemKind = "never_theirs" // a shift that the member is not given
	TwoAtOnce     ProblemKind = "two_at_once"
	TooLittleRest ProblemKind = "too_little_rest"
	TooLongADay   ProblemKind = "too_long_a_day"
	TooLongAWeek  ProblemKind = "too_long_a_week"
	NoDayOff      ProblemKind = "no_day_off"
	TooManyNights ProblemKind = "too_many_nights"
	NoSeatLeft    ProblemKind = "no_seat_left" // more people than seats
)

// Problem is one thing that a plan does wrong, and what to do about it.
type Problem struct {
	Kind  ProblemKind
	Agent call.AgentID // empty when it is not about one person
	Slot  Slot         // the shift at which the rule breaks: the later one of two
	Other Slot         // the earlier one of two; zero when there is none
	Vi    string
	En    string
}

// same says whether two problems are about the same thing, whatever the words.
func (p Problem) same(q Problem) bool {
	return p.Kind == q.Kind && p.Agent == q.Agent && p.Slot == q.Slot && p.Other == q.Other
}

// RuleError says that something was not done because it would break rules.
type RuleError struct {
	Problems []Problem
}

// Error joins the problems in English; for people there is each problem's Vi and En.
func (e *RuleError) Error() string {
	texts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		texts[i] = p.En
	}
	return strings.Join(texts, "\n")
}

// broken is an error for problems, nil for none.
func broken(problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	return &RuleError{Problems: problems}
}

// fresh are the problems of after that are not in before.
func fresh(before, after []Problem) []Problem {
	return slices.DeleteFunc(after, func(p Problem) bool { return slices.ContainsFunc(before, p.same) })
}
