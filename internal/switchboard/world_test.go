package switchboard

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// world is citizens, desks and an Asterisk that do what rapid draws, around a
// switchboard that has to make the best of it.
type world struct {
	*bench
	rt      *rapid.T
	pending []Signal // told by the phones, not delivered yet
	past    []Signal // delivered
	sockets map[call.AgentID]int
	asking  sync.WaitGroup
	trouble bool // the phones refuse, or may still be busy with what they were slow at
	ever    bool // … or did so before
}

// inWorld runs f with a switchboard in a bubble of its own. What rapid panics with is
// carried out of the bubble, where rapid waits for it.
func inWorld(t *testing.T, rt *rapid.T, f func(*world)) {
	var thrown any
	synctest.Test(t, func(t *testing.T) {
		citizenFirst := rapid.Bool().Draw(rt, "callbacks ring the citizen first")
		w := &world{bench: newBench(t, func(d *Deps) { waitingDay(d); d.Options.CitizenFirst = citizenFirst }), rt: rt, sockets: map[call.AgentID]int{}}
		w.t = rt
		var end context.CancelFunc
		w.ctx, end = context.WithCancel(w.ctx) // of who asks and is not answered
		defer func() {
			thrown = recover()
			w.phones.set(func() { clear(w.phones.slow) })
			w.board.Stop()
			end()
			w.asking.Wait()
		}()
		f(w)
	})
	// rapid takes two failures for one when they come from one line, and must not take
	// running out of data, when it shrinks, for the failure.
	if strings.Contains(fmt.Sprintf("%T", thrown), "invalidData") {
		panic(thrown)
	}
	if thrown != nil {
		panic(thrown)
	}
}

// waitingDay is how a day is configured on which people wait: one line overflows into
// another, and that one to voicemail; callbacks are offered, and whoever has talked is
// asked how it was.
func waitingDay(d *Deps) {
	d.Options.Survey, d.Options.CallbackAfter, d.Options.DeskReturn = true, time.Second, 20*time.Second
	d.Options.HoldReminder = 10 * time.Second
	d.Line.CallbackTries, d.Line.CallbackPause = 2, 20*time.Second
	d.Line.Queues[0].MaxWait, d.Line.Queues[0].Overflow = 25*time.Second, acd.Target{To: acd.ToVoicemail}
	d.Line.Queues[0].Strategy, d.Line.Queues[0].RingAt = acd.RingSeveral, 2
	d.Line.Queues[2].MaxWait, d.Line.Queues[2].Overflow = 15*time.Second, acd.Target{To: acd.ToQueue, Queue: "procedure"}
}

// settle hears what the phones have to tell. Nobody is taken back by the dialplan
// whose owner is alive and whose phones never refused.
func (w *world) settle() {
	synctest.Wait()
	for _, s := range w.phones.takeEvents() {
		if gone, ok := s.(LegGone); ok && gone.Cause == causeTakenBack {
			require.True(w.t, w.ever, "the lease of %s ran out", gone.Leg)
		}
		w.pending = append(w.pending, s)
	}
}

// deliver gives the i-th pending signal.
func (w *world) deliver(i int) {
	s := w.pending[i]
	w.pending = slices.Delete(w.pending, i, i+1)
	w.past = append(w.past, s)
	w.tell(s)
	w.settle()
}

func (w *world) deliverAll() {
	w.settle()
	for len(w.pending) > 0 {
		w.deliver(0)
	}
}

// wait lets time pass, with signals as they come or without any.
func (w *world) wait(d time.Duration, tell bool) {
	for end := time.Now().Add(d); time.Now().Before(end); {
		<-time.After(min(500*time.Millisecond, time.Until(end)))
		w.settle()
		if tell {
			w.deliverAll()
		}
	}
}

// legs are those that satisfy want, in order.
func (w *world) legsThat(want func(*fakeLeg) bool) []string {
	w.phones.mu.Lock()
	defer w.phones.mu.Unlock()
	var legs []string
	for id, l := range w.phones.legs {
		if want(l) {
			legs = append(legs, id)
		}
	}
	slices.Sort(legs)
	return legs
}

