package switchboard

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/internal/call"
)

// inEmergencies is inWorld with command centres behind the trunk; of the agents minh is a
// supervisor.
func inEmergencies(t *testing.T, rt *rapid.T, f func(*world)) {
	inWorld(t, rt, func(w *world) {
		change := w.change
		w.change = func(d *Deps) {
			change(d)
			d.Destinations, d.Supervisors = w.phones, fakeSupervisors{"minh"}
		}
		w.made = func() { w.board.SetEmergency(centres()) }
		w.board.Stop()
		w.start()
		f(w)
	})
}

func centre(leg string) bool {
	id, _ := call.Of(leg)
	return destinationNumber(id, leg) > 0
}

// emergencies are what citizens, centres and agents do in hand-overs.
func (w *world) emergencies() map[string]func(*rapid.T) {
	burns := func(*rapid.T) {
		var id call.ID
		if citizens := w.legsThat(citizen); len(citizens) > 4 {
			id = call.ID(w.one(citizen))
		} else {
			id = w.entersAs(rapid.SampledFrom([]string{"", "+84908123456"}).Draw(w.rt, "caller"))
		}
		w.deliverAll()
		for _, d := range []byte(rapid.SampledFrom([]string{"21", "22", "23"}).Draw(w.rt, "service")) {
			w.phones.set(func() { w.phones.tell(Digit{Call: id, Digit: d}) })
		}
	}
	of := func(want func(*fakeLeg) bool) string {
		legs := slices.DeleteFunc(w.legsThat(want), func(leg string) bool { return !centre(leg) })
		if len(legs) == 0 {
			w.rt.Skip("no such centre")
		}
		return rapid.SampledFrom(legs).Draw(w.rt, "centre")
	}
	ask := func(verb func(call.AgentID, call.Service) error) func(*rapid.T) {
		return func(*rapid.T) {
			w.deliverAll()
			agent := w.agent()
			service := rapid.SampledFrom([]call.Service{call.Police, call.Fire, call.Ambulance}).Draw(w.rt, "service")
			w.asking.Go(func() { _ = verb(agent, service) })
			w.deliverAll()
		}
	}
	d := func() *Desks { return w.board.Desks() }
	confirm := ask(func(a call.AgentID, s call.Service) error { return d().ConfirmEmergency(w.ctx, a, s, 0) })
	return map[string]func(*rapid.T){
		"a house burns": burns, "a house burns 2": burns, "a house burns 3": burns,
		"a centre answers":   func(*rapid.T) { w.up(of(ringing)) },
		"a centre answers 2": func(*rapid.T) { w.up(of(ringing)) },
		"a centre is busy": func(*rapid.T) {
			w.phones.leave(of(ringing), rapid.SampledFrom([]int{17, 34, 3, 19}).Draw(w.rt, "cause"))
		},
		"a centre hangs up": func(*rapid.T) { w.phones.leave(of(answered), causeNormal) },
		"the button":        ask(func(a call.AgentID, s call.Service) error { return d().Emergency(w.ctx, a, s, "") }),
		"the next one":      ask(func(a call.AgentID, s call.Service) error { return d().AdvanceEmergency(w.ctx, a, s) }),
		"confirmed":         confirm, "confirmed 2": confirm, "confirmed 3": confirm,
		"a supervisor's button": func(*rapid.T) {
			id := call.ID(w.one(citizen))
			w.asking.Go(func() { _ = w.board.SuperviseEmergency(w.ctx, id, "thu", call.Fire, "") })
			w.deliverAll()
		},
	}
}

// checkHandover: whoever is there is in the bridge together; a citizen who hears nobody
// hears something else, on a lease.
func (w *world) checkHandover(s *session) {
	l, members := w.phones.leg(string(s.id)), w.phones.members(s.id.Bridge())
	var there []string
	for _, p := range append(s.talkers(), s.hand.joined()...) {
		if !w.phones.leg(p.leg()).up {
			return // has gone, and it was not told yet
		}
		there = append(there, p.leg())
	}
	if l.citizen == nil || !s.hand.gatherAt.IsZero() {
		return
	}
	if len(there) == 0 {
		require.NotZero(w.t, l.leased, "%s is alone without a lease", s.id)
		require.True(w.t, l.music || l.play != "" || s.playing != "", "%s is alone in silence", s.id)
		require.NotContains(w.t, members, string(s.id))
		return
	}
	require.Zero(w.t, l.leased, "%s talks on a lease", s.id)
	require.False(w.t, l.music, "%s talks with music", s.id)
	for _, leg := range append(there, string(s.id)) {
		require.Contains(w.t, members, leg, "who is in the bridge of %s", s.id)
	}
}

// checkConfirmed: one hand-over is confirmed for each service at most, and nobody but the
// citizen has ended a call that was handed over.
func (w *world) checkConfirmed() {
	confirmed := map[call.ID]map[call.Service]int{}
	began := map[call.ID]bool{}
	for _, e := range w.journal.events {
		switch f := e.Fact.(type) {
		case call.HandoverBegan:
			began[e.Call] = true
		case call.HandoverConfirmed:
			if confirmed[e.Call] == nil {
				confirmed[e.Call] = map[call.Service]int{}
			}
			confirmed[e.Call][f.Service]++
			require.Equal(w.t, 1, confirmed[e.Call][f.Service], "%s of %s is confirmed twice", f.Service, e.Call)
		case call.Finished:
			if began[e.Call] && !w.ever {
				require.Equal(w.t, call.ByCitizen, f.Outcome.By, "%s: %s", e.Call, w.journal.kinds(e.Call))
			}
		}
	}
}

func TestAnyDayOfEmergencies(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		inEmergencies(t, rt, func(w *world) {
			actions := w.people()
			maps.Copy(actions, w.deskWork())
			maps.Copy(actions, w.verbWork())
			maps.Copy(actions, w.delivery())
			maps.Copy(actions, w.emergencies())
			actions[""] = w.check
			rt.Repeat(actions)
			w.everybodyGoes()
		})
	})
}

func TestAnyBadDayOfEmergencies(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		inEmergencies(t, rt, func(w *world) {
			actions := w.people()
			maps.Copy(actions, w.deskWork())
			maps.Copy(actions, w.verbWork())
			maps.Copy(actions, w.supervising())
			maps.Copy(actions, w.delivery())
			maps.Copy(actions, w.troubles())
			maps.Copy(actions, w.emergencies())
			actions[""] = w.check
			rt.Repeat(actions)
			w.everybodyGoes()
		})
	})
}

// centresGo ends what agents and centres have to say to each other without the citizen.
func (w *world) centresGo() {
	for _, leg := range w.legsThat(func(l *fakeLeg) bool { return l.citizen == nil }) {
		if centre(leg) {
			w.phones.leave(leg, causeNormal)
		}
	}
	w.deliverAll()
}
