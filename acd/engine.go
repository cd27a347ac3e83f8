package acd

import (
	"time"

	"github.com/tidwall/btree"

	"hotline1022/internal/call"
)

// Engine holds the line and the agents. Its methods are commands; each takes the
// present time and returns what was decided, nil when nothing was. What names an
// unknown call, agent or offer, comes twice or comes too late changes nothing.
//
// The slice that a command returns is good until the next command; the decisions
// in it may be kept.
//
// It is for one goroutine. A decision costs O(log n) in the calls and the agents,
// and O(n) in the classes, which is how many different wishes and sets of skills
// there are. Memory is asked for only for what is kept or handed out: a call that
// arrives, an offer's id, a decision.
type Engine struct {
	cfg      Config
	queues   []*queue // in the order of the configuration
	byName   map[string]*queue
	callers  map[call.ID]*caller
	offers   map[call.OfferID]*agent
	agents   map[call.AgentID]*agent // signed in, or talking after they signed out
	tallies  map[call.AgentID]tally  // of those who signed out
	numbers  map[string]*caller      // the callback that waits for a number
	redials  redials
	personal map[call.AgentID]*need // those who wait for one agent

	needs    []*need
	byNeed   map[string]*need
	teams    []*team
	byTeam   map[string]*team
	inUse    [orders]bool // orders that some queue asks for
	sweepAt  int          // that many classes are too many
	servable []*need      // classes with both calls and available agents
	shorts   []*need      // classes with calls that could ring at more agents

	urgent     int       // emergencies in line
	fresh      []*caller // emergencies that came into line since Nobody was said last
	deserted   []*queue  // queues whose last agent has just signed out
	guards     int       // at work, and serving emergencies
	freeGuards int       // of them, available

	alarms *btree.BTreeG[*agent]
	dues   *btree.BTreeG[*caller]
	seq    uint64
	out    []Decision

	scratch []Skill // for looking up classes
	key     []byte
}

// New makes an engine with an empty line and no agents.
func New(cfg Config) *Engine {
	e := &Engine{
		callers:  map[call.ID]*caller{},
		offers:   map[call.OfferID]*agent{},
		agents:   map[call.AgentID]*agent{},
		tallies:  map[call.AgentID]tally{},
		numbers:  map[string]*caller{},
		redials:  redials{byNumber: map[string]leaver{}},
		personal: map[call.AgentID]*need{},
		alarms:   tree(soonerAlarm),
		dues:     tree(soonerDue),
	}
	e.configure(cfg)
	return e
}

// Next is when Tick has something to do; false when time alone changes nothing.
func (e *Engine) Next() (time.Time, bool) {
	var next time.Time
	if a, ok := e.alarms.Min(); ok {
		next = a.alarm
	}
	if c, ok := e.dues.Min(); ok {
		next = sooner(next, c.due)
	}
	return next, !next.IsZero()
}

// Tick does what time has brought: offers that nobody answered, wrap-ups at their
// limit, desks and callbacks that are tried again, calls that have waited too long.
func (e *Engine) Tick(now time.Time) []Decision {
	for {
		a, ok := e.alarms.Min()
		if !ok || a.alarm.After(now) {
			break
		}
		e.ring(now, a)
	}
	for {
		c, ok := e.dues.Min()
		if !ok || c.due.After(now) {
			break
		}
		e.comeDue(now, c)
	}
	return e.decide(now)
}

// ring does what an agent's alarm was set for.
func (e *Engine) ring(now time.Time, a *agent) {
	e.silence(a)
	switch a.state {
	case call.Reserved, call.AgentRinging:
		e.timeOut(now, a)
	case call.WrapUp:
		e.release(now, a, "", Why{Rule: RuleWrapUpLimit})
	case call.Paused:
		e.release(now, a, "", Why{Rule: RuleRested})
	case call.Offline, call.Available, call.AgentTalking: // have no alarm
	}
}

func (e *Engine) silence(a *agent) {
	if !a.alarm.IsZero() {
		e.alarms.Delete(a)
		a.alarm = time.Time{}
	}
}

func (e *Engine) number() uint64 {
	e.seq++
	return e.seq
}
