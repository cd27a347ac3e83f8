package switchboard

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/internal/outside"
	"hotline1022/ivr/flow"
)

// TestMain draws the same random days each time, so that a change is judged by what it
// changes; `make days` draws others, thousands of them.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.seed", "1022"); err != nil {
		panic(err)
	}
	flag.Parse() // a seed that is given goes before
	goleak.VerifyTestMain(m)
}

type fakePrompts struct{ missing bool }

// Find gives every prompt one second.
func (p fakePrompts) Find(lang call.Language, keys []string) ([]string, time.Duration, error) {
	if p.missing {
		return nil, 0, errors.New("no prompts in this test")
	}
	paths := make([]string, len(keys))
	for i, k := range keys {
		paths[i] = string(lang) + "/" + k
	}
	return paths, time.Duration(len(keys)) * time.Second, nil
}

type fakeJournal struct {
	mu     sync.Mutex
	events []call.Event
	codes  int
	before func(call.Fact) // runs before a fact is taken, on the goroutine that has it
}

func (j *fakeJournal) Append(id call.ID, facts ...call.Fact) {
	for _, f := range facts {
		if j.before != nil {
			j.before(f)
		}
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, f := range facts {
		j.events = append(j.events, call.Event{ID: fmt.Sprint(len(j.events)), At: time.Now(), Call: id, Fact: f})
	}
}

func (j *fakeJournal) NextTicketCode(time.Time) string {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.codes++
	return fmt.Sprintf("26328%05d", j.codes)
}

// facts is what happened to a call, without its agents' states.
func (j *fakeJournal) facts(id call.ID) []call.Fact {
	j.mu.Lock()
	defer j.mu.Unlock()
	var facts []call.Fact
	for _, e := range j.events {
		if _, agent := e.Fact.(call.AgentMoved); e.Call == id && !agent {
			facts = append(facts, e.Fact)
		}
	}
	return facts
}

// kinds tells the story of a call in one line.
func (j *fakeJournal) kinds(id call.ID) string {
	var kinds []string
	for _, f := range j.facts(id) {
		kinds = append(kinds, f.Kind())
	}
	return strings.Join(kinds, " ")
}

func (j *fakeJournal) outcome(id call.ID) call.Outcome {
	for _, fact := range j.facts(id) {
		if f, ok := fact.(call.Finished); ok {
			return f.Outcome
		}
	}
	return call.Outcome{}
}

// history is what a controller that starts now would read.
func (j *fakeJournal) history(t require.TestingT) map[call.ID]OpenCall {
	j.mu.Lock()
	defer j.mu.Unlock()
	h := NewHistory()
	for _, e := range j.events {
		require.NoError(t, h.Apply(e))
	}
	open := map[call.ID]OpenCall{}
	for _, c := range h.Open() {
		open[c.Call] = c
	}
	return open
}

type fakeRecordings struct {
	mu       sync.Mutex
	finished map[call.ID]int
	outside  []string // legs
}

// Discard counts as Finish.
func (r *fakeRecordings) Discard(id call.ID) { r.Finish(id) }

func (r *fakeRecordings) FinishOutside(leg string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.outside = append(r.outside, leg)
}

func (r *fakeRecordings) Finish(id call.ID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.finished[id]++
}

type fakeRoster struct {
	mu       sync.Mutex
	off      map[call.AgentID]bool
	outgoing map[call.AgentID]bool // … but may stay for whom they talk with
}

func (r *fakeRoster) OnShift(_ time.Time, agent call.AgentID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !r.off[agent]
}

func (r *fakeRoster) MayStay(now time.Time, agent call.AgentID, talking bool) bool {
	onShift := r.OnShift(now, agent)
	r.mu.Lock()
	defer r.mu.Unlock()
	return onShift || talking && r.outgoing[agent]
}

func (r *fakeRoster) goes(agent call.AgentID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.off[agent] = true
}

type fakeStore struct {
	mu    sync.Mutex
	saved map[call.AgentID]SavedDesk
	fails error
	slow  time.Duration
}

func (s *fakeStore) Save(ctx context.Context, d SavedDesk) error {
	s.mu.Lock()
	fails, slow := s.fails, s.slow
	s.mu.Unlock()
	if err := errors.Join(fails, takes(ctx, slow)); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.saved[d.Agent] = d
	return nil
}

func (s *fakeStore) Delete(_ context.Context, agent call.AgentID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.saved, agent)
	return s.fails
}

