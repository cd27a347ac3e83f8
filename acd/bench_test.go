package acd_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// The engine with 100,000 in line, of 20 kinds (2 queues, 10 areas), and agents of 10
// sets of skills. On one core of a 2.x GHz Xeon, time and allocations for each
// (go test ./acd -run xxx -bench . -benchtime 1s):
//
//	agents                             20         1,000        10,000
//	arrival and leaving       1.7 µs   1    1.7 µs   1    1.7 µs   1
//	refusal and next offer    2.4 µs  10    2.9 µs   9    3.5 µs   9
//	offer among idle, leaving 1.7 µs  16    1.6 µs  16    1.5 µs  16
//	pause and ready           0.3 µs   2    0.4 µs   2    0.5 µs   2
//	a call's whole way        5.8 µs  15    6.8 µs  15    8.0 µs  15
//	emergency takes an agent  4.5 µs  19    4.6 µs  19    5.1 µs  19
//	position and estimate       8 µs   0
//	reload                    154 ms
//
// What is allocated is the call, the offer's id, each decision, and the root of a tree
// that was empty. From 20 agents to 10,000 the time grows by less than a half.

const inLine = 100_000

func sizes(b *testing.B, run func(b *testing.B, agents int)) {
	for _, agents := range []int{20, 1_000, 10_000} {
		b.Run(fmt.Sprintf("agents=%d", agents), func(b *testing.B) { run(b, agents) })
	}
}

// BenchmarkEnqueue is an arrival behind everybody else, and its leaving.
func BenchmarkEnqueue(b *testing.B) {
	sizes(b, func(b *testing.B, agents int) {
		s := newSurge(agents, inLine)
		b.ReportAllocs()
		for b.Loop() {
			w := s.other()
			s.engine.Enqueue(s.now, w)
			s.engine.Leave(s.now, w.Call)
		}
	})
}

// BenchmarkOffer is an offer out of the line, refused by its agent, who is free for
// the next one at once.
func BenchmarkOffer(b *testing.B) {
	sizes(b, func(b *testing.B, agents int) {
		s := newSurge(agents, inLine)
		b.ReportAllocs()
		for b.Loop() {
			s.now = s.now.Add(6 * time.Second) // no refusal is remembered
			o := s.take()
			s.offers(s.engine.Refuse(s.now, o.Offer))
		}
	})
}

// BenchmarkOfferAmongIdle is an offer when everybody is free, and its end.
func BenchmarkOfferAmongIdle(b *testing.B) {
	sizes(b, func(b *testing.B, agents int) {
		s := newSurge(agents, 0)
		b.ReportAllocs()
		for b.Loop() {
			w := s.other()
			s.engine.Enqueue(s.now, w)
			s.engine.Leave(s.now, w.Call)
		}
	})
}

// BenchmarkStateChange is a pause and its end while nobody waits.
func BenchmarkStateChange(b *testing.B) {
	sizes(b, func(b *testing.B, agents int) {
		s := newSurge(agents, 0)
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			id := s.agents[i%agents]
			s.engine.Pause(s.now, id, "lunch")
			s.engine.Ready(s.now, id)
			i++
		}
	})
}

// BenchmarkCall is one call's whole way: offered, rung, answered, ended, wrapped up,
// and somebody new arrives.
func BenchmarkCall(b *testing.B) {
	sizes(b, func(b *testing.B, agents int) {
		s := newSurge(agents, inLine)
		b.ReportAllocs()
		for b.Loop() {
			s.now = s.now.Add(time.Millisecond)
			o := s.take()
			s.engine.Ringing(s.now, o.Offer)
			s.engine.Accept(s.now, o.Offer)
			s.engine.Ended(s.now, o.Call)
			s.offers(s.engine.WrappedUp(s.now, o.Agent, true))
			s.engine.Enqueue(s.now, s.next())
		}
	})
}

// BenchmarkEmergency is an emergency when nobody is free: it takes an agent from an
// ordinary call, which goes back to its place, and leaves again.
func BenchmarkEmergency(b *testing.B) {
	sizes(b, func(b *testing.B, agents int) {
		s := newSurge(agents, inLine)
		b.ReportAllocs()
		for b.Loop() {
			w := s.other()
			w.Queue, w.Emergency = "emergency", true
			s.engine.Enqueue(s.now, w)
			s.engine.Leave(s.now, w.Call)
		}
	})
}

// BenchmarkPosition asks for position and estimated wait.
func BenchmarkPosition(b *testing.B) {
	s := newSurge(20, inLine)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		id := s.ids[i%inLine]
		if _, ok := s.engine.Position(id); !ok {
			b.Fatal("not in line")
		}
		s.engine.Estimate(s.now, id)
		i += 7919
	}
}

// BenchmarkReload takes a configuration into use with 100,000 in line.
func BenchmarkReload(b *testing.B) {
	s := newSurge(1_000, inLine)
	for b.Loop() {
		s.engine.Reload(s.now, s.cfg)
	}
}

// surge is a line with many waiting and agents who take calls.
type surge struct {
	engine  *acd.Engine
	cfg     acd.Config
	now     time.Time
	agents  []call.AgentID
	ids     []call.ID
	others  []acd.Waiting
	queues  []string
	serving []acd.OfferMade
	count   int
}

func newSurge(agents, waiting int) *surge {
	cfg := province()
	cfg.RefusalsBeforePause = 1 << 40
	for i := range cfg.Queues {
		cfg.Queues[i].Wants = []acd.Want{{Trait: acd.ByArea, For: time.Hour}}
		cfg.Queues[i].MaxWait, cfg.Queues[i].Overflow = 8*time.Hour, acd.Target{To: acd.ToVoicemail}
	}
	s := &surge{engine: acd.New(cfg), cfg: cfg, now: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)}
	s.queues = []string{"procedure", "field"}
	for i := range agents {
		id := call.AgentID(fmt.Sprintf("agent%d", i))
		s.agents = append(s.agents, id)
		skills := acd.Skills("procedure", "emergency", "field", "area."+strconv.Itoa(i%10), "area."+strconv.Itoa((i+1)%10))
		s.engine.SignIn(s.now, acd.Agent{ID: id, Skills: skills})
	}
	for range waiting {
		s.now = s.now.Add(time.Millisecond)
		w := s.next()
		s.ids = append(s.ids, w.Call)
		s.engine.Enqueue(s.now, w)
	}
	for _, id := range s.agents {
		s.offers(s.engine.Ready(s.now, id))
	}
	for range 1 << 12 {
		s.others = append(s.others, s.next())
	}
	return s
}

// other is somebody who comes and goes, and comes again.
func (s *surge) other() acd.Waiting {
	s.count++
	w := s.others[s.count%len(s.others)]
	w.Arrived = s.now
	return w
}

// next is the next to arrive.
func (s *surge) next() acd.Waiting {
	i := s.count
	s.count++
	return acd.Waiting{
		Call: call.ID("n1-1000." + strconv.Itoa(i)), Queue: s.queues[i%len(s.queues)],
		Arrived: s.now, Area: strconv.Itoa(i % 10),
	}
}

func (s *surge) offers(decisions []acd.Decision) {
	for _, d := range decisions {
		if o, ok := d.(acd.OfferMade); ok {
			s.serving = append(s.serving, o)
		}
	}
}

// take is the oldest open offer.
func (s *surge) take() acd.OfferMade {
	o := s.serving[0]
	s.serving = s.serving[1:]
	return o
}