func citizen(l *fakeLeg) bool  { return l.citizen != nil }
func ringing(l *fakeLeg) bool  { return l.citizen == nil && l.rung && !l.up }
func answered(l *fakeLeg) bool { return l.citizen == nil && l.up }

// one draws one of the legs that satisfy want.
func (w *world) one(want func(*fakeLeg) bool) string {
	legs := w.legsThat(want)
	if len(legs) == 0 {
		w.rt.Skip("no such leg")
	}
	return rapid.SampledFrom(legs).Draw(w.rt, "leg")
}

func (w *world) agent() call.AgentID {
	return rapid.SampledFrom([]call.AgentID{"lan", "hoa", "minh"}).Draw(w.rt, "agent")
}

// up says that a desk's leg was answered.
func (w *world) up(leg string) {
	id, _ := call.Of(leg)
	w.phones.set(func() {
		w.phones.up(leg)
		w.phones.tell(LegUp{Call: id, Leg: leg})
	})
}

// people are what citizens and agents do.
func (w *world) people() map[string]func(*rapid.T) {
	enter := func(*rapid.T) {
		if len(w.legsThat(citizen)) > 5 {
			w.rt.Skip("enough")
		}
		w.entersAs(rapid.SampledFrom([]string{"", "+84908123456", "+84908123457", "+84908123458"}).Draw(w.rt, "caller"))
	}
	back := func(*rapid.T) { // key by key, as the line says
		id := call.ID(w.one(citizen))
		for range rapid.IntRange(1, 2).Draw(w.rt, "keys") {
			w.phones.set(func() { w.phones.tell(Digit{Call: id, Digit: '1'}) })
		}
	}
	key := func(*rapid.T) {
		id := call.ID(w.one(citizen))
		w.phones.set(func() {
			w.phones.tell(Digit{Call: id, Digit: rapid.SampledFrom([]byte("0123456789*#1122")).Draw(w.rt, "key")})
		})
	}
	straight := func(*rapid.T) { // to a line
		id := call.ID(w.one(citizen))
		for _, d := range []byte(rapid.SampledFrom([]string{"31", "11", "22", "0"}).Draw(w.rt, "keys")) {
			w.phones.set(func() { w.phones.tell(Digit{Call: id, Digit: d}) })
		}
	}
	leave := func(want func(*fakeLeg) bool, causes ...int) func(*rapid.T) {
		return func(*rapid.T) { w.phones.leave(w.one(want), rapid.SampledFrom(causes).Draw(w.rt, "cause")) }
	}
	message := func(*rapid.T) {
		w.phones.set(func() {
			for _, name := range slices.Sorted(maps.Keys(w.phones.records)) {
				w.phones.recorded(name, rapid.IntRange(0, 9).Draw(w.rt, "said"))
			}
		})
	}
	answer := func(*rapid.T) { w.up(w.one(ringing)) }
	talk := func(*rapid.T) {
		w.deliverAll()
		w.up(w.one(ringing))
		w.deliverAll()
	}
	return map[string]func(*rapid.T){
		"a citizen calls": enter, "a citizen calls 2": enter,
		"a key": key, "a way to the line": straight, "a way to the line 2": straight,
		"a citizen hangs up": leave(citizen, causeNormal),
		"a desk rings": func(*rapid.T) {
			leg := w.one(ringing)
			id, _ := call.Of(leg)
			w.phones.set(func() { w.phones.tell(LegRinging{Call: id, Leg: leg}) })
		},
		"an answer": answer, "a conversation": talk, "a conversation 2": talk, "a conversation 3": talk,
		"a message":  message,
		"a callback": back, "a callback 2": back,
		"a refusal":          leave(ringing, causeBusy, causeRejected),
		"a ring that breaks": leave(ringing, 1, 19, 34, 44),
		"a leg that breaks":  leave(answered, 34, 44),
		"an agent hangs up":  leave(answered, causeNormal),
	}
}

