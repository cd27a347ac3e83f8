package acd_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

func TestReloadKeepsEveryPlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("mai", "procedure")
	w.arrive("n1-1.1", "procedure")
	w.accept(w.openOffer("mai"))
	w.desk("lan", "procedure")
	w.arrive("n1-1.2", "procedure") // rings
	w.pass(time.Second)
	for _, id := range []call.ID{"n1-1.3", "n1-1.4"} {
		w.arrive(id, "procedure")
		w.arrive(id+"0", "field")
		w.pass(time.Second)
	}
	ringing := w.openOffer("lan")

	cfg := province()
	cfg.Queues = []acd.Queue{cfg.Queues[0], cfg.Queues[1], {Name: "new", Group: call.Field}}
	cfg.Queues[0].PriorityMinutes, cfg.Queues[0].Strategy = 30, acd.RoundRobin
	cfg.WrapUpLimit = 2 * time.Minute
	require.Equal(t, []acd.CallMoved{
		{Call: "n1-1.30", From: "field", To: "procedure", Why: acd.Why{Rule: acd.RuleQueueGone}},
		{Call: "n1-1.40", From: "field", To: "procedure", Why: acd.Why{Rule: acd.RuleQueueGone}},
	}, only[acd.CallMoved](w.reload(cfg)))
	require.Equal(t, 1, w.position("n1-1.30"), "with the two minutes that it had")
	require.Equal(t, 3, w.position("n1-1.3"))
	w.arrive("n1-1.5", "procedure")
	require.Equal(t, 1, w.position("n1-1.5"), "the new priority is for those who come now")

	require.Equal(t, ringing, w.openOffer("lan"))
	w.accept(ringing)
	w.ended("n1-1.1")
	w.pass(2*time.Minute - 1)
	require.Equal(t, "wrap_up", w.state("mai"))
	require.Empty(t, w.engine.Reload(w.now, acd.Config{}), "a line without queues is none")
}

func TestReloadOfSkills(t *testing.T) {
	t.Parallel()
	cfg := province()
	cfg.Agents = map[call.AgentID]acd.Profile{"lan": {Skills: acd.Skills("procedure")}}
	w := newWorld(t, cfg)
	w.desk("lan")
	w.arrive("n1-1.1", "field")
	require.Equal(t, "available", w.state("lan"))
	cfg.Agents = map[call.AgentID]acd.Profile{"lan": {Skills: acd.Skills("procedure", "field")}}
	require.Len(t, only[acd.OfferMade](w.reload(cfg)), 1)
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"))
}

func TestReloadOfTheMaximumWait(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.arrive("n1-1.1", "procedure")
	w.pass(2 * time.Minute)
	w.reload(overflowing("procedure", acd.Target{To: acd.ToVoicemail}, false))
	w.pass(0)
	require.Len(t, only[acd.Overflowed](w.log), 1)
}
