// Package outside decides who may call which number of the telephone network, when, how
// often and for how long. It is pure: the time is passed in, and nothing is dialled here.
//
// What may be called is told by prefixes of E.164 numbers. A number that is not valid
// anywhere is none, so that nothing but a telephone number is ever dialled. The emergency
// numbers 112 to 115 are not among them, whatever is configured: they have ways of their
// own (DESIGN §6), which do not ask for hours or limits.
//
// Free of charge for the caller (1800) is an ordinary number; what costs more than a call
// (1900) is forbidden by the shipped configs/outside.yaml.
package outside

import (
	"slices"
	"strings"
	"time"

	"hotline1022/internal/phone"
)

// Rules are configs/outside.yaml.
type Rules struct {
	Allowed   []string // prefixes of E.164 numbers, such as +84; none allows nobody
	Forbidden []string // prefixes as well; they go before Allowed
	Short     []string // numbers without an E.164 form that may be called, such as 111
	Own       []string // numbers of ours, in any form, which nobody calls: we would call ourselves
	From, To  time.Duration
	Zone      *time.Location // of From and To, times of day; both the same is the whole day

	PerHour   int           // calls of an agent in any 60 minutes
	PerDay    int           // calls of an agent from midnight to midnight
	AtOnce    int           // calls of an agent at the same time
	MaxLength time.Duration // of a call
	Form      Form
}

// Form is how the trunk wants numbers.
type Form string

// The forms, for 0908 123 456 and for +49 30 123456.
const (
	E164     Form = "e164"     // +84908123456, +4930123456
	Digits   Form = "digits"   // 84908123456, 4930123456
	National Form = "national" // 0908123456, 004930123456
)

// Forms lists every form.
func Forms() []Form { return []Form{E164, Digits, National} }

// Emergency says whether digits are an emergency number of Vietnam, in whatever way
// somebody writes it.
func Emergency(digits string) bool {
	digits = strings.TrimPrefix(digits, "+")
	for _, prefix := range []string{"00", "84", "0"} {
		digits = strings.TrimPrefix(digits, prefix)
	}
	return slices.Contains([]string{"112", "113", "114", "115"}, digits)
}

// number reads what somebody typed: its E.164 form, or a short number that is allowed.
func (r Rules) number(typed string) (string, *Refusal) {
	digits := strings.Map(func(c rune) rune {
		if strings.ContainsRune(" .-()", c) {
			return -1
		}
		return c
	}, typed)
	if bare := strings.TrimPrefix(digits, "+"); bare == "" || strings.Trim(bare, "0123456789") != "" {
		return "", &Refusal{Reason: NoNumber}
	}
	if Emergency(digits) {
		return "", &Refusal{Reason: EmergencyNumber}
	}
	number := phone.Normalize(digits)
	if slices.ContainsFunc(r.Own, func(own string) bool { return own == digits || phone.Normalize(own) == number }) {
		return "", &Refusal{Reason: OwnNumber}
	}
	if slices.Contains(r.Short, digits) {
		return digits, nil
	}
	// Normalize leaves alone what is no number; as an international one it tells.
	if !strings.HasPrefix(number, "+") || phone.Normalize("00"+number[1:]) != number {
		return "", &Refusal{Reason: NoNumber}
	}
	begins := func(prefix string) bool { return strings.HasPrefix(number, prefix) }
	switch {
	case slices.ContainsFunc(r.Forbidden, begins):
		return "", &Refusal{Reason: Forbidden}
	case !slices.ContainsFunc(r.Allowed, begins):
		return "", &Refusal{Reason: NotAllowed}
	}
	return number, nil
}

// dial is the number as the trunk wants it.
func (r Rules) dial(number string) string {
	bare, international := strings.CutPrefix(number, "+")
	switch {
	case !international: // short
		return number
	case r.Form == Digits:
		return bare
	case r.Form != National:
		return number
	case !strings.HasPrefix(bare, "84"):
		return "00" + bare
	}
	return strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, phone.Display(number))
}

// closed says until when nobody is called at that time; zero when somebody may be.
func (r Rules) closed(now time.Time) (opens time.Time) {
	local := now.In(r.zone())
	at := func(day int, clock time.Duration) time.Time {
		return time.Date(local.Year(), local.Month(), local.Day()+day, 0, 0, 0, 0, r.zone()).Add(clock)
	}
	from, to := at(0, r.From), at(0, r.To)
	switch {
	case r.From == r.To:
	case r.From < r.To && local.Before(from):
		return from
	case r.From < r.To && !local.Before(to):
		return at(1, r.From)
	case r.From > r.To && !local.Before(to) && local.Before(from): // over midnight
		return from
	}
	return time.Time{}
}

func (r Rules) zone() *time.Location {
	if r.Zone == nil {
		return time.UTC
	}
	return r.Zone
}
