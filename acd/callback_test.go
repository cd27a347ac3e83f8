package acd_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

func callbacks() acd.Config {
	cfg := province()
	cfg.CallbackTries, cfg.CallbackPause, cfg.RedialWithin = 2, time.Minute, 5*time.Minute
	return cfg
}

func back(id call.ID, number string) acd.Callback {
	return acd.Callback{Waiting: acd.Waiting{Call: id, Queue: "procedure"}, Number: number}
}

func TestCallbackKeepsThePlaceOfItsCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t, callbacks())
	for _, id := range []call.ID{"n1-1.1", "n1-1.2", "n1-1.3"} {
		w.arrive(id, "procedure")
		w.pass(time.Second)
	}
	w.callback(back("n1-1.2", "+84901"))
	require.Equal(t, 2, w.position("n1-1.2"))
	require.Equal(t, "+84901", w.view("n1-1.2").Number)
	require.Equal(t, []acd.Declined{
		{Call: "n1-1.3", Why: acd.Why{Rule: acd.RuleNotWaiting}},
	}, func() []acd.Declined {
		w.desk("lan", "procedure")
		w.accept(w.openOffer("lan"))
		w.ended("n1-1.1")
		w.wrappedUp("lan", true)
		w.leave("n1-1.2")
		w.accept(w.openOffer("lan"))
		return only[acd.Declined](w.callback(back("n1-1.3", "+84902")))
	}(), "who talks needs no callback")
	require.Equal(t, []acd.CallbackClosed{
		{Call: "n1-1.2", Number: "+84901", How: acd.CallbackCancelled},
	}, only[acd.CallbackClosed](w.log))
}

func TestCallbackIsTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, callbacks())
	w.desk("lan", "procedure")
	arrived := w.now
	w.callback(back("n1-1.1", "+84901"))
	w.accept(w.openOffer("lan")) // the agent first, then the citizen
	w.pass(20 * time.Second)
	require.Equal(t, []acd.CallbackRetry{
		{Call: "n1-1.1", Number: "+84901", How: acd.CallbackNoAnswer, Tries: 1, At: w.now.Add(time.Minute)},
	}, only[acd.CallbackRetry](w.tried("n1-1.1", acd.CallbackNoAnswer)))
	require.Equal(t, "available", w.state("lan"), "nothing to wrap up")
	_, waits := w.engine.Position("n1-1.1")
	require.False(t, waits)
	why, _ := w.engine.Explain(w.now, "n1-1.1")
	require.Equal(t, "called again in 1m0s", why.Text())

	w.pause("lan", "lunch")
	w.pass(time.Minute)
	w.enqueue(acd.Waiting{Call: "n1-1.2", Queue: "procedure", Arrived: arrived.Add(time.Second)})
	require.Equal(t, 1, w.position("n1-1.1"), "at its old place")
	w.ready("lan")
	require.Equal(t, []acd.CallbackClosed{
		{Call: "n1-1.1", Number: "+84901", How: acd.CallbackBusy, Tries: 2},
	}, only[acd.CallbackClosed](w.tried("n1-1.1", acd.CallbackBusy)), "the citizen first, then the agent")
	require.Equal(t, call.ID("n1-1.2"), w.offered("lan"))
	require.Empty(t, w.tried("n1-1.1", acd.CallbackBusy))
}

func TestCallbackThatReachedSomebodyIsACall(t *testing.T) {
	t.Parallel()
	w := newWorld(t, callbacks())
	w.desk("lan", "procedure")
	w.callback(back("n1-1.1", "+84901"))
	require.Equal(t, []acd.Decision{
		acd.CallbackClosed{Call: "n1-1.1", Number: "+84901", How: acd.CallbackReached, Tries: 1},
	}, w.tried("n1-1.1", acd.CallbackReached))
	w.refuse(w.openOffer("lan"))
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"), "the citizen is on the telephone and waits")
	w.accept(w.openOffer("lan"))
	w.ended("n1-1.1")
	require.Equal(t, "wrap_up", w.state("lan"))

	w.callback(back("n1-1.2", "+84901"))
	w.wrappedUp("lan", true)
	w.accept(w.openOffer("lan"))
	require.Equal(t, acd.CallbackReached, only[acd.CallbackClosed](w.ended("n1-1.2"))[0].How, "who wraps up has talked")
}

