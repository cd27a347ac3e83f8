package acd_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

func TestRunnerEveryVerb(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		cfg := callbacks()
		cfg.WrapUpExtensions = 1
		var b book
		r := acd.NewRunner(cfg, b.add)
		require.NoError(t, r.Start(t.Context()))
		defer r.Stop()
		for _, id := range []call.AgentID{"lan", "hoa", "mai"} {
			r.SignIn(acd.Agent{ID: id})
		}
		r.Busy("lan", "n1-2.1")
		r.Join("n1-2.1", "hoa")
		r.Ready("mai")
		r.Consult("n1-2.1", "mai")
		r.CancelConsult("n1-2.1")
		r.EndedFor("n1-2.1", "lan")
		r.AskMoreTime("lan", func(bool) {})
		r.Transfer("hoa", acd.Waiting{Queue: "field"}) // to mai
		r.Return(acd.Waiting{Call: "n1-3.1", Queue: "field", Prefer: "minh", PreferFor: time.Minute, PreferAway: true})
		r.NotBack("minh")
		r.Leave("n1-3.1")
		r.Back("minh", "")
		r.EnqueueCallback(back("n1-1.1", "+84901"))
		r.MoveCall("n1-1.1", "field", true)
		synctest.Wait()

		n, ok := r.Position("n1-1.1")
		require.True(t, ok)
		require.Equal(t, 1, n)
		wait, ok := r.Estimate("n1-1.1")
		require.True(t, ok)
		require.Positive(t, wait)
		longer, ok := r.EstimateFor("field")
		require.True(t, ok)
		require.Greater(t, longer, wait)
		why, ok := r.Explain("n1-1.1")
		require.True(t, ok)
		require.Equal(t, "all 3 are busy", why.Text())
		o := r.Overview(5)
		require.Equal(t, []int{0, 0, 1}, []int{o.Queues[0].Waiting, o.Queues[1].Waiting, o.Queues[2].Waiting})
		require.Equal(t, wait, o.Queues[2].First[0].Estimate)

		r.Reload(centre())
		r.Force("lan", call.Available, "")
		r.CallbackTried("n1-1.1", acd.CallbackReached)
		r.Accept("n1-1.1-o1")
		r.ShiftOver("lan")
		r.ShiftOver("hoa")
		r.Accept("n1-2.1-o2")
		r.Ended("n1-1.1")
		synctest.Wait()
		<-time.After(5 * time.Minute)
		synctest.Wait()
		s := r.Snapshot()
		require.Len(t, s.Agents, 1)
		require.Equal(t, call.AgentTalking, s.Agents[0].State)
		require.Equal(t, "field", s.Calls[0].Queue)
		var closed int
		for _, d := range b.take() {
			if _, ok := d.(acd.CallbackClosed); ok {
				closed++
			}
		}
		require.Equal(t, 1, closed)
	})
}
