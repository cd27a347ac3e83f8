package acd_test

import (
	"fmt"
	"testing"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// BenchmarkCall is one call's way through a line of 100,000: the agent who is done
// gets the first in line, it rings, is answered and ends, and somebody new arrives.
func BenchmarkCall(b *testing.B) {
	for _, agents := range []int{20, 1_000, 10_000} {
		b.Run(fmt.Sprintf("agents=%d", agents), func(b *testing.B) {
			engine, now := surge(agents, 100_000)
			serving := make([]acd.OfferMade, 0, agents)
			for i := range agents {
				serving = offers(serving, engine.Ready(now, agentID(i)))
			}
			b.ReportAllocs()
			next := 100_000
			for b.Loop() {
				o := serving[0]
				serving = serving[1:]
				now = now.Add(time.Millisecond)
				engine.Ringing(now, o.Offer)
				engine.Accept(now, o.Offer)
				engine.Ended(now, o.Call)
				serving = offers(serving, engine.WrappedUp(now, o.Agent, true))
				engine.Enqueue(now, acd.Waiting{Call: callID(next), Queue: queueName(next), Arrived: now})
				next++
			}
		})
	}
}

// BenchmarkArrivalAmongIdle is an arrival while everybody is free, and its leaving.
func BenchmarkArrivalAmongIdle(b *testing.B) {
	for _, agents := range []int{20, 1_000, 10_000} {
		b.Run(fmt.Sprintf("agents=%d", agents), func(b *testing.B) {
			engine, now := surge(agents, 0)
			for i := range agents {
				engine.Ready(now, agentID(i))
			}
			b.ReportAllocs()
			next := 0
			for b.Loop() {
				id := callID(next)
				engine.Enqueue(now, acd.Waiting{Call: id, Queue: queueName(next), Arrived: now})
				engine.Leave(now, id)
				next++
			}
		})
	}
}

// BenchmarkPosition asks for positions in a line of 100,000.
func BenchmarkPosition(b *testing.B) {
	engine, _ := surge(20, 100_000)
	b.ReportAllocs()
	next := 0
	for b.Loop() {
		if n, ok := engine.Position(callID(next % 100_000)); !ok || n == 0 {
			b.Fatal("not in line")
		}
		next += 7919
	}
}

// surge is a line with that many waiting and agents who are not ready yet.
func surge(agents, waiting int) (*acd.Engine, time.Time) {
	engine, now := acd.New(province()), time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	for i := range agents {
		engine.SignIn(now, acd.Agent{ID: agentID(i), Skills: acd.Skills("procedure", "emergency", "field")})
	}
	for i := range waiting {
		now = now.Add(time.Millisecond)
		engine.Enqueue(now, acd.Waiting{Call: callID(i), Queue: queueName(i), Arrived: now})
	}
	return engine, now
}

func offers(made []acd.OfferMade, decisions []acd.Decision) []acd.OfferMade {
	for _, d := range decisions {
		if o, ok := d.(acd.OfferMade); ok {
			made = append(made, o)
		}
	}
	return made
}

func agentID(i int) call.AgentID { return call.AgentID(fmt.Sprintf("agent%d", i)) }
func callID(i int) call.ID       { return call.ID(fmt.Sprintf("n1-1000.%d", i)) }
func queueName(i int) string     { return []string{"procedure", "procedure", "field", "emergency"}[i%4] }
