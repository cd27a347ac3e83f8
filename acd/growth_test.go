package acd_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// pauses is of agents who are free, as nobody waits, and looks of calls that all wait.
const (
	pauses = "a pause and its end"
	looks  = "position and estimate"
)

// hot is what the engine is asked again and again.
func hot() map[string]func(*surge) {
	return map[string]func(*surge){
		"an arrival and its leaving": func(s *surge) {
			w := s.other()
			s.engine.Enqueue(s.now, w)
			s.engine.Leave(s.now, w.Call)
		},
		"a refusal and the next offer": func(s *surge) {
			s.now = s.now.Add(6 * time.Second)
			s.offers(s.engine.Refuse(s.now, s.take().Offer))
		},
		pauses: func(s *surge) {
			id := s.agents[s.count%len(s.agents)]
			s.count++
			s.engine.Pause(s.now, id, "lunch")
			s.engine.Ready(s.now, id)
		},
		"a call's whole way": func(s *surge) {
			s.now = s.now.Add(time.Millisecond)
			o := s.take()
			s.engine.Ringing(s.now, o.Offer)
			s.engine.Accept(s.now, o.Offer)
			s.engine.Ended(s.now, o.Call)
			s.offers(s.engine.WrappedUp(s.now, o.Agent, true))
			s.engine.Enqueue(s.now, s.next())
		},
		"an emergency that takes an agent": func(s *surge) {
			w := s.other()
			w.Queue, w.Emergency = "emergency", true
			s.engine.Enqueue(s.now, w)
			s.engine.Leave(s.now, w.Call)
		},
		looks: func(s *surge) {
			id := s.ids[(s.count*7919)%len(s.ids)]
			s.count++
			s.engine.Position(id)
			s.engine.Estimate(s.now, id)
		},
	}
}

// TestGrowthIsLogarithmic: with five hundred times the agents, or a hundred times the
// calls in line, nothing takes more than a few times as long: linear growth would be
// far beyond. The fastest of many short runs is compared, in turns, so that a busy
// machine slows both down.
func TestGrowthIsLogarithmic(t *testing.T) {
	const runs, each, atMost = 25, 200, 30
	busy := [3]*surge{newSurge(20, 1_000), newSurge(10_000, 20_000), newSurge(20, inLine)}
	idle := [3]*surge{newSurge(20, 0), newSurge(10_000, 0), newSurge(1_000, 0)}
	still := [3]*surge{newSurge(20, 1_000), newSurge(10_000, 20_000), newSurge(20, inLine)}
	for name, do := range hot() {
		small, agents, calls := busy[0], busy[1], busy[2]
		switch name {
		case pauses:
			small, agents, calls = idle[0], idle[1], idle[2]
		case looks:
			small, agents, calls = still[0], still[1], still[2]
		}
		fastest := func(s *surge, best time.Duration) time.Duration {
			began := time.Now()
			for range each {
				do(s)
			}
			return min(best, time.Since(began))
		}
		few, manyAgents, manyCalls := time.Hour, time.Hour, time.Hour
		for range runs {
			few, manyAgents, manyCalls = fastest(small, few), fastest(agents, manyAgents), fastest(calls, manyCalls)
		}
		t.Logf("%-33s %6d ns; 10,000 agents ×%.1f; 100,000 in line ×%.1f", name, few.Nanoseconds()/each,
			float64(manyAgents)/float64(few), float64(manyCalls)/float64(few))
		require.Less(t, manyAgents, atMost*few, "%s, by agents", name)
		require.Less(t, manyCalls, atMost*few, "%s, by calls in line", name)
	}
}

// TestHotPathAllocatesWhatIsKept: the call, the offer's id and each decision, and for a
// look nothing.
func TestHotPathAllocatesWhatIsKept(t *testing.T) {
	most := map[string]float64{
		"an arrival and its leaving": 1, "a refusal and the next offer": 10, pauses: 2,
		"a call's whole way": 16, "an emergency that takes an agent": 20, looks: 0,
	}
	for name, do := range hot() {
		waiting := 5_000
		if name == pauses {
			waiting = 0
		}
		s := newSurge(20, waiting)
		do(s)
		require.LessOrEqual(t, testing.AllocsPerRun(500, func() { do(s) }), most[name], name)
	}
	require.Len(t, hot(), len(most))
}
