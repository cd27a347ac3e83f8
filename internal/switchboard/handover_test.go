package switchboard

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

// centres is a plan with two destinations for fires, and one for each other service.
func centres() emergency.Plan {
	one := func(address string) []emergency.Rung {
		return []emergency.Rung{{Kind: emergency.Number, Address: address, Name: "Trung tâm " + address}}
	}
	return emergency.Plan{
		Services: []emergency.Service{
			{Key: call.Police, Ladder: one("113")},
			{Key: call.Fire, Ladder: append(one("114"), emergency.Rung{Kind: emergency.Number, Address: "02743555114", Name: "Đội khu vực"})},
			{Key: call.Ambulance, Ladder: one("115")},
		},
		Headers: []emergency.Header{{Name: "X-Hotline-Call", Value: "{call}"}},
		Timing: emergency.Timing{
			Next: 12 * time.Second, Ring: time.Minute, Retry: 3 * time.Second, Say: 15 * time.Second, Alone: 30 * time.Second,
		},
	}
}

type fakeSupervisors []call.AgentID

func (f fakeSupervisors) Supervisors() []call.AgentID { return f }

// withCentres runs f with command centres to hand over to.
func withCentres(t *testing.T, f func(*testing.T, *bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, func(*Deps) {})
		b.change = func(d *Deps) { d.Destinations, d.Supervisors = b.phones, fakeSupervisors{"chief"} }
		b.made = func() { b.board.SetEmergency(centres()) }
		b.board.Stop()
		b.start()
		defer func() { b.board.Stop() }()
		f(t, b)
	})
}

// burns lets a citizen press the keys for a fire.
func (b *bench) burns() call.ID {
	id := b.enters()
	b.press(id, "22")
	b.flush()
	return id
}

// centreAnswers lets the n-th destination pick up.
func (b *bench) centreAnswers(id call.ID, n int) string {
	b.flush()
	leg := id.Destination(n)
	require.True(b.t, b.phones.leg(leg).rung, "%s is not rung", leg)
	b.tell(LegRinging{Call: id, Leg: leg})
	b.picksUp(leg)
	b.flush()
	return leg
}

// inBridge says who is in the call's bridge and has answered.
func (b *bench) inBridge(id call.ID) []string {
	members := slices.DeleteFunc(b.phones.members(id.Bridge()), func(leg string) bool { return !b.phones.leg(leg).up })
	slices.Sort(members)
	return members
}

// A controller that dies leaves behind what the citizen had chosen.
func TestTheServiceIsLeftToAsterisk(t *testing.T) {
	t.Parallel()
	withCentres(t, func(t *testing.T, b *bench) {
		id := b.burns()
		b.phones.mu.Lock()
		defer b.phones.mu.Unlock()
		require.Equal(t, call.Fire, b.phones.bequeathed[id])
	})
}

func TestTheKeyOfAFireRingsCentreAndAgentAtOnce(t *testing.T) {
	t.Parallel()
	withCentres(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.burns()
		require.Equal(t, "destination "+id.Destination(1)+" 114 02741022 [{X-Hotline-Call "+string(id)+"}]", b.phones.last("destination"))
		require.True(t, b.phones.leg(id.Destination(1)).rung, "the centre rings")
		require.True(t, b.phones.leg(string(id.Offer(1))).rung, "and an agent does")
		require.Equal(t, "vi/emg_transfer_114", b.hears(id))
		b.spoken(id)
		require.True(t, b.phones.leg(string(id)).music)
		require.Equal(t, 15*time.Second, b.phones.leg(string(id)).leased, "the dialplan has them if we die")

		centre := b.centreAnswers(id, 1)
		require.Equal(t, []string{string(id), centre}, b.inBridge(id))
		require.False(t, b.phones.leg(string(id)).music)
		require.Zero(t, b.phones.leg(string(id)).leased, "a conversation is not cut")

		desk := b.answers(id, 1)
		require.Equal(t, []string{string(id), centre, desk}, b.inBridge(id), "three-way")
		require.Equal(t, call.Talking, b.stage(id))
		require.ErrorIs(t, b.board.Desks().Hold(b.ctx, "lan"), ErrNotNow)

		require.NoError(t, b.board.Desks().ConfirmEmergency(b.ctx, "lan", call.Fire, 0))
		require.Contains(t, b.journal.facts(id), call.HandoverConfirmed{Service: call.Fire, Attempt: 1, Agent: "lan"})
		b.hangsUp(desk, causeNormal)
		require.Equal(t, []string{string(id), centre}, b.inBridge(id), "the agent has gone, and nobody else")
		require.Equal(t, call.WrapUp, b.state("lan"))

		b.hangsUp(centre, causeNormal)
		require.Equal(t, "vi/emg_after", b.hears(id))
		b.hangsUp(string(id), causeNormal)
		require.Equal(t, call.HandedOver, b.journal.outcome(id).Result)
		b.nothingIsLeft()
	})
}