// desks are what agents do at their pages. Errors are for people.
func (w *world) deskWork() map[string]func(*rapid.T) {
	open := func(*rapid.T) {
		agent := w.agent()
		c, err := w.board.Desks().SignIn(w.ctx, agent)
		if err != nil {
			return
		}
		w.keys[agent], w.sockets[agent] = c, 0
		if _, ok := w.board.Desks().LineUp(c.Key); ok {
			w.sockets[agent]++
		}
		w.board.Desks().Registered(c.Key)
		_ = w.board.Desks().Ready(w.ctx, agent)
	}
	anew := func(*rapid.T) { // the page that an agent has
		agent := w.agent()
		if w.sockets[agent] == 0 {
			w.rt.Skip("no page")
		}
		w.board.Desks().LineGone(w.keys[agent].Key)
		w.sockets[agent]--
		w.settle()
		c, err := w.board.Desks().SignIn(w.ctx, agent)
		if err != nil {
			return
		}
		w.keys[agent], w.sockets[agent] = c, 0
		if _, ok := w.board.Desks().LineUp(c.Key); ok {
			w.sockets[agent]++
		}
		w.board.Desks().Registered(c.Key)
	}
	return map[string]func(*rapid.T){
		"sign in": open, "sign in 2": open, "sign in 3": open,
		"page anew": anew, "page anew 2": anew,
		"page closed": func(*rapid.T) {
			agent := w.agent()
			if w.sockets[agent] == 0 {
				w.rt.Skip("no page")
			}
			w.sockets[agent]--
			w.board.Desks().LineGone(w.keys[agent].Key)
		},
		"browser killed": func(*rapid.T) { // and opened again, perhaps
			agent := w.agent()
			if w.sockets[agent] == 0 {
				w.rt.Skip("no page")
			}
			if s, ok := w.board.Desks().State(agent); ok && s.Offer != nil {
				w.phones.set(func() { w.phones.quiet[string(s.Offer.ID)] = true })
			}
			w.sockets[agent]--
			w.board.Desks().LineDown(w.keys[agent].Key)
		},
		"registered": func(*rapid.T) { w.board.Desks().Registered(w.keys[w.agent()].Key) },
		"ready":      func(*rapid.T) { _ = w.board.Desks().Ready(w.ctx, w.agent()) },
		"pause":      func(*rapid.T) { _ = w.board.Desks().Pause(w.ctx, w.agent(), "lunch") },
		"sign out":   func(*rapid.T) { _ = w.board.Desks().SignOut(w.ctx, w.agent(), "signed_out") },
		"socket up": func(*rapid.T) {
			agent := w.agent()
			if _, ok := w.board.Desks().LineUp(w.keys[agent].Key); ok {
				w.sockets[agent]++
			}
		},
		"socket down": func(*rapid.T) {
			agent := w.agent()
			if w.sockets[agent] == 0 {
				w.rt.Skip("no socket")
			}
			w.sockets[agent]--
			w.board.Desks().LineDown(w.keys[agent].Key)
		},
		"form": func(*rapid.T) {
			agent := w.agent()
			var took [2]call.ID
			w.board.desks.with(agent, func(*desk) { took = w.board.desks.took[agent] })
			_ = w.board.Desks().WrapUp(w.ctx, agent, WrapUpForm{Call: took[0], Ready: rapid.Bool().Draw(w.rt, "ready")})
		},
	}
}

