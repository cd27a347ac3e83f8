package acd

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// Config is how the line works, from configs/queues.yaml. Zero values take the
// defaults named beside them.
type Config struct {
	Queues              []Queue
	RingTime            time.Duration // for an agent to answer, and again from the first ring; 20 s
	WrapUpLimit         time.Duration // after which wrap-up ends by itself; 2 min
	MissesBeforePause   int           // unanswered offers in a row; 1
	RefusalsBeforePause int           // refused offers in a row; 5
}

// Defaults for what a Config leaves out.
const (
	defaultRingTime    = 20 * time.Second
	defaultWrapUpLimit = 2 * time.Minute
	defaultMisses      = 1
	defaultRefusals    = 5
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
	if c.RingTime <= 0 {
		c.RingTime = defaultRingTime
	}
	if c.WrapUpLimit <= 0 {
		c.WrapUpLimit = defaultWrapUpLimit
	}
	if c.MissesBeforePause <= 0 {
		c.MissesBeforePause = defaultMisses
	}
	if c.RefusalsBeforePause <= 0 {
		c.RefusalsBeforePause = defaultRefusals
	}
	return c
}

// Queue is one line of waiting calls.
type Queue struct {
	Name            string
	Group           call.Group
	PriorityMinutes int      // minutes of waiting that a call here is ahead with
	Emergency       bool     // every call here is an emergency
	Skills          []string // an agent who has all of them serves the queue
	PositionEvery   time.Duration
}

// Agent is somebody who signs in. An agent serves the queues that are named among
// the skills, and those of which they have all the skills.
type Agent struct {
	ID     call.AgentID
	Skills []string
}

func (a Agent) serves(q Queue) bool {
	if slices.Contains(a.Skills, q.Name) {
		return true
	}
	for _, skill := range q.Skills {
		if !slices.Contains(a.Skills, skill) {
			return false
		}
	}
	return len(q.Skills) > 0
}

// Waiting is a call that is put in line.
type Waiting struct {
	Call      call.ID
	Queue     string
	Arrived   time.Time // first entry into the line; orders it, and is kept when a call comes back
	Emergency bool      // an emergency although its queue is not
	Offers    int       // offers made for the call before, so that offer ids stay unique
}
