package acd_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/tidwall/btree"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// truth lets calls come and go by chance, asks what each would be told when it comes
// into line and every half minute, and compares that with how long it really took.
type truth struct {
	t      *testing.T
	engine *acd.Engine
	chance *rand.Rand
	now    time.Time
	ahead  *btree.BTreeG[happening]
	count  int

	talk     func() time.Duration // of the next conversation
	patience time.Duration        // on the average; 0 is without end

	queues map[call.ID]string
	told   map[call.ID][]told
	heard  []told // with what came of it
}

type happening struct {
	at time.Time
	n  int
	do func()
}

type told struct{ at, wait, really time.Duration }

// ends of a day's first minute, from which estimates count times.
var dayBegins = time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)

func newTruth(t *testing.T, seed uint64, agents int, talk func(*rand.Rand) time.Duration) *truth {
	cfg := province()
	cfg.Queues[2].PriorityMinutes = 0
	cfg.ExpectedHandling = 4 * time.Minute
	s := &truth{
		t: t, engine: acd.New(cfg), chance: rand.New(rand.NewPCG(seed, 1022)), now: dayBegins,
		ahead:  btree.NewBTreeG(func(a, b happening) bool { return a.at.Before(b.at) || a.at.Equal(b.at) && a.n < b.n }),
		queues: map[call.ID]string{}, told: map[call.ID][]told{},
	}
	s.talk = func() time.Duration { return talk(s.chance) }
	for i := range agents {
		id := call.AgentID(fmt.Sprintf("agent%d", i))
		s.engine.SignIn(s.now, acd.Agent{ID: id})
		s.carryOut(s.engine.Ready(s.now, id))
	}
	return s
}

func (s *truth) after(d time.Duration, do func()) {
	s.count++
	s.ahead.Set(happening{s.now.Add(d), s.count, do})
}

// run lets time pass.
func (s *truth) run(d time.Duration) {
	until := s.now.Add(d)
	for {
		h, ok := s.ahead.Min()
		next, ticks := s.engine.Next()
		switch {
		case ticks && !next.After(until) && (!ok || next.Before(h.at)):
			s.now = next
			s.carryOut(s.engine.Tick(s.now))
		case ok && !h.at.After(until):
			s.ahead.Delete(h)
			s.now = h.at
			h.do()
		default:
			s.now = until
			return
		}
	}
}

// arrives puts a call in line, which asks at once and every half minute.
func (s *truth) arrives(queue string) {
	s.count++
	id := call.ID(fmt.Sprintf("n1-1.%d", s.count))
	s.queues[id] = queue
	s.carryOut(s.engine.Enqueue(s.now, acd.Waiting{Call: id, Queue: queue}))
	s.after(time.Second, func() { s.ask(id) })
	if s.patience > 0 {
		s.after(time.Duration(s.chance.ExpFloat64()*float64(s.patience)), func() {
			if _, waits := s.engine.Position(id); waits {
				delete(s.told, id)
				delete(s.queues, id)
				s.carryOut(s.engine.Leave(s.now, id))
			}
		})
	}
}

func (s *truth) ask(id call.ID) {
	if _, waits := s.queues[id]; !waits {
		return
	}
	if wait, ok := s.engine.Estimate(s.now, id); ok {
		s.told[id] = append(s.told[id], told{at: s.now.Sub(dayBegins), wait: wait})
	}
	s.after(30*time.Second, func() { s.ask(id) })
}

// carryOut does what the engine decided: everybody answers after two seconds, talks,
// and takes half a minute to wrap up.
func (s *truth) carryOut(decisions []acd.Decision) {
	for _, d := range slices.Clone(decisions) {
		switch d := d.(type) {
		case acd.OfferMade:
			s.after(2*time.Second, func() { s.answers(d) })
		case acd.AgentMoved:
			if d.To == call.WrapUp {
				s.after(30*time.Second, func() { s.carryOut(s.engine.WrappedUp(s.now, d.Agent, true)) })
			}
		}
	}
}

func (s *truth) answers(o acd.OfferMade) {
	accepted := s.engine.Accept(s.now, o.Offer)
	if len(accepted) == 0 {
		return // gave up meanwhile
	}
	for _, t := range s.told[o.Call] {
		t.really = s.now.Sub(dayBegins) - t.at
		s.heard = append(s.heard, t)
	}
	delete(s.told, o.Call)
	delete(s.queues, o.Call)
	s.carryOut(accepted)
	s.after(s.talk(), func() { s.carryOut(s.engine.Ended(s.now, o.Call)) })
}

