package acd_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// book is a sink that keeps the decisions.
type book struct {
	mu        sync.Mutex
	decisions []acd.Decision
}

func (b *book) add(d acd.Decision) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.decisions = append(b.decisions, d)
}

func (b *book) take() []acd.Decision {
	b.mu.Lock()
	defer b.mu.Unlock()
	taken := b.decisions
	b.decisions = nil
	return taken
}

func TestRunnerKeepsTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var b book
		r := acd.NewRunner(province(), b.add)
		r.SignIn(acd.Agent{ID: "lan", Skills: acd.Skills("procedure")}) // before Start: kept
		require.NoError(t, r.Start(t.Context()))
		require.NoError(t, r.Start(t.Context()))
		defer r.Stop()
		r.Ready("lan")
		r.Enqueue(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Arrived: time.Now()})
		synctest.Wait()
		require.Equal(t, []acd.Decision{
			acd.AgentMoved{
				Agent: "lan", From: call.Offline, To: call.Paused, Reason: call.PauseSignedIn, Why: acd.Why{Rule: acd.RuleSignedIn},
			},
			acd.AgentMoved{Agent: "lan", From: call.Paused, To: call.Available, Why: acd.Why{Rule: acd.RuleReady}},
			acd.OfferMade{
				Offer: "n1-1.1-o1", Call: "n1-1.1", Agent: "lan", Why: acd.Why{Rule: acd.RuleLongestIdle, Of: 1},
			},
			acd.AgentMoved{
				Agent: "lan", From: call.Available, To: call.Reserved, Call: "n1-1.1",
				Until: time.Now().Add(20 * time.Second), Why: acd.Why{Rule: acd.RuleOffered},
			},
		}, b.take())
		n, ok := r.Position("n1-1.1")
		require.True(t, ok)
		require.Equal(t, 1, n)

		<-time.After(20*time.Second - 1)
		synctest.Wait()
		require.Empty(t, b.take())
		<-time.After(1)
		synctest.Wait()
		require.Contains(t, b.take(), acd.OfferClosed{
			Offer: "n1-1.1-o1", Call: "n1-1.1", Agent: "lan", How: call.OfferTimedOut,
			Why: acd.Why{Rule: acd.RuleNoAnswer, For: 20 * time.Second},
		})

		r.Accept("n1-1.1-o2")
		r.Ended("n1-1.1")
		synctest.Wait()
		<-time.After(time.Minute)
		synctest.Wait()
		require.Equal(t, call.Available, r.Snapshot().Agents[0].State)
	})
}

func TestRunnerEveryCommand(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var b book
		r := acd.NewRunner(province(), b.add)
		require.NoError(t, r.Start(t.Context()))
		defer r.Stop()
		enqueue := func(id call.ID) { r.Enqueue(acd.Waiting{Call: id, Queue: "field", Arrived: time.Now()}) }
		r.SignIn(acd.Agent{ID: "lan", Skills: acd.Skills("field")})
		r.Ready("lan")
		enqueue("n1-1.1")
		r.Ringing("n1-1.1-o1")
		r.Refuse("n1-1.1-o1")
		r.Fail("n1-1.1-o2")
		r.Leave("n1-1.1")
		r.Pause("lan", "lunch")
		r.Adopt(acd.Waiting{Call: "n1-1.2"}, "lan")
		r.Ended("n1-1.2")
		r.WrappedUp("lan", true)
		r.SignOut("lan")
		r.DeskLost("lan")
		synctest.Wait()
		var moves []string
		for _, d := range b.take() {
			if m, ok := d.(acd.AgentMoved); ok {
				moves = append(moves, string(m.To))
			}
		}
		require.Equal(t, []string{
			"paused", "available", "reserved", "ringing", "available", "reserved", "paused", "paused",
			"talking", "wrap_up", "available", "offline",
		}, moves)
	})
}

// TestRunnerKeepsTheOrder: commands of one giver are carried out in the order given,
// and none is lost, however many there are and however long the sink takes.
func TestRunnerKeepsTheOrder(t *testing.T) {
	t.Parallel()
	var b book
	r := acd.NewRunner(province(), b.add)
	require.NoError(t, r.Start(t.Context()))
	var givers sync.WaitGroup
	for g := range 8 {
		givers.Go(func() {
			id := call.AgentID(fmt.Sprintf("agent%d", g))
			for range 200 {
				r.SignIn(acd.Agent{ID: id})
				r.Ready(id)
				r.SignOut(id)
			}
		})
	}
	givers.Wait()
	require.Eventually(t, func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return len(b.decisions) == 8*200*3
	}, 10*time.Second, time.Millisecond)
	r.Stop()
	state := map[call.AgentID]call.AgentState{}
	for _, d := range b.take() {
		m, ok := d.(acd.AgentMoved)
		require.True(t, ok)
		if from, known := state[m.Agent]; known {
			require.Equal(t, from, m.From)
		}
		state[m.Agent] = m.To
	}
}

func TestRunnerStops(t *testing.T) {
	t.Parallel()
	t.Run("before Start", func(t *testing.T) {
		t.Parallel()
		r := acd.NewRunner(province(), func(acd.Decision) {})
		r.Stop()
		r.Stop()
		require.Error(t, r.Start(t.Context()))
		r.Ready("lan") // falls on the floor
	})
	t.Run("twice at once", func(t *testing.T) {
		t.Parallel()
		r := acd.NewRunner(province(), func(acd.Decision) {})
		require.NoError(t, r.Start(t.Context()))
		var stops sync.WaitGroup
		stops.Go(r.Stop)
		stops.Go(r.Stop)
		stops.Wait()
		_, ok := r.Position("n1-1.1")
		require.False(t, ok)
	})
	t.Run("with its context", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		r := acd.NewRunner(province(), func(acd.Decision) {})
		require.NoError(t, r.Start(ctx))
		cancel()
		r.Stop()
	})
	t.Run("and may give commands from the sink", func(t *testing.T) {
		t.Parallel()
		done := make(chan struct{})
		var r *acd.Runner
		r = acd.NewRunner(province(), func(d acd.Decision) {
			m, ok := d.(acd.AgentMoved)
			switch {
			case ok && m.To == call.Paused:
				r.Ready("lan")
			case ok && m.To == call.Available:
				close(done)
			}
		})
		require.NoError(t, r.Start(t.Context()))
		r.SignIn(acd.Agent{ID: "lan"})
		<-done
		r.Stop()
	})
}