// verbWork is what agents and supervisors do with conversations. Errors are for people.
// Commands are given beside the test, as their owner may be busy.
func (w *world) verbWork() map[string]func(*rapid.T) {
	ask := func(verb func(*Desks, call.AgentID) error) func(*rapid.T) {
		return func(*rapid.T) {
			agent := w.agent()
			w.asking.Go(func() { _ = verb(w.board.Desks(), agent) })
			synctest.Wait()
		}
	}
	target := func() call.Target {
		return rapid.SampledFrom([]call.Target{
			{Agent: "lan"}, {Agent: "hoa"}, {Agent: "minh"}, {Queue: "procedure"}, {Number: "0908123999"},
		}).Draw(w.rt, "to")
	}
	to := func(verb func(*Desks, call.AgentID, call.Target) error) func(*rapid.T) {
		return func(t *rapid.T) {
			chosen := target()
			ask(func(d *Desks, agent call.AgentID) error { return verb(d, agent, chosen) })(t)
		}
	}
	ctx := w.ctx
	consult := to(func(d *Desks, a call.AgentID, t call.Target) error { return d.Consult(ctx, a, t) })
	answers := func(*rapid.T) { // whoever rings
		w.deliverAll()
		w.up(w.one(ringing))
		w.deliverAll()
	}
	step := func(verb func(*Desks, call.AgentID) error) func(call.AgentID) {
		return func(agent call.AgentID) {
			w.deliverAll()
			w.asking.Go(func() { _ = verb(w.board.Desks(), agent) })
			w.deliverAll()
		}
	}
	conference := step(func(d *Desks, a call.AgentID) error { return d.Conference(ctx, a) })
	three := func(*rapid.T) { // an agent in conversation calls in somebody who answers
		agent, chosen := w.agent(), target()
		step(func(d *Desks, a call.AgentID) error { return d.Consult(ctx, a, chosen) })(agent)
		for _, leg := range w.legsThat(ringing) {
			w.up(leg)
		}
		conference(agent)
	}
	return map[string]func(*rapid.T){
		"an agent calls": ask(func(d *Desks, a call.AgentID) error {
			_, err := d.MakeCall(ctx, a, WantedCall{Number: "0908123777", Urgent: true})
			return err
		}),
		"three": three, "three 2": three, "three 3": three,
		"hold":     ask(func(d *Desks, a call.AgentID) error { return d.Hold(ctx, a) }),
		"resume":   ask(func(d *Desks, a call.AgentID) error { return d.Resume(ctx, a) }),
		"transfer": to(func(d *Desks, a call.AgentID, t call.Target) error { return d.Transfer(ctx, a, t) }),
		"consult":  consult, "consult 2": consult, "consult 3": consult, "somebody answers": answers,
		"complete":   ask(func(d *Desks, a call.AgentID) error { return d.Complete(ctx, a) }),
		"conference": ask(func(d *Desks, a call.AgentID) error { return d.Conference(ctx, a) }),
		"back":       ask(func(d *Desks, a call.AgentID) error { return d.Back(ctx, a) }),
		"drop": func(t *rapid.T) {
			leg := call.OfferID(w.one(answered))
			ask(func(d *Desks, a call.AgentID) error { return d.Drop(ctx, a, leg) })(t)
		},
		"barge": func(t *rapid.T) {
			id, takeOver := call.ID(w.one(citizen)), rapid.Bool().Draw(w.rt, "take over")
			ask(func(d *Desks, a call.AgentID) error { return d.Barge(ctx, a, id, takeOver) })(t)
		},
	}
}

// delivery is how signals come: in order, out of it, twice; and how time passes.
func (w *world) delivery() map[string]func(*rapid.T) {
	some := func(*rapid.T) {
		for range rapid.IntRange(1, 4).Draw(w.rt, "signals") {
			if len(w.pending) > 0 {
				w.deliver(0)
			}
		}
	}
	all := func(*rapid.T) { w.deliverAll() }
	seconds := func(most int) time.Duration {
		return time.Duration(rapid.IntRange(1, most).Draw(w.rt, "seconds")) * time.Second
	}
	return map[string]func(*rapid.T){
		"told": all, "told 2": all, "told 3": all, "some told": some, "some told 2": some,
		"one told before others": func(*rapid.T) {
			if len(w.pending) == 0 {
				w.rt.Skip("nothing to tell")
			}
			w.deliver(rapid.IntRange(0, len(w.pending)-1).Draw(w.rt, "which"))
		},
		"told again": func(*rapid.T) {
			if len(w.past) == 0 {
				w.rt.Skip("nothing was told")
			}
			s := w.past[rapid.IntRange(0, len(w.past)-1).Draw(w.rt, "which")]
			w.again(s)
		},
		"time":       func(*rapid.T) { w.wait(seconds(40), true) },
		"quiet time": func(*rapid.T) { w.wait(seconds(20), false) },
	}
}

// again tells a signal once more; but not that a prompt is over that plays, for ids of
// playbacks come round in time.
func (w *world) again(s Signal) {
	if done, ok := s.(PlayDone); ok && w.phones.leg(string(done.Call)).play == done.Play {
		w.rt.Skip("plays again")
	}
	w.tell(s)
}