func TestACitizenWhoStaysAfterTheCentreHasAnAgentAgain(t *testing.T) {
	t.Parallel()
	withCentres(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.burns()
		centre := b.centreAnswers(id, 1)
		desk := b.answers(id, 1)
		require.NoError(t, b.board.Desks().ConfirmEmergency(b.ctx, "lan", call.Fire, 0))
		b.hangsUp(desk, causeNormal)
		b.hangsUp(centre, causeNormal)
		b.pass(9 * time.Second)
		known, _ := b.owner(id)
		require.NotNil(t, known.offer, "an agent rings")
		b.picksUp(known.offer.leg())
		b.flush()
		require.Len(t, b.inBridge(id), 2)
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

func TestTheNextDestinationRingsToo(t *testing.T) {
	t.Parallel()
	withCentres(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.burns()
		b.pass(13 * time.Second)
		require.True(t, b.phones.leg(id.Destination(1)).rung)
		require.True(t, b.phones.leg(id.Destination(2)).rung)
		second := b.centreAnswers(id, 2)
		require.Equal(t, []string{string(id), second}, b.inBridge(id))
		require.False(t, b.phones.leg(id.Destination(1)).rung, "nobody else is fetched")
		b.hangsUp(second, causeNormal)
		b.pass(4 * time.Second)
		require.Equal(t, 3, b.phones.count("destination "), "who hangs up has taken nothing over: from the first again")
		l := b.phones.leg(string(id))
		require.True(t, l.music || l.play != "", "no dead air")
		b.hangsUp(string(id), causeNormal)
		require.Contains(t, b.journal.facts(id), call.CallbackOwed{Service: call.Fire})
		b.nothingIsLeft()
	})
}

func TestBusyMovesOnAtOnceAndSupervisorsRing(t *testing.T) {
	t.Parallel()
	withCentres(t, func(t *testing.T, b *bench) {
		b.signIn("chief")
		id := b.burns()
		b.hangsUp(id.Destination(1), causeBusy)
		require.True(t, b.phones.leg(id.Destination(2)).rung)
		require.Contains(t, b.journal.kinds(id), "supervisors_called", "no agent is there")
		chief := string(guestLeg(id, 1))
		require.True(t, b.phones.leg(chief).rung)
		b.picksUp(chief)
		b.flush()
		require.Equal(t, []string{string(id), chief}, b.inBridge(id))
		require.Equal(t, call.AgentTalking, b.state("chief"))
		centre := b.centreAnswers(id, 2)
		require.Equal(t, []string{string(id), centre, chief}, b.inBridge(id))
		require.NoError(t, b.board.Desks().ConfirmEmergency(b.ctx, "chief", call.Fire, 0))
		b.hangsUp(chief, causeNormal)
		require.Equal(t, []string{string(id), centre}, b.inBridge(id))
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

func TestAnAgentsButtonCallsACentreIntoTheTalk(t *testing.T) {
	t.Parallel()
	withCentres(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id, desk := b.talking()
		require.NoError(t, b.board.Desks().Hold(b.ctx, "lan"))
		require.NoError(t, b.board.Desks().Emergency(b.ctx, "lan", call.Ambulance, ""))
		require.Equal(t, []string{string(id), desk}, b.inBridge(id), "nobody is on hold in an emergency")
		centre := b.centreAnswers(id, 1)
		require.Equal(t, []string{string(id), centre, desk}, b.inBridge(id))
		require.NoError(t, b.board.Desks().Emergency(b.ctx, "lan", call.Fire, ""), "a second service")
		fire := b.centreAnswers(id, 2)
		require.Equal(t, []string{string(id), centre, fire, desk}, b.inBridge(id))
		state, _ := b.board.Desks().State("lan")
		require.Len(t, state.Talk.Handover.Services, 2)
		require.Equal(t, AttemptAnswered, state.Talk.Handover.Services[1].Attempts[0].State)

		b.lineDown("lan") // the browser is killed
		b.phones.leave(desk, 44)
		b.flush()
		require.Equal(t, []string{string(id), centre, fire}, b.inBridge(id), "the others stay with the citizen")
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

func TestACentreAndAnAgentMayTalkOnWithoutTheCitizen(t *testing.T) {
	t.Parallel()
	withCentres(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.burns()
		centre := b.centreAnswers(id, 1)
		desk := b.answers(id, 1)
		b.hangsUp(string(id), causeNormal)
		require.Equal(t, []string{centre, desk}, b.inBridge(id))
		b.hangsUp(centre, causeNormal)
		require.Equal(t, call.Outcome{Result: call.Served, By: call.ByCitizen, Stage: call.Talking}, b.journal.outcome(id))
		require.Equal(t, call.WrapUp, b.state("lan"))
		b.nothingIsLeft()
	})
}

func TestAReloadLeavesARunningHandoverItsPlan(t *testing.T) {
	t.Parallel()
	withCentres(t, func(t *testing.T, b *bench) {
		id := b.burns()
		fresh := centres()
		fresh.Services[1].Ladder = fresh.Services[2].Ladder
		b.board.SetEmergency(fresh)
		b.hangsUp(id.Destination(1), causeBusy)
		require.Contains(t, b.phones.last("destination"), "02743555114")
		later := b.burns()
		require.Contains(t, b.phones.last("destination "+later.Destination(1)), " 115 ")
		b.hangsUp(string(id), causeNormal)
		b.hangsUp(string(later), causeNormal)
		b.nothingIsLeft()
	})
}

func TestARestartFindsEverybodyTogether(t *testing.T) {
	t.Parallel()
	withCentres(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.burns()
		centre := b.centreAnswers(id, 1)
		desk := b.answers(id, 1)
		_, before := b.phones.since(0)
		b.restart()
		b.flush()
		require.Equal(t, []string{string(id), centre, desk}, b.inBridge(id))
		asked, _ := b.phones.since(before)
		for _, request := range asked {
			require.NotContains(t, request, "part "+id.Bridge(), "nobody is parted, so nobody notices")
			require.NotContains(t, request, "hangup")
		}
		require.Zero(t, b.phones.leg(string(id)).leased)
		b.lineUp("lan")
		require.NoError(t, b.board.Desks().ConfirmEmergency(b.ctx, "lan", call.Fire, 0))
		b.hangsUp(desk, causeNormal)
		require.Equal(t, []string{string(id), centre}, b.inBridge(id))
		b.hangsUp(string(id), causeNormal)
		require.Equal(t, call.HandedOver, b.journal.outcome(id).Result)
		b.nothingIsLeft()
	})
}

func TestARestartWhileTheCentreRings(t *testing.T) {
	t.Parallel()
	withCentres(t, func(t *testing.T, b *bench) {
		id := b.burns()
		b.restart()
		b.flush()
		require.True(t, b.phones.leg(id.Destination(1)).rung, "it rings on")
		l := b.phones.leg(string(id))
		require.True(t, l.music || l.play != "", "the citizen hears something")
		require.NotZero(t, l.leased)
		centre := b.centreAnswers(id, 1)
		require.Equal(t, []string{string(id), centre}, b.inBridge(id))
		b.board.Stop() // and the centre gives up while nobody is there
		b.phones.leave(centre, causeNormal)
		b.phones.takeEvents()
		b.comeBack()
		b.flush()
		require.True(t, b.phones.leg(id.Destination(2)).rung, "the next one is called")
		l = b.phones.leg(string(id))
		require.True(t, l.music || l.play != "")
		b.hangsUp(string(id), causeNormal)
		b.nothingIsLeft()
	})
}

func TestAGapInTheEventsOfAHandover(t *testing.T) {
	t.Parallel()
	withCentres(t, func(t *testing.T, b *bench) {
		b.desk("lan")
		id := b.burns()
		b.phones.set(func() { b.phones.up(id.Destination(1)) })
		b.gap()
		require.Equal(t, []string{string(id), id.Destination(1)}, b.inBridge(id), "it has answered meanwhile")
		b.phones.leave(id.Destination(1), causeNormal)
		b.gap()
		b.flush()
		require.True(t, b.phones.leg(id.Destination(2)).rung, "it hung up meanwhile")
		b.phones.leave(string(id), causeNormal)
		b.gap()
		b.flush()
		require.Equal(t, call.ByUs, b.journal.outcome(id).By, "what is unknown counts against us")
		b.nothingIsLeft()
	})
}
