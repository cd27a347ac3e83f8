package survival

import (
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

// Told is what is known beside the log.
type Told struct {
	Plan      emergency.Plan
	Arrived   bool                       // a controller had the call before
	Queue     string                     // that emergencies are in line in
	Code      func(at time.Time) string  // a new ticket's
	Normalize func(number string) string // to E.164
}

// teller turns lines into facts.
type teller struct {
	Told
	log      Log
	events   []call.Event
	attempts int
	last     map[string]int // attempt by service and step
	names    map[int]string
	talking  int // attempt that has the citizen; 0 for none

	service  call.Service // that was asked for last
	answered bool         // by a destination, which has not hung up early
	desk     bool         // … by a desk of ours
}

// Facts tells the log, which is complete: the citizen has gone. Events have no ids yet.
func (l Log) Facts(of Told) []call.Event {
	t := &teller{Told: of, log: l, last: map[string]int{}, names: map[int]string{}}
	first := l.Lines[0]
	if !of.Arrived {
		t.arrived(first)
	}
	t.tell(first.At, call.Survived{Log: string(l.Call)})
	for _, line := range l.Lines {
		t.line(line)
	}
	t.finished(l.Lines[len(l.Lines)-1].At)
	return t.events
}

func (t *teller) tell(at time.Time, facts ...call.Fact) {
	for _, f := range facts {
		t.events = append(t.events, call.Event{At: at, Call: t.log.Call, Fact: f})
	}
}

func (t *teller) arrived(first Line) {
	a := call.Arrived{Ticket: t.Code(first.At), Language: call.Vietnamese, Dialed: "1022"}
	if first.What == "open" {
		if number := first.word(0); number != "" && number != "-" {
			a.Caller = t.Normalize(number)
		}
		if first.word(2) == "from-web" {
			a.Caller = "web:" + string(t.log.Call)
		}
		if dialed := first.word(1); dialed != "" && dialed != "-" {
			a.Dialed = dialed
		}
	}
	t.tell(first.At, a)
}

func (t *teller) line(l Line) {
	service := call.Service(l.word(0))
	switch l.What {
	case "began":
		t.service = service
		t.tell(l.At, call.Queued{Queue: t.Queue, Topic: call.Topic{Group: call.Emergency, Service: service}}, call.HandoverBegan{Service: service})
	case "tried":
		t.attempts++
		t.last[key(l)], t.names[t.attempts] = t.attempts, t.name(service, l.word(2))
		t.tell(l.At, call.DestinationTried{Attempt: t.attempts, Service: service, Name: t.names[t.attempts], Rung: l.number(1), Round: l.number(3)})
	case "answered":
		t.answers(l, service)
	case "closed":
		attempt := t.last[key(l)]
		t.tell(l.At, call.DestinationClosed{Attempt: attempt, Service: service, Name: t.names[attempt], How: closed(l.word(3))})
	case "over":
		t.over(l, service)
	}
}

func (t *teller) answers(l Line, service call.Service) {
	if service == "desks" {
		t.attempts++
		t.talking, t.desk, t.names[t.attempts] = t.attempts, true, t.name("", l.word(1))
		t.tell(l.At, call.DestinationTried{Attempt: t.attempts, Name: t.names[t.attempts], Rung: 1, Round: 1},
			call.DestinationAnswered{Attempt: t.attempts, Name: t.names[t.attempts]})
		return
	}
	t.talking, t.answered = t.last[key(l)], true
	t.tell(l.At, call.DestinationAnswered{Attempt: t.talking, Service: service, Name: t.names[t.talking]})
}

// over is the end of a talk, or of a round in which nobody answered.
func (t *teller) over(l Line, service call.Service) {
	if t.talking == 0 {
		return
	}
	if service == "desks" {
		service = ""
	} else if time.Duration(l.number(2))*time.Second < t.Plan.Timing.Early {
		t.answered = false
	}
	t.tell(l.At, call.DestinationClosed{Attempt: t.talking, Service: service, Name: t.names[t.talking], How: call.DestinationHungUp})
	t.talking = 0
}

// finished ends the call. Nobody of ours confirmed anything: a command centre that had the
// citizen until the end has taken over.
func (t *teller) finished(at time.Time) {
	o := call.Outcome{Result: call.Abandoned, By: call.ByCitizen, Stage: call.Menu, Detail: "without a controller"}
	switch {
	case t.answered:
		o.Result, o.Stage = call.HandedOver, call.Talking
	case t.desk:
		o.Result, o.Stage = call.Served, call.Talking
	case t.service != "":
		o.Stage = call.Ringing
	}
	if !t.log.Gone() { // Asterisk was ended under the call
		o.By = call.ByUs
		if o.Result == call.Abandoned {
			o.Result = call.Failed
		}
	}
	if t.service != "" && !t.answered {
		t.tell(at, call.CallbackOwed{Service: t.service})
	}
	t.tell(at, call.Finished{Outcome: o})
}

func key(l Line) string { return l.word(0) + " " + l.word(1) }

// name is what people call the destination at that address; numbers are not told.
func (t *teller) name(service call.Service, address string) string {
	s, _ := t.Plan.Service(service)
	for _, r := range s.Ladder {
		if r.Address == address {
			return r.Name
		}
	}
	for _, d := range t.Plan.Desks {
		if d.Name == address {
			return d.Vi
		}
	}
	return "?"
}

// closed reads Dial's DIALSTATUS.
func closed(status string) call.DestinationEnd {
	switch status {
	case "BUSY":
		return call.DestinationBusy
	case "CONGESTION":
		return call.DestinationCongested
	case "NOANSWER":
		return call.DestinationNoAnswer
	case "CANCEL", "ANSWER":
		return call.DestinationRescinded
	}
	return call.DestinationNoRoute
}