func (s *fakeStore) All(context.Context) ([]SavedDesk, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []SavedDesk
	for _, d := range s.saved {
		all = append(all, d)
	}
	return all, s.fails
}

func (s *fakeStore) desk(agent call.AgentID) (SavedDesk, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d, ok := s.saved[agent]
	return d, ok
}

// bench is a switchboard on fake phones, inside a synctest bubble.
type bench struct {
	t          require.TestingT
	ctx        context.Context
	board      *Board
	phones     *fakePhones
	journal    *fakeJournal
	recordings *fakeRecordings
	roster     *fakeRoster
	store      *fakeStore
	keys       map[call.AgentID]Credential
	flow       *flow.Flow
	change     func(*Deps) // of every switchboard that is made
	made       func()      // after that; nil for nothing
	n          int
}

// inBubble runs f with a switchboard and a clock of its own.
func inBubble(t *testing.T, f func(*testing.T, *bench)) {
	t.Helper()
	inChangedBubble(t, func(*Deps) {}, f)
}

func inChangedBubble(t *testing.T, change func(*Deps), f func(*testing.T, *bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, change)
		defer func() { b.board.Stop() }() // whichever is there then
		f(t, b)
	})
}

func newBench(t testing.TB, change func(*Deps)) *bench {
	t.Helper()
	data, err := os.ReadFile("../../configs/ivr.yaml")
	require.NoError(t, err)
	menus, err := flow.Parse("ivr.yaml", data)
	require.NoError(t, err)
	b := &bench{
		t: t, ctx: t.Context(), phones: newFakePhones(), journal: &fakeJournal{}, flow: menus, change: change,
		recordings: &fakeRecordings{finished: map[call.ID]int{}}, roster: &fakeRoster{off: map[call.AgentID]bool{}, outgoing: map[call.AgentID]bool{}},
		store: &fakeStore{saved: map[call.AgentID]SavedDesk{}}, keys: map[call.AgentID]Credential{},
	}
	b.start()
	return b
}

// start makes a switchboard on what is there: phones, journal and remembered desks.
func (b *bench) start() {
	deps := Deps{
		Phones: b.phones, Recorder: b.phones, Sound: b.phones, Outside: b.phones, Policy: b.policy(), Prompts: fakePrompts{}, Journal: b.journal, Recordings: b.recordings,
		Listener: b.phones, Pauser: b.phones, Messages: b.messages(), Roster: b.roster, Desks: b.store, Flow: b.flow, Log: slog.New(slog.DiscardHandler),
		Line: acd.Config{
			Queues: []acd.Queue{
				{Name: "procedure", Group: call.Procedure, PositionEvery: 30 * time.Second},
				{Name: "emergency", Group: call.Emergency, Emergency: true, PositionEvery: 15 * time.Second},
				{Name: "field", Group: call.Field, PositionEvery: 30 * time.Second},
			},
			RingTime: 15 * time.Second, WrapUpLimit: 60 * time.Second, WrapUpExtensions: 1, MissesBeforePause: 1,
		},
		Options: Options{
			Node:  "t1",
			Lease: 15 * time.Second, RingTime: 15 * time.Second, FirstPosition: 5 * time.Second,
			RequestTimeout: 5 * time.Second, DeskGrace: 5 * time.Second,
			CallerID: "02741022",
		},
	}
	b.change(&deps)
	b.board = New(deps)
	if b.made != nil {
		b.made()
	}
	require.NoError(b.t, b.board.Start(b.ctx))
}

// policy is who may call what outside; in the country, no number of ours.
func (b *bench) policy() *outside.Book {
	return outside.NewBook(outside.Rules{
		Allowed: []string{"+84"}, Own: []string{"1022", "02741022"}, PerHour: 30, PerDay: 150, AtOnce: 1, MaxLength: 30 * time.Minute,
	})
}