// verbs are the requests that the phones may refuse.
func verbs() []string {
	return []string{
		"count", "play", "stop", "music", "lease", "bridge", "unbridge", "join", "part", "invite", "ring", "hangup", "add", "remove",
		"record", "unrecord", "outside", "nextpart", "listen", "whisper", "record-pause", "destination",
	}
}

// troubles are what the phones and the controller suffer.
func (w *world) troubles() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"refusals": func(*rapid.T) {
			w.trouble, w.ever = true, true
			for _, verb := range rapid.SliceOfNDistinct(rapid.SampledFrom(verbs()), 1, 5, rapid.ID).Draw(w.rt, "verbs") {
				kind := rapid.IntRange(0, 3).Draw(w.rt, "how")
				w.phones.set(func() {
					removes := slices.Contains([]string{"hangup", "unbridge", "remove"}, verb)
					switch {
					case kind == 0, kind == 1 && removes: // ErrGone would be a lie there
						w.phones.refuse[verb] = errRefused
					case kind == 1:
						w.phones.refuse[verb] = ErrGone
					case kind == 2:
						w.phones.deaf[verb] = errRefused
					case kind == 3:
						w.phones.slow[verb] = 7 * time.Second
					}
				})
			}
		},
		"well again": func(*rapid.T) { w.well() },
		"gap": func(*rapid.T) {
			w.ever = true
			w.meanwhile()
			w.pending = nil
			w.phones.takeEvents()
			require.NoError(w.t, w.board.Adopt(w.ctx, w.phones.truth(), nil))
			w.settle()
		},
		"restart": func(*rapid.T) {
			w.ever = true
			w.well()
			w.board.Stop()
			<-time.After(time.Millisecond) // no two controllers make ids in one nanosecond
			w.meanwhile()
			w.pending, w.past = nil, nil // the next one is told what happens from now on
			w.phones.takeEvents()
			clear(w.sockets)
			w.comeBack()
			w.settle()
		},
	}
}

// well lets the phones do what they are asked, and what they were asked.
func (w *world) well() {
	w.phones.set(func() { clear(w.phones.refuse); clear(w.phones.deaf); clear(w.phones.slow) })
	if w.trouble {
		w.wait(90*time.Second, true)
	}
	w.trouble = false
}

// meanwhile is what people do while nobody hears of it.
func (w *world) meanwhile() {
	for range rapid.IntRange(0, 3).Draw(w.rt, "meanwhile") {
		want := rapid.SampledFrom([]string{"citizen", "ringing", "answered", "answer"}).Draw(w.rt, "who")
		legs := w.legsThat(map[string]func(*fakeLeg) bool{"citizen": citizen, "ringing": ringing, "answered": answered, "answer": ringing}[want])
		if len(legs) == 0 {
			continue
		}
		leg := rapid.SampledFrom(legs).Draw(w.rt, "leg")
		if want == "answer" {
			w.up(leg)
		} else {
			w.phones.leave(leg, causeNormal)
		}
	}
}