// judge says of those who waited a minute at least after they were told: the median of
// how far it was off, as a share of the wait, and which share was told less than half.
func judge(t *testing.T, heard []told) (off, tooShort float64) {
	var errs []float64
	short := 0
	for _, t := range heard {
		if t.really < time.Minute {
			continue
		}
		errs = append(errs, math.Abs(t.wait.Seconds()-t.really.Seconds())/t.really.Seconds())
		if 2*t.wait < t.really {
			short++
		}
	}
	require.Greater(t, len(errs), 50, "too few to judge by")
	slices.Sort(errs)
	return errs[len(errs)/2], float64(short) / float64(len(errs))
}

func always(*rand.Rand) time.Duration { return 210 * time.Second }

// asUsual is how conversations really are: many short, some long; 210 s on the average.
func asUsual(chance *rand.Rand) time.Duration {
	const sigma = 0.8
	mean := math.Log(210) - sigma*sigma/2
	return time.Duration(math.Exp(mean+sigma*chance.NormFloat64()) * float64(time.Second))
}

// memoryless is the hardest: how long a conversation has lasted says nothing.
func memoryless(chance *rand.Rand) time.Duration {
	return time.Duration(chance.ExpFloat64() * 210 * float64(time.Second))
}

func TestEstimatesAreTrue(t *testing.T) {
	t.Parallel()
	burst := func(s *truth) {
		for i := range 100 {
			s.arrives([]string{"procedure", "field"}[i%2])
		}
		s.run(3 * time.Hour)
	}
	for name, day := range map[string]struct {
		live          func(*truth)
		talk          func(*rand.Rand) time.Duration
		off, tooShort float64 // at most
	}{
		"a burst in one queue": {off: 0.20, tooShort: 0.03, talk: asUsual, live: func(s *truth) {
			for range 100 {
				s.arrives("field")
			}
			s.run(3 * time.Hour)
		}},
		"a burst in two queues":                       {off: 0.20, tooShort: 0.03, talk: asUsual, live: burst},
		"a burst of conversations of the same length": {off: 0.10, tooShort: 0.03, talk: always, live: burst},
		"a burst of memoryless conversations":         {off: 0.20, tooShort: 0.05, talk: memoryless, live: burst},
		"a burst of long conversations":               {off: 0.35, tooShort: 0.10, talk: func(c *rand.Rand) time.Duration { return 2 * asUsual(c) }, live: burst},
		"a steady overload": {off: 0.20, tooShort: 0.03, talk: asUsual, live: func(s *truth) {
			for range 400 { // six can serve one in 40 s
				s.arrives([]string{"procedure", "field"}[s.chance.IntN(2)])
				s.run(time.Duration(s.chance.ExpFloat64() * 35 * float64(time.Second)))
			}
			s.run(3 * time.Hour)
		}},
		"half of the agents leave": {off: 0.25, tooShort: 0.10, talk: asUsual, live: func(s *truth) {
			for range 60 {
				s.arrives("field")
			}
			s.run(10 * time.Minute)
			for i := range 3 {
				s.carryOut(s.engine.Pause(s.now, call.AgentID(fmt.Sprintf("agent%d", i)), "lunch"))
			}
			s.run(5 * time.Minute)
			s.told = map[call.ID][]told{} // what was said before, nobody could know
			s.run(3 * time.Hour)
		}},
		"many give up": {off: 0.45, tooShort: 0.05, talk: asUsual, live: func(s *truth) {
			s.patience = 10 * time.Minute
			for range 600 {
				s.arrives([]string{"procedure", "field"}[s.chance.IntN(2)])
				s.run(time.Duration(s.chance.ExpFloat64() * 10 * float64(time.Second)))
			}
			s.run(3 * time.Hour)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var heard []told
			for seed := range uint64(8) {
				s := newTruth(t, seed, 6, day.talk)
				day.live(s)
				heard = append(heard, s.heard...)
			}
			off, tooShort := judge(t, heard)
			t.Logf("%d told: median off by %.0f %%, told less than half: %.1f %%", len(heard), 100*off, 100*tooShort)
			require.LessOrEqual(t, off, day.off)
			require.LessOrEqual(t, tooShort, day.tooShort)
		})
	}
}
