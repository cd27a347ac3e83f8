package emergency

import (
	"slices"
	"strings"
	"time"

	"hotline1022/internal/call"
)

// Plan is configs/emergency.yaml: where hand-overs go.
type Plan struct {
	Services []Service
	Desks    []Desk   // telephones with an account in Asterisk's files, which ring without a controller
	Headers  []Header // on every leg that leaves
	Caller   Caller
	Timing   Timing
	Trial    bool          // there is no way out yet, and everybody knows
	Agency   string        // ours, as sheets name it
	Pages    string        // address of the public pages, for links to sheets: https://host; "" while there is none
	Test     string        // number that drills call in place of a destination; "" for none
	Drills   time.Duration // between two drills; 0 for none
	Zone     *time.Location
}

// Timing is how long a hand-over waits for what.
type Timing struct {
	Next        time.Duration // no answer by then: the next destination is rung as well
	Ring        time.Duration // a destination that rang so long is given up
	Early       time.Duration // one that hangs up before that has taken nothing over; without a controller only
	Retry       time.Duration // least time from the end of a ladder to its next round
	Say         time.Duration // a citizen who waits is spoken to so often
	Alone       time.Duration // supervisors ring when none of us is with the citizen by then
	Acknowledge time.Duration // a sheet that is not acknowledged by then alarms
}

// Service is what a citizen may ask for.
type Service struct {
	Key    call.Service
	Vi, En string
	Joint  call.Service // the service of the centre that this one has joined; "" is its own
	Ladder []Rung
	Areas  []Area
}

// Area has destinations of its own.
type Area struct {
	Key    string // commune's code
	Ladder []Rung
}

// Rung is one destination of a ladder.
type Rung struct {
	Kind     Kind
	Address  string // a number as it is dialled, or a desk's name
	Name     string // what people call it
	From, To time.Duration
}

// Always says whether the rung may be called at any hour.
func (r Rung) Always() bool { return r.From == r.To }

// Kind says what a rung calls.
type Kind string

// The kinds of rung.
const (
	Number Kind = "number" // through the trunk
	Mobile Kind = "mobile" // through the trunk, somebody's own telephone
	AtDesk Kind = "desk"   // a telephone of ours
	Drill  Kind = "drill"  // the far end of a drill, at host:port; no configuration has one
)

// Desk is a telephone with an account in Asterisk's files.
type Desk struct {
	Name    string // of the account
	Vi, En  string
	Address string // host:port; "" when the telephone registers with its password
}

// Header is one more header of an INVITE. In the value {caller} is the citizen's number
// and {call} the call's id.
type Header struct{ Name, Value string }

// Fill puts number and id into the value.
func (h Header) Fill(caller string, id call.ID) string {
	return strings.NewReplacer("{caller}", caller, "{call}", string(id)).Replace(h.Value)
}

// Caller says whose number a command centre sees.
type Caller string

// Whose number.
const (
	AsHotline Caller = "hotline" // ours, where the trunk takes no other
	AsCitizen Caller = "citizen"
)

// Service finds a service; one that has joined another gives the other's ladders.
func (p Plan) Service(key call.Service) (Service, bool) {
	i := slices.IndexFunc(p.Services, func(s Service) bool { return s.Key == key })
	if i < 0 {
		return Service{}, false
	}
	s := p.Services[i]
	if s.Joint != "" {
		if j := slices.IndexFunc(p.Services, func(o Service) bool { return o.Key == s.Joint }); j >= 0 {
			s.Ladder, s.Areas = p.Services[j].Ladder, p.Services[j].Areas
		}
	}
	return s, true
}

// Ladder is the destinations to be called for a service now, in their order: those of the
// area where it has its own, without those that are not called at this hour. When all are
// closed all are called: somebody may answer.
func (p Plan) Ladder(key call.Service, area string, now time.Time) []Rung {
	s, _ := p.Service(key)
	ladder := s.Ladder
	if i := slices.IndexFunc(s.Areas, func(a Area) bool { return a.Key == area }); area != "" && i >= 0 {
		ladder = s.Areas[i].Ladder
	}
	var open []Rung
	for _, r := range ladder {
		if p.open(r, now) {
			open = append(open, r)
		}
	}
	if len(open) == 0 {
		return ladder
	}
	return open
}

func (p Plan) open(r Rung, now time.Time) bool {
	if r.Always() {
		return true
	}
	zone := p.Zone
	if zone == nil {
		zone = time.UTC
	}
	local := now.In(zone)
	clock := time.Duration(local.Hour())*time.Hour + time.Duration(local.Minute())*time.Minute
	if r.From < r.To {
		return r.From <= clock && clock < r.To
	}
	return clock >= r.From || clock < r.To
}