// restart ends the controller and starts another, which reads the journal and finds
// what is still there. The desks' sockets went with it.
func (b *bench) restart() {
	b.board.Stop()
	b.comeBack()
}

func (b *bench) comeBack() {
	past := []OpenCall{}
	for _, c := range b.journal.history(b.t) {
		past = append(past, c)
	}
	b.start()
	require.NoError(b.t, b.board.Desks().Restore(b.ctx))
	require.NoError(b.t, b.board.Adopt(b.ctx, b.phones.truth(), past))
	synctest.Wait()
}

// gap loses what the phones had to tell, and reads the truth.
func (b *bench) gap() {
	b.phones.takeEvents()
	require.NoError(b.t, b.board.Adopt(b.ctx, b.phones.truth(), nil))
	synctest.Wait()
}

// signIn gives an agent a desk whose socket is open.
func (b *bench) signIn(agent call.AgentID) {
	c, err := b.board.Desks().SignIn(b.ctx, agent)
	require.NoError(b.t, err)
	b.keys[agent] = c
	b.lineUp(agent)
}

func (b *bench) lineUp(agent call.AgentID) <-chan struct{} {
	done, ok := b.board.Desks().LineUp(b.keys[agent].Key)
	require.True(b.t, ok)
	synctest.Wait()
	b.registers(agent)
	return done
}

// registers lets the desk's softphone have its registration confirmed.
func (b *bench) registers(agent call.AgentID) {
	b.board.Desks().Registered(b.keys[agent].Key)
	synctest.Wait()
}

func (b *bench) lineDown(agent call.AgentID) {
	b.board.Desks().LineDown(b.keys[agent].Key)
	synctest.Wait()
}

// desk signs an agent in, with its socket open and ready for calls.
func (b *bench) desk(agent call.AgentID) {
	b.signIn(agent)
	b.ready(agent)
}

func (b *bench) ready(agent call.AgentID) {
	require.NoError(b.t, b.board.Desks().Ready(b.ctx, agent))
	synctest.Wait()
}

func (b *bench) state(agent call.AgentID) call.AgentState {
	s, _ := b.board.Desks().State(agent)
	return s.State
}

func (b *bench) reason(agent call.AgentID) call.PauseReason {
	s, _ := b.board.Desks().State(agent)
	return s.Reason
}

// look is a message that has the owner copy what it knows.
type look struct{ seen chan session }

func (l look) to(s *session) {
	known := *s
	if s.offer != nil {
		offer := *s.offer
		known.offer = &offer
	}
	known.others = nil
	for _, o := range s.others {
		other := *o
		known.others = append(known.others, &other)
	}
	if s.hand != nil {
		hand := *s.hand
		hand.legs = nil
		for _, d := range s.hand.legs {
			leg := *d
			hand.legs = append(hand.legs, &leg)
		}
		known.hand = &hand
	}
	l.seen <- known
}

func (look) toRecall(*recall) {}

// owner is what the call's owner knows; false when there is none. One who is busy with
// a request that takes its time fails the test.
func (b *bench) owner(id call.ID) (session, bool) {
	known, there, busy := b.askOwner(id)
	require.False(b.t, busy, "the owner of %s is busy", id)
	return known, there
}

func (b *bench) askOwner(id call.ID) (known session, there, busy bool) {
	synctest.Wait()
	l := look{make(chan session, 1)}
	if !b.board.deliver(id, l) {
		return session{}, false, false
	}
	synctest.Wait()
	select {
	case known := <-l.seen:
		return known, true, false
	default:
		return session{}, false, b.board.Alive(id)
	}
}

// lookBack is the same for the owner of a callback.
type lookBack struct{ seen chan recall }

func (lookBack) to(*session) {}

func (l lookBack) toRecall(r *recall) {
	known := *r
	if r.offer != nil {
		offer := *r.offer
		known.offer = &offer
	}
	l.seen <- known
}

// caller is what the owner of the call's callback knows; false when there is none.
func (b *bench) caller(id call.ID) (recall, bool) {
	l := lookBack{make(chan recall, 1)}
	b.board.deliver(id, l)
	synctest.Wait()
	select {
	case known := <-l.seen:
		return known, true
	default:
		return recall{}, false
	}
}

