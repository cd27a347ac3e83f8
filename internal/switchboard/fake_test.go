package switchboard

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/ivr/flow"
)

// fakePhones is a telephone system without telephones: it writes down what it is
// asked for and keeps the legs and bridges that ought to be there.
type fakePhones struct {
	mu      sync.Mutex
	asked   []string
	legs    map[string]bool
	bridges map[string][]string
	phones  map[string]Phone
	refuse  map[string]error // by the request's first word
}

func newFakePhones() *fakePhones {
	return &fakePhones{
		legs: map[string]bool{}, bridges: map[string][]string{},
		phones: map[string]Phone{}, refuse: map[string]error{},
	}
}

func (f *fakePhones) ask(format string, args ...any) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	request := fmt.Sprintf(format, args...)
	f.asked = append(f.asked, request)
	verb, _, _ := strings.Cut(request, " ")
	return f.refuse[verb]
}

func (f *fakePhones) Play(_ context.Context, leg, play string, paths []string) error {
	return f.ask("play %s %s %s", leg, play, strings.Join(paths, "+"))
}
func (f *fakePhones) StopPlay(_ context.Context, play string) error { return f.ask("stop %s", play) }
func (f *fakePhones) Music(_ context.Context, leg string, on bool) error {
	return f.ask("music %s %v", leg, on)
}
func (f *fakePhones) Lease(_ context.Context, leg string, d time.Duration) error {
	return f.ask("lease %s %v", leg, d)
}
func (f *fakePhones) MakeBridge(_ context.Context, bridge string) error {
	f.mu.Lock()
	f.bridges[bridge] = nil
	f.mu.Unlock()
	return f.ask("bridge %s", bridge)
}
func (f *fakePhones) RemoveBridge(_ context.Context, bridge string) error {
	f.mu.Lock()
	delete(f.bridges, bridge)
	f.mu.Unlock()
	return f.ask("unbridge %s", bridge)
}
func (f *fakePhones) Join(_ context.Context, bridge, leg string) error {
	f.mu.Lock()
	f.bridges[bridge] = append(f.bridges[bridge], leg)
	f.mu.Unlock()
	return f.ask("join %s %s", bridge, leg)
}
func (f *fakePhones) Part(_ context.Context, bridge, leg string) error {
	return f.ask("part %s %s", bridge, leg)
}
func (f *fakePhones) Invite(_ context.Context, leg, sipUser string, _ call.ID, _ string) error {
	if err := f.ask("invite %s %s", leg, sipUser); err != nil {
		return err
	}
	f.mu.Lock()
	f.legs[leg] = true
	f.mu.Unlock()
	return nil
}
func (f *fakePhones) Ring(_ context.Context, leg string, _ time.Duration) error {
	return f.ask("ring %s", leg)
}
func (f *fakePhones) Hangup(_ context.Context, leg string) error {
	f.mu.Lock()
	delete(f.legs, leg)
	f.mu.Unlock()
	return f.ask("hangup %s", leg)
}
func (f *fakePhones) AddPhone(_ context.Context, p Phone) error {
	f.mu.Lock()
	f.phones[p.SIPUser] = p
	f.mu.Unlock()
	return f.ask("add %s", p.SIPUser)
}
func (f *fakePhones) RemovePhone(_ context.Context, sipUser string) error {
	f.mu.Lock()
	delete(f.phones, sipUser)
	f.mu.Unlock()
	return f.ask("remove %s", sipUser)
}

// last is the newest request that begins with prefix.
func (f *fakePhones) last(prefix string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, request := range slices.Backward(f.asked) {
		if strings.HasPrefix(request, prefix) {
			return request
		}
	}
	return ""
}

// left is what is still there: nothing, when all calls have ended.
func (f *fakePhones) left() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var left []string
	for leg := range f.legs {
		left = append(left, leg)
	}
	for bridge := range f.bridges {
		left = append(left, bridge)
	}
	return left
}

type fakePrompts struct{}

// Find gives every prompt one second.
func (fakePrompts) Find(lang call.Language, keys []string) ([]string, time.Duration, error) {
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
}

func (j *fakeJournal) Append(id call.ID, facts ...call.Fact) {
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

// kinds tells the story of a call in one line.
func (j *fakeJournal) kinds(id call.ID) string {
	j.mu.Lock()
	defer j.mu.Unlock()
	var kinds []string
	for _, e := range j.events {
		if _, agent := e.Fact.(call.AgentMoved); e.Call == id && !agent {
			kinds = append(kinds, e.Fact.Kind())
		}
	}
	return strings.Join(kinds, " ")
}

func (j *fakeJournal) outcome(id call.ID) call.Outcome {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, e := range j.events {
		if f, ok := e.Fact.(call.Finished); ok && e.Call == id {
			return f.Outcome
		}
	}
	return call.Outcome{}
}

type fakeRecordings struct{}

func (fakeRecordings) Finish(call.ID) {}

type allOnShift struct{}

func (allOnShift) OnShift(time.Time, call.AgentID) bool { return true }

type fakeStore struct {
	mu    sync.Mutex
	saved map[call.AgentID]SavedDesk
}

func (s *fakeStore) Save(_ context.Context, d SavedDesk) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.saved[d.Agent] = d
	return nil
}

