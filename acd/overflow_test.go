package acd_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

func overflowing(from string, to acd.Target, unstaffed bool) acd.Config {
	cfg := province()
	for i, q := range cfg.Queues {
		if q.Name == from {
			cfg.Queues[i].MaxWait, cfg.Queues[i].Overflow, cfg.Queues[i].Unstaffed = time.Minute, to, unstaffed
		}
	}
	return cfg
}

func TestOverflowToAnotherQueueKeepsTheArrival(t *testing.T) {
	t.Parallel()
	w := newWorld(t, overflowing("procedure", acd.Target{To: acd.ToQueue, Queue: "field"}, false))
	w.arrive("n1-1.1", "procedure")
	w.pass(time.Minute)
	require.Equal(t, []acd.Overflowed{{
		Call: "n1-1.1", From: "procedure", To: acd.Target{To: acd.ToQueue, Queue: "field"}, Why: acd.Why{Rule: acd.RuleMaxWait, For: time.Minute},
	}}, only[acd.Overflowed](w.log))
	require.Equal(t, "field", w.view("n1-1.1").Queue)
	w.arrive("n1-1.2", "field") // two minutes ahead, as everybody there
	require.Equal(t, 1, w.position("n1-1.1"))
	w.desk("lan", "field")
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"))
}

func TestOverflowToVoicemailIsTheOwnersBusiness(t *testing.T) {
	t.Parallel()
	w := newWorld(t, overflowing("procedure", acd.Target{To: acd.ToVoicemail}, false))
	w.arrive("n1-1.1", "procedure")
	w.pass(time.Hour)
	require.Len(t, only[acd.Overflowed](w.log), 1, "said once")
	w.desk("lan", "procedure")
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"), "until then it waits on")
	w.leave("n1-1.1")
	require.Equal(t, "available", w.state("lan"))
}

func TestNobodySignedInOverflowsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, overflowing("procedure", acd.Target{To: acd.ToCallback}, true))
	require.Equal(t, []acd.Decision{acd.Overflowed{
		Call: "n1-1.1", From: "procedure", To: acd.Target{To: acd.ToCallback}, Why: acd.Why{Rule: acd.RuleUnstaffed},
	}}, w.arrive("n1-1.1", "procedure"))
	w.signIn("lan", "procedure")
	require.Empty(t, w.arrive("n1-1.2", "procedure"), "lan is there, if paused")
	w.desk("hoa", "field")
	require.Len(t, only[acd.Overflowed](w.signOut("lan")), 1, "and now is gone")
}

func TestOverflowGoesOnUntilSomebodyIsThere(t *testing.T) {
	t.Parallel()
	cfg := province()
	names := []string{"procedure", "emergency", "field"}
	for i := range cfg.Queues {
		cfg.Queues[i].Unstaffed, cfg.Queues[i].Overflow = true, acd.Target{To: acd.ToQueue, Queue: names[(i+2)%3]}
	}
	w := newWorld(t, cfg)
	w.arrive("n1-1.1", "procedure")
	require.Equal(t, "emergency", w.view("n1-1.1").Queue, "round once, and not for ever")
	w.desk("lan", "field")
	require.Equal(t, "available", w.state("lan"))
	w.arrive("n1-1.2", "procedure")
	require.Equal(t, call.ID("n1-1.2"), w.offered("lan"))
}

func TestEmergencyOverflowsToPeopleOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, overflowing("procedure", acd.Target{To: acd.ToVoicemail}, true))
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Emergency: true})
	w.pass(time.Hour)
	require.Empty(t, only[acd.Overflowed](w.log))
	require.Len(t, only[acd.Nobody](w.log), 1)
	w.callback(back("n1-1.2", "+84901"))
	w.pass(time.Hour)
	require.Empty(t, only[acd.Overflowed](w.log), "nor does a callback")
}