// stage is where the call's owner has it; ended when there is none.
func (b *bench) stage(id call.ID) call.Stage {
	known, ok := b.owner(id)
	if !ok {
		return call.Ended
	}
	return known.stage
}

// enters lets a citizen call.
func (b *bench) enters() call.ID { return b.entersAs("+84908123456") }

func (b *bench) entersAs(caller string) call.ID {
	b.n++
	id := call.ID(fmt.Sprintf("t1-1764000000.%d", b.n))
	entered := CitizenEntered{Call: id, Caller: caller, Dialed: "1022", At: time.Now()}
	b.phones.set(func() {
		l := &fakeLeg{citizen: &entered, up: true}
		b.phones.legs[string(id)] = l
		b.phones.setLease(string(id), l, 15*time.Second) // by the dialplan
	})
	b.tell(entered)
	return id
}

// tell gives signals and lets everything settle.
func (b *bench) tell(signals ...Signal) {
	for _, s := range signals {
		b.board.Signal(s)
	}
	synctest.Wait()
}

// flush gives what the phones have to tell, until they have no more.
func (b *bench) flush() {
	for events := b.phones.takeEvents(); len(events) > 0; events = b.phones.takeEvents() {
		b.tell(events...)
	}
}

// pass lets time go by; what the phones have to tell comes at once.
func (b *bench) pass(d time.Duration) {
	end := time.Now().Add(d)
	for step := 100 * time.Millisecond; time.Now().Before(end); b.flush() {
		<-time.After(min(step, time.Until(end)))
		synctest.Wait()
	}
}

// silently lets time go by without the phones telling anything.
func (b *bench) silently(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

func (b *bench) press(id call.ID, digits string) {
	for _, d := range []byte(digits) {
		b.tell(Digit{Call: id, Digit: d})
	}
}

// hears is what the citizen is told now, as keys of prompts with their language.
func (b *bench) hears(id call.ID) string {
	play := b.phones.leg(string(id)).play
	if play == "" {
		return ""
	}
	words := strings.Fields(b.phones.last("play " + string(id) + " " + play + " "))
	require.Len(b.t, words, 4)
	return words[3]
}

// spoken lets what is being played to the citizen end.
func (b *bench) spoken(id call.ID) {
	play := b.phones.leg(string(id)).play
	require.NotEmpty(b.t, play, "nothing plays")
	b.phones.playOver(string(id), play)
	b.flush()
}

// hangsUp ends a leg, the citizen's or a desk's.
func (b *bench) hangsUp(leg string, cause int) {
	b.phones.leave(leg, cause)
	b.flush()
}

// inLine brings a citizen through the menus into the line for traffic.
func (b *bench) inLine() call.ID {
	id := b.enters()
	b.press(id, "31")
	b.spoken(id)
	require.Contains(b.t, b.journal.kinds(id), "queued")
	b.flush()
	return id
}

// rings lets the desk of the n-th offer ring.
func (b *bench) rings(id call.ID, n int) string {
	b.flush()
	leg := string(id.Offer(n))
	require.True(b.t, b.phones.leg(leg).rung, "%s is not rung", leg)
	b.tell(LegRinging{Call: id, Leg: leg})
	return leg
}

// answers lets the desk of the n-th offer ring and pick up.
func (b *bench) answers(id call.ID, n int) string {
	leg := b.rings(id, n)
	b.picksUp(leg)
	b.flush()
	return leg
}

func (b *bench) picksUp(leg string) {
	b.phones.set(func() { b.phones.up(leg) })
	id, _ := call.Of(leg)
	b.tell(LegUp{Call: id, Leg: leg})
}

// talking brings a citizen of the line for traffic to the only desk.
func (b *bench) talking() (id call.ID, leg string) {
	id = b.inLine()
	leg = b.answers(id, 1)
	require.Equal(b.t, call.Talking, b.stage(id))
	return id, leg
}

// nothingIsLeft is how it must be after the last call.
func (b *bench) nothingIsLeft() {
	b.flush()
	require.Empty(b.t, b.phones.left())
	require.Empty(b.t, b.phones.amiss)
	require.Zero(b.t, b.board.Calls())
	require.Empty(b.t, b.board.line.Snapshot().Calls)
}
