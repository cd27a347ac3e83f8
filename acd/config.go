package acd

import (
	"time"

	"hotline1022/internal/call"
)

// Config is how the line works, from configs/queues.yaml. Zero values take the
// defaults named beside them; where none is named, zero switches the thing off.
type Config struct {
	Queues []Queue
	Agents map[call.AgentID]Profile // who is not named serves every queue

	RingTime            time.Duration // for an agent to answer, and again from the first ring; 20 s
	WrapUpLimit         time.Duration // after which wrap-up ends by itself; 2 min
	WrapUpExtension     time.Duration // more time that an agent gets for the asking; 1 min
	WrapUpExtensions    int           // how often in one wrap-up
	MissesBeforePause   int           // unanswered offers in a row; 1
	RefusalsBeforePause int           // refused offers in a row; 5

	EmergencyReserve int           // the last available agents that take emergencies only
	RedialWithin     time.Duration // who left the line and calls again within it has the old arrival time
	PreferFor        time.Duration // how long a call is kept for the agent it names; 10 s

	CallbackTries    int           // of calling somebody back; 3
	CallbackPause    time.Duration // between two tries; 5 min
	ExpectedHandling time.Duration // agent's time for one call, until there is experience; 4 min
}

// Defaults for what a Config leaves out.
const (
	defaultRingTime    = 20 * time.Second
	defaultWrapUpLimit = 2 * time.Minute
	defaultExtension   = time.Minute
	defaultMisses      = 1
	defaultRefusals    = 5
	defaultPreferFor   = 10 * time.Second
	defaultTries       = 3
	defaultPause       = 5 * time.Minute
	defaultHandling    = 4 * time.Minute
)

// refusalHold is how long a call is kept from an agent who refused it, as long as
// anybody else is free.
const refusalHold = 5 * time.Second

// A desk that cannot be rung rests this long, doubled with each failure in a row.
const (
	firstRest = 5 * time.Second
	longRest  = time.Minute
)

func (c Config) withDefaults() Config {
	otherwise(&c.RingTime, defaultRingTime)
	otherwise(&c.WrapUpLimit, defaultWrapUpLimit)
	otherwise(&c.WrapUpExtension, defaultExtension)
	otherwise(&c.MissesBeforePause, defaultMisses)
	otherwise(&c.RefusalsBeforePause, defaultRefusals)
	otherwise(&c.PreferFor, defaultPreferFor)
	otherwise(&c.CallbackTries, defaultTries)
	otherwise(&c.CallbackPause, defaultPause)
	otherwise(&c.ExpectedHandling, defaultHandling)
	return c
}

func otherwise[T int | time.Duration](value *T, otherwise T) {
	if *value <= 0 {
		*value = otherwise
	}
}