// check compares what calls, line, desks, journal and phones believe, once everything
// has settled.
func (w *world) check(*rapid.T) {
	w.settle()
	if w.trouble {
		return
	}
	history := w.journal.history(w.rt)
	views := map[call.ID]acd.CallView{}
	for _, v := range w.board.line.Snapshot().Calls {
		views[v.Call] = v
	}
	w.board.mu.Lock()
	owned := slices.Sorted(maps.Keys(w.board.sessions))
	recalls := map[call.ID]bool{}
	for id := range w.board.recalls {
		recalls[id] = true
	}
	w.board.mu.Unlock()
	busy := map[call.AgentID]call.ID{}
	for _, id := range owned {
		s, ok := w.owner(id)
		require.True(w.t, ok)
		require.Equal(w.t, history[id].Stage, s.stage, "%s in the journal and in truth", id)
		v, inLine := views[id]
		switch s.stage {
		case call.Menu:
			require.Equal(w.t, s.promised, inLine && recalls[id], "%s waits in the menu", id)
		case call.Waiting:
			if s.hand != nil {
				require.True(w.t, s.left || inLine == s.hand.calling, "%s is handed over, and one of us is called: %v", id, s.hand.calling)
				break
			}
			require.True(w.t, inLine && v.Agent == "", "%s waits where nobody looks: %+v", id, v)
		case call.Ringing:
			var rung []call.AgentID
			for _, p := range s.parties() {
				if s.hand == nil || s.isOffer(p) {
					rung = append(rung, p.agent)
				}
			}
			require.ElementsMatch(w.t, v.Rings, rung, "%s rings: %+v", id, v)
		case call.Talking:
			var talk []call.AgentID
			for _, p := range s.parties() {
				if p.agent != "" && (p.answered || !s.isOffer(p) && s.hand == nil) {
					talk = append(talk, p.agent)
				}
			}
			require.ElementsMatch(w.t, talk, v.Talkers, "%s talks and the line does not know: %+v", id, v)
			require.Equal(w.t, s.held != nil, history[id].Held, "%s on hold in the journal and in truth", id)
			if s.hand == nil {
				w.checkTalk(&s)
			}
		case call.Arriving, call.Ended:
			require.Fail(w.t, "not settled", "%s is %s", id, s.stage)
		}
		for _, p := range s.parties() {
			if p.agent != "" {
				require.Empty(w.t, busy[p.agent], "%s has two calls", p.agent)
				busy[p.agent] = id
			}
		}
		if s.hand != nil {
			w.checkHandover(&s)
		} else {
			w.checkSound(&s)
		}
	}
	for id := range recalls {
		require.Contains(w.t, views, id, "nobody calls %s back", id)
		if r, ok := w.caller(id); ok && r.offer != nil {
			require.Empty(w.t, busy[r.offer.agent], "%s has two calls", r.offer.agent)
			busy[r.offer.agent] = id
			require.Equal(w.t, r.offer.agent, views[id].Agent)
		}
	}
	for id := range views {
		require.True(w.t, slices.Contains(owned, id) || recalls[id], "a zombie is in line: %s", id)
	}
	w.board.desks.mu.Lock()
	cutOffs := maps.Clone(w.board.desks.cutOffs)
	w.board.desks.mu.Unlock()
	for agent, c := range cutOffs {
		require.True(w.t, c.kept == nil || slices.Contains(owned, c.kept.Call) || recalls[c.kept.Call], "%s waits for a citizen who has gone", agent)
		require.False(w.t, c.kept != nil && views[c.kept.Call].Talking && !c.ready, "a citizen who talks is kept for %s", agent)
	}
	for id, c := range history {
		require.True(w.t, slices.Contains(owned, id) || c.Stage == call.Ended, "%s has no end in the journal", id)
	}
}

// checkTalk: everybody is in the bridge, unless one has gone and it was not told yet; but a
// citizen on hold, who hears something on a lease, and is not forgotten.
func (w *world) checkTalk(s *session) {
	citizen, members := w.phones.leg(string(s.id)), w.phones.members(s.id.Bridge())
	var there []string
	for _, p := range s.parties() {
		switch l := w.phones.leg(p.leg()); {
		case p.answered && !l.up:
			return // has gone
		case p.answered || slices.Contains(members, p.leg()):
			there = append(there, p.leg())
		}
	}
	if citizen.citizen == nil {
		return
	}
	if s.held == nil {
		there = append(there, string(s.id))
		require.Zero(w.t, citizen.leased, "%s talks on a lease", s.id)
		require.False(w.t, citizen.music, "%s talks with music", s.id)
	} else {
		require.NotZero(w.t, citizen.leased, "%s is on hold without a lease", s.id)
		require.True(w.t, citizen.music || citizen.play != "" || s.playing != "", "%s is on hold in silence", s.id)
	}
	require.ElementsMatch(w.t, there, members, "who is in the bridge of %s", s.id)
	require.GreaterOrEqual(w.t, len(s.talkers()), 1, "%s is alone", s.id)
}

// checkSound: whoever waits hears something.
func (w *world) checkSound(s *session) {
	l := w.phones.leg(string(s.id))
	if l.citizen != nil && s.inLine() && s.playing == "" && s.aside == nil {
		require.True(w.t, l.music || l.play != "", "%s waits in silence", s.id)
	}
}