func (s *fakeStore) Delete(_ context.Context, agent call.AgentID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.saved, agent)
	return nil
}

func (s *fakeStore) All(context.Context) ([]SavedDesk, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []SavedDesk
	for _, d := range s.saved {
		all = append(all, d)
	}
	return all, nil
}

// bench is a switchboard on fake phones, inside a synctest bubble.
type bench struct {
	t       *testing.T
	board   *Board
	phones  *fakePhones
	journal *fakeJournal
	store   *fakeStore
	keys    map[call.AgentID]Credential
	n       int
}

// inBubble runs f with a switchboard and a clock of its own.
func inBubble(t *testing.T, f func(*bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, newFakePhones(), &fakeJournal{}, &fakeStore{saved: map[call.AgentID]SavedDesk{}})
		f(b)
		b.board.Stop()
	})
}

func newBench(t *testing.T, phones *fakePhones, journal *fakeJournal, store *fakeStore) *bench {
	t.Helper()
	data, err := os.ReadFile("../../configs/ivr.yaml")
	require.NoError(t, err)
	menus, err := flow.Parse("ivr.yaml", data)
	require.NoError(t, err)
	b := &bench{t: t, phones: phones, journal: journal, store: store, keys: map[call.AgentID]Credential{}}
	b.board = New(Deps{
		Phones: phones, Prompts: fakePrompts{}, Journal: journal, Recordings: fakeRecordings{},
		Roster: allOnShift{}, Desks: store, Flow: menus, Log: slog.New(slog.DiscardHandler),
		Line: acd.Config{
			Queues: []acd.Queue{
				{Name: "procedure", Group: call.Procedure, PositionEvery: 30 * time.Second},
				{Name: "emergency", Group: call.Emergency, Emergency: true, PositionEvery: 15 * time.Second},
				{Name: "field", Group: call.Field, PositionEvery: 30 * time.Second},
			},
			RingTime: 15 * time.Second, WrapUpLimit: 60 * time.Second, MissesBeforePause: 1,
		},
		Options: Options{
			Lease: 15 * time.Second, RingTime: 15 * time.Second, FirstPosition: 5 * time.Second,
			RequestTimeout: 5 * time.Second, DeskGrace: 5 * time.Second,
		},
	})
	require.NoError(t, b.board.Start(t.Context()))
	return b
}

// desk signs an agent in, with its socket open and ready for calls.
func (b *bench) desk(agent call.AgentID) {
	b.t.Helper()
	c, err := b.board.Desks().SignIn(b.t.Context(), agent)
	require.NoError(b.t, err)
	b.keys[agent] = c
	_, ok := b.board.Desks().LineUp(c.Key)
	require.True(b.t, ok)
	synctest.Wait()
	require.NoError(b.t, b.board.Desks().Ready(b.t.Context(), agent))
	synctest.Wait()
	require.Equal(b.t, call.Available, b.state(agent))
}

func (b *bench) state(agent call.AgentID) call.AgentState {
	s, _ := b.board.Desks().State(agent)
	return s.State
}

// enters lets a citizen call.
func (b *bench) enters() call.ID {
	b.n++
	id := call.ID(fmt.Sprintf("t1-1764000000.%d", b.n))
	b.tell(CitizenEntered{Call: id, Caller: "+84908123456", Dialed: "1022", At: time.Now()})
	return id
}

// tell gives signals and lets everything settle.
func (b *bench) tell(signals ...Signal) {
	for _, s := range signals {
		b.board.Signal(s)
	}
	synctest.Wait()
}

func (b *bench) press(id call.ID, digits string) {
	for _, d := range []byte(digits) {
		b.tell(Digit{Call: id, Digit: d})
	}
}

// spoken lets what is being played to the citizen end.
func (b *bench) spoken(id call.ID) {
	words := strings.Fields(b.phones.last("play " + string(id)))
	require.Len(b.t, words, 4)
	b.tell(PlayDone{Call: id, Play: words[2]})
}

// inLine brings a citizen through the menus into the line for traffic.
func (b *bench) inLine() call.ID {
	id := b.enters()
	b.press(id, "31")
	b.spoken(id)
	require.Contains(b.t, b.journal.kinds(id), "queued")
	return id
}

// answers lets the n-th offered desk of the call ring and pick up.
func (b *bench) answers(id call.ID, n int) string {
	leg := string(id.Offer(n))
	b.tell(LegEntered{Call: id, Leg: leg}, LegRinging{Call: id, Leg: leg}, LegUp{Call: id, Leg: leg})
	return leg
}
