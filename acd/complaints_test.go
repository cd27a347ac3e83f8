package acd_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// More complaints about other systems, of the parts that regression_test.go has not.

// asterisk #176, freeswitch #2540: of all that rang, two had the caller, or one stayed
// reserved for ever.
func TestOfAllThatRingOneHasTheCaller(t *testing.T) {
	t.Parallel()
	w := newWorld(t, ringing(6))
	var offers []call.OfferID
	for i := range 6 {
		w.desk(call.AgentID(fmt.Sprintf("agent%d", i)))
	}
	for _, made := range only[acd.OfferMade](w.arrive("n1-1.1", "procedure")) {
		offers = append(offers, made.Offer)
	}
	require.Len(t, offers, 6, "freeswitch #2901: each once")
	w.accept(offers[3])
	for _, o := range offers {
		require.Empty(t, w.accept(o), "an answer that comes too late")
	}
	talking := 0
	for _, v := range w.engine.Snapshot().Agents {
		if v.State == call.AgentTalking {
			talking++
			continue
		}
		require.Equal(t, call.Available, v.State)
	}
	require.Equal(t, 1, talking)
}

// asterisk #1557: the first answer cancelled the other legs, its agent dropped before
// the bridge, and the caller began a new round at the end.
func TestAnswerThatIsLostAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, ringing(2))
	w.desk("lan")
	w.desk("hoa")
	arrived := w.now
	w.arrive("n1-1.1", "procedure")
	w.pass(5 * time.Second)
	w.arrive("n1-1.2", "procedure")
	w.accept(w.openOffer("lan"))
	w.refuse(w.openOffer("hoa"))
	w.pause("hoa", "lunch")
	w.refuse(w.openOffer("hoa"))
	w.deskLost("lan")
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Arrived: arrived, Offers: 2})
	require.Equal(t, 1, w.position("n1-1.1"), "before who came later")
	w.ready("hoa")
	require.Equal(t, call.ID("n1-1.1"), w.offered("hoa"))
}

// asterisk #1736: a call counted twice for an agent of several queues, and the
// strategy that counts calls went wrong.
func TestACallCountsOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, by(acd.FewestCalls))
	w.desk("lan", "procedure", "emergency", "field")
	require.Equal(t, []call.AgentID{"lan", "lan"}, w.serves(10, 10))
	v := w.engine.Snapshot().Agents[0]
	require.Equal(t, 2, v.Calls)
	require.Equal(t, 20*time.Second, v.Talked)
}

// asterisk #607: an attended transfer took the wrap-up away.
func TestAttendedTransferLeavesBothTheirWrapUp(t *testing.T) {
	t.Parallel()
	w := conversation(t, province())
	w.consult("n1-1.1", "hoa")
	w.accept(w.openOffer("hoa"))
	w.endedFor("n1-1.1", "lan")
	w.arrive("n1-1.2", "procedure")
	w.pass(30 * time.Second)
	w.ended("n1-1.1")
	w.pass(30*time.Second - 1)
	require.Equal(t, []string{"wrap_up", "wrap_up"}, []string{w.state("lan"), w.state("hoa")})
	w.pass(1)
	require.Equal(t, "reserved", w.state("lan"))
	w.pass(30*time.Second - 1)
	require.Equal(t, "wrap_up", w.state("hoa"))
}

// asterisk #1215, #1972: a reload with many members told every one of them to
// everybody.
func TestReloadTellsNothingNew(t *testing.T) {
	t.Parallel()
	w := newWorld(t, centre())
	for i := range 50 {
		w.desk(call.AgentID(fmt.Sprintf("agent%d", i)), "procedure", "field")
	}
	require.Empty(t, w.reload(centre()))
}

// opensips #3123, #2530: an agent was in a call for ever because its end was lost, and
// only a restart helped.
func TestLostEndIsMendedByHand(t *testing.T) {
	t.Parallel()
	w := conversation(t, province())
	w.force("lan", call.Available)
	require.Equal(t, "available", w.state("lan"))
	require.Empty(t, w.ended("n1-1.1"), "the end, after all")
}

// wazo-calld #404: a call was still there after it had been transferred.
func TestNoPhantomAfterATransfer(t *testing.T) {
	t.Parallel()
	w := conversation(t, province())
	w.transfer("lan", acd.Waiting{Queue: "procedure"})
	w.accept(w.openOffer("hoa"))
	require.Empty(t, w.endedFor("n1-1.1", "lan"), "lan has no part in it any more")
	w.ended("n1-1.1")
	require.Empty(t, w.engine.Snapshot().Calls)
	require.Empty(t, w.ended("n1-1.1"))
}