func TestCallbackOutlivesALostDesk(t *testing.T) {
	t.Parallel()
	for name, lose := range map[string]func(*world){
		"lost":   func(w *world) { w.deskLost("lan") },
		"forced": func(w *world) { w.force("lan", call.Offline) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, callbacks())
			w.desk("lan", "procedure")
			w.callback(back("n1-1.1", "+84901"))
			w.accept(w.openOffer("lan"))
			lose(w)
			require.Equal(t, 1, w.position("n1-1.1"))
			require.Zero(t, w.view("n1-1.1").Tries)
		})
	}
}

func TestCallbackAtAnHour(t *testing.T) {
	t.Parallel()
	w := newWorld(t, callbacks())
	w.desk("lan", "procedure")
	later := back("n1-1.1", "+84901")
	later.NotBefore = w.now.Add(time.Hour)
	w.callback(later)
	require.Equal(t, "available", w.state("lan"))
	w.pass(time.Hour)
	require.Equal(t, call.ID("n1-1.1"), w.offered("lan"))
}

func TestCallbackWhileADeskRings(t *testing.T) {
	t.Parallel()
	w := newWorld(t, callbacks())
	w.desk("lan", "procedure")
	w.arrive("n1-1.1", "procedure")
	first := w.openOffer("lan")
	w.callback(back("n1-1.1", "+84901"))
	require.Empty(t, w.accept(first))
	require.Equal(t, call.OfferID("n1-1.1-o2"), w.openOffer("lan"), "its turn has come")
	require.NotEmpty(t, only[acd.Declined](w.callback(acd.Callback{Waiting: acd.Waiting{Call: "n1-1.9"}})), "no number")
}

func TestRedialRegainsThePlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t, callbacks())
	from := func(id call.ID, number, queue string) []acd.Regained {
		return only[acd.Regained](w.enqueue(acd.Waiting{Call: id, Queue: queue, Caller: number}))
	}
	arrived := w.now
	from("n1-1.1", "+84901", "procedure")
	w.pass(time.Minute)
	from("n1-1.2", "+84902", "procedure")
	from("n1-1.3", "", "procedure")
	w.leave("n1-1.1")
	w.leave("n1-1.3")
	w.pass(2 * time.Minute)
	require.Empty(t, from("n1-1.4", "+84901", "field"), "another line")
	require.Empty(t, from("n1-1.5", "", "procedure"), "nobody we know")
	require.Equal(t, []acd.Regained{
		{Call: "n1-1.6", Arrived: arrived, Why: acd.Why{Rule: acd.RuleRedial, For: 2 * time.Minute}},
	}, from("n1-1.6", "+84901", "procedure"))
	require.Equal(t, 1, w.position("n1-1.6"))
	require.Empty(t, from("n1-1.7", "+84901", "procedure"), "once")

	w.leave("n1-1.2")
	w.pass(5 * time.Minute)
	require.Empty(t, from("n1-1.8", "+84902", "procedure"), "too late")
	w.leave("n1-1.6")
	w.pass(time.Minute)
	require.NotEmpty(t, from("n1-1.9", "+84901", "procedure"))
	w.leave("n1-1.9")
	w.pass(time.Minute)
	require.Equal(t, arrived, from("n1-1.10", "+84901", "procedure")[0].Arrived, "a line that drops twice")
}

func TestAnsweredCallIsNoRedial(t *testing.T) {
	t.Parallel()
	w := newWorld(t, callbacks())
	w.desk("lan", "procedure")
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Caller: "+84901"})
	w.accept(w.openOffer("lan"))
	w.pass(time.Minute)
	w.ended("n1-1.1")
	require.Empty(t, only[acd.Regained](w.enqueue(acd.Waiting{Call: "n1-1.2", Queue: "procedure", Caller: "+84901"})))
}