// everybodyGoes ends the day: then nothing and nobody may be left.
func (w *world) everybodyGoes() {
	w.well()
	w.deliverAll()
	w.supervisorsGo()
	w.wait(time.Minute, true)
	w.check(nil)
	for _, id := range w.legsThat(citizen) {
		w.phones.leave(id, causeNormal)
	}
	w.deliverAll()
	w.centresGo()
	w.cancelCallbacks()
	w.wait(3*time.Minute, true)
	require.Empty(w.t, w.phones.left())
	require.True(w.t, w.ever || len(w.phones.amiss) == 0, "%v", w.phones.amiss)
	require.Zero(w.t, w.board.Calls())
	snapshot := w.board.line.Snapshot()
	require.Empty(w.t, snapshot.Calls)
	for _, a := range snapshot.Agents {
		require.NotContains(w.t, []call.AgentState{call.Reserved, call.AgentRinging, call.AgentTalking}, a.State, "%s is stuck", a.Agent)
		require.Equal(w.t, a.State, w.state(a.Agent), "what the page of %s shows", a.Agent)
	}
	w.board.desks.mu.Lock()
	desks := len(w.board.desks.byAgent)
	w.board.desks.mu.Unlock()
	require.Equal(w.t, desks, w.accounts())
	w.checkJournal()
	w.checkConfirmed()
}

// cancelCallbacks takes callbacks out of the line, and ends those that are conversations.
func (w *world) cancelCallbacks() {
	for _, leg := range w.legsThat(func(l *fakeLeg) bool { return l.citizen == nil }) {
		id, _ := call.Of(leg)
		w.board.mu.Lock()
		r := w.board.recalls[id]
		w.board.mu.Unlock()
		if outsideNumber(id, leg) > 0 || r != nil && r.made != nil {
			w.phones.leave(leg, causeNormal)
		}
	}
	w.deliverAll()
	for _, v := range w.board.line.Snapshot().Calls {
		w.board.line.Leave(v.Call)
	}
	w.deliverAll()
}

// checkJournal: every call has one beginning and one end, every offer one end at most,
// every state follows from the one before.
func (w *world) checkJournal() {
	arrived, made, finished := map[call.ID]int{}, map[call.ID]int{}, map[call.ID]int{}
	offered, closed := map[call.OfferID]int{}, map[call.OfferID]int{}
	connected, parted := map[call.OfferID]int{}, map[call.OfferID]int{}
	state := map[call.AgentID]call.AgentState{}
	for _, e := range w.journal.events {
		switch f := e.Fact.(type) {
		case call.Arrived:
			arrived[e.Call]++
		case call.Outbound:
			made[e.Call]++
		case call.Finished:
			finished[e.Call]++
		case call.Offered:
			offered[f.Offer]++
		case call.OfferClosed:
			closed[f.Offer]++
		case call.Connected:
			connected[f.Offer]++
		case call.Disconnected:
			parted[f.Offer]++
		case call.Restarted:
			clear(state)
		case call.AgentMoved:
			from, known := state[f.Agent]
			require.True(w.t, !known || from == f.From, "%s was %s and moves from %s", f.Agent, from, f.From)
			require.True(w.t, acd.CanMove(f.From, f.To), "%s from %s to %s", f.Agent, f.From, f.To)
			state[f.Agent] = f.To
		}
	}
	for id := range arrived {
		require.Equal(w.t, 1, arrived[id], "beginnings of %s", id)
		require.Equal(w.t, 1, finished[id], "ends of %s: %s", id, w.journal.kinds(id))
		if strings.Contains(w.journal.kinds(id), "callback_asked") {
			require.NotZero(w.t, w.recordings.finished[id])
		} else {
			require.Equal(w.t, 1, w.recordings.finished[id])
		}
	}
	for id := range made {
		require.Equal(w.t, 1, made[id], "beginnings of %s", id)
		require.Equal(w.t, 1, finished[id], "ends of %s: %s", id, w.journal.kinds(id))
	}
	for offer, n := range offered {
		require.Equal(w.t, 1, n, "%s was made twice", offer)
		require.LessOrEqual(w.t, closed[offer], 1, "%s has two ends", offer)
	}
	for offer := range connected {
		require.Equal(w.t, 1, connected[offer], "%s was connected twice", offer)
		require.LessOrEqual(w.t, parted[offer], 1, "%s was parted twice", offer)
	}
}