// freeswitch #1140: a caller was forgotten on hold; here, while a colleague is asked
// and the agent's desk is lost.
func TestNobodyIsForgottenInAConsultation(t *testing.T) {
	t.Parallel()
	w := conversation(t, province())
	w.consult("n1-1.1", "hoa")
	w.deskLost("lan")
	require.Equal(t, "available", w.state("hoa"), "does not ring for nobody")
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Offers: 2}) // as the owner does
	require.Equal(t, call.ID("n1-1.1"), w.offered("hoa"))
}

// flex-project-template #153: the state changed under an agent who still had a task.
func TestNoStateChangesUnderAConversation(t *testing.T) {
	t.Parallel()
	w := conversation(t, province())
	for name, do := range map[string]func() []acd.Decision{
		"ready":      func() []acd.Decision { return w.ready("lan") },
		"pause":      func() []acd.Decision { return w.pause("lan", "lunch") },
		"sign in":    func() []acd.Decision { return w.signIn("lan", "procedure") },
		"sign out":   func() []acd.Decision { return w.signOut("lan") },
		"shift over": func() []acd.Decision { return w.shiftOver("lan") },
		"wrapped up": func() []acd.Decision { return w.wrappedUp("lan", true) },
		"reload":     func() []acd.Decision { return w.reload(centre()) },
		"an hour":    func() []acd.Decision { return w.pass(time.Hour) },
	} {
		require.Empty(t, do(), name)
		require.Equal(t, "talking", w.state("lan"), name)
	}
}

// FreePBX #621, #525: callbacks were served before callers who had waited longer.
func TestCallbackDoesNotJumpTheLine(t *testing.T) {
	t.Parallel()
	w := newWorld(t, callbacks())
	w.arrive("n1-1.1", "procedure")
	w.callback(back("n1-1.2", "+84901"))
	w.pass(time.Minute)
	w.arrive("n1-1.3", "procedure")
	w.desk("lan", "procedure")
	var served []call.ID
	for range 3 {
		served = append(served, w.offered("lan"))
		w.leave(w.offered("lan"))
	}
	require.Equal(t, []call.ID{"n1-1.1", "n1-1.2", "n1-1.3"}, served)
}

// plugin-queued-callbacks #9: one citizen was called back two or three times.
func TestOneCallbackForANumber(t *testing.T) {
	t.Parallel()
	w := newWorld(t, callbacks())
	w.callback(back("n1-1.1", "+84901"))
	w.pass(time.Minute)
	w.arrive("n1-1.2", "procedure")
	require.Equal(t, []acd.Decision{
		acd.Declined{Call: "n1-1.2", Why: acd.Why{Rule: acd.RuleHasCallback}},
	}, w.callback(back("n1-1.2", "+84901")))
	require.Equal(t, 2, w.position("n1-1.2"), "who waits on the telephone waits on")
	require.Equal(t, 1, w.position("n1-1.1"), "the first keeps its place")
	require.Empty(t, w.callback(back("n1-1.1", "+84901")), "told twice")
	w.leave("n1-1.1")
	require.Empty(t, w.callback(back("n1-1.2", "+84901")), "the number is free again")
}

// FreePBX #525: more callbacks were placed than there were agents.
func TestNoMoreCallbacksThanAgents(t *testing.T) {
	t.Parallel()
	w := newWorld(t, callbacks())
	for i := range 5 {
		w.callback(back(call.ID(fmt.Sprintf("n1-1.%d", i)), fmt.Sprintf("+8490%d", i)))
	}
	w.desk("lan", "procedure")
	w.desk("hoa", "procedure")
	require.Len(t, only[acd.OfferMade](w.log), 2)
	w.tried("n1-1.0", acd.CallbackNoAnswer)
	require.Equal(t, call.ID("n1-1.2"), w.offered("lan"))
}

// chatwoot #7204, #4158, #9587: reopened matters went to an agent who was off shift.
func TestReturningMatterDoesNotWaitForWhoWentHome(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("hoa", "procedure")
	w.enqueue(acd.Waiting{Call: "n1-1.1", Queue: "procedure", Prefer: "lan", PreferFor: time.Minute})
	require.Equal(t, call.ID("n1-1.1"), w.offered("hoa"))
	w.desk("mai", "procedure")
	w.pause("mai", "lunch")
	w.enqueue(acd.Waiting{Call: "n1-1.2", Queue: "procedure", Prefer: "mai", PreferFor: time.Minute})
	w.leave("n1-1.1")
	require.Equal(t, call.ID("n1-1.2"), w.offered("hoa"), "nor for who is at lunch")
}

// taskrouter.js #2: a desk that was not registered was offered the same call in a loop.
func TestDeadDeskIsNotOfferedInALoop(t *testing.T) {
	t.Parallel()
	w := newWorld(t, province())
	w.desk("lan", "procedure")
	w.arrive("n1-1.1", "procedure")
	for range 20 {
		for w.offered("lan") != "" {
			w.fail(w.openOffer("lan"))
		}
		w.pass(30 * time.Second)
	}
	require.Less(t, len(only[acd.OfferMade](w.log)), 20)
}
