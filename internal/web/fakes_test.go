package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"hotline1022/internal/auth"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/ticket"
	"hotline1022/recording"
)

var errBroken = errors.New("secret inner detail")

// fakeLines knows keys, and remembers which sockets are open.
type fakeLines struct {
	mu   sync.Mutex
	keys map[string]chan struct{}
	open map[string]int
	told chan string // "up <key>", "down <key>"
}

func newFakeLines(keys ...string) *fakeLines {
	l := &fakeLines{keys: map[string]chan struct{}{}, open: map[string]int{}, told: make(chan string, 100)}
	for _, k := range keys {
		l.keys[k] = make(chan struct{})
	}
	return l
}

func (l *fakeLines) LineUp(key string) (<-chan struct{}, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	done, ok := l.keys[key]
	if ok {
		l.open[key]++
		l.told <- "up " + key
	}
	return done, ok
}

func (l *fakeLines) LineDown(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open[key]--
	l.told <- "down " + key
}

func (l *fakeLines) LineGone(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open[key]--
	l.told <- "gone " + key
}

func (l *fakeLines) Registered(key string) { l.told <- "registered " + key }

// signOut ends a key.
func (l *fakeLines) signOut(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.keys[key])
	delete(l.keys, key)
}

// fakeDesks has one desk, lan's, which is signed in and out.
type fakeDesks struct {
	*fakeLines
	mu       sync.Mutex
	state    map[call.AgentID]switchboard.DeskState
	events   map[call.AgentID]chan switchboard.DeskEvent
	watchers int
	did      []string
	form     switchboard.WrapUpForm
	err      error
}

func newFakeDesks() *fakeDesks {
	return &fakeDesks{
		fakeLines: newFakeLines("deskkey"), state: map[call.AgentID]switchboard.DeskState{}, events: map[call.AgentID]chan switchboard.DeskEvent{},
	}
}

func (d *fakeDesks) note(what string, agent call.AgentID) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.err != nil {
		return d.err
	}
	d.did = append(d.did, what+" "+string(agent))
	return nil
}

func (d *fakeDesks) SignIn(_ context.Context, agent call.AgentID) (switchboard.Credential, error) {
	if err := d.note("sign in", agent); err != nil {
		return switchboard.Credential{}, err
	}
	d.sit(agent)
	return switchboard.Credential{SIPUser: "d7k2m9x", Password: "p4ssw0rd", Key: "deskkey"}, nil
}

// sit opens a desk.
func (d *fakeDesks) sit(agent call.AgentID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.state[agent] = switchboard.DeskState{
		Agent: agent, Phone: switchboard.Credential{SIPUser: "d7k2m9x", Key: "deskkey"},
		State: call.Paused, Reason: call.PauseSignedIn, Since: someTime,
	}
	d.events[agent] = make(chan switchboard.DeskEvent, 10)
}

// set changes a desk.
func (d *fakeDesks) set(agent call.AgentID, change func(*switchboard.DeskState)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.state[agent]
	change(&s)
	d.state[agent] = s
}

func (d *fakeDesks) SignOut(_ context.Context, agent call.AgentID, why string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.err != nil {
		return d.err
	}
	if _, ok := d.state[agent]; !ok {
		return switchboard.ErrNotSignedIn
	}
	d.did = append(d.did, why+" "+string(agent))
	delete(d.state, agent)
	d.events[agent] <- switchboard.DeskSignedOut{Why: why}
	close(d.events[agent])
	return nil
}

func (d *fakeDesks) Ready(_ context.Context, agent call.AgentID) error { return d.note("ready", agent) }

func (d *fakeDesks) Pause(_ context.Context, agent call.AgentID, reason call.PauseReason) error {
	return d.note("pause "+string(reason), agent)
}

func (d *fakeDesks) WrapUp(_ context.Context, agent call.AgentID, form switchboard.WrapUpForm) error {
	d.mu.Lock()
	d.form = form
	d.mu.Unlock()
	return d.note("wrap up", agent)
}

func (d *fakeDesks) State(agent call.AgentID) (switchboard.DeskState, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, ok := d.state[agent]
	return s, ok
}

// Watch gives the desk's events, the state first.
func (d *fakeDesks) Watch(agent call.AgentID) (<-chan switchboard.DeskEvent, func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, ok := d.state[agent]
	if !ok {
		return nil, func() {}
	}
	d.watchers++
	d.events[agent] <- switchboard.DeskMoved{State: s, Call: "c-1.1"}
	return d.events[agent], func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.watchers--
	}
}

func (d *fakeDesks) watching() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.watchers
}

func (d *fakeDesks) log() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string(nil), d.did...)
}

// fakeGuests invites everybody.
type fakeGuests struct {
	*fakeLines
	err error
}

func newFakeGuests() *fakeGuests { return &fakeGuests{fakeLines: newFakeLines("guestkey")} }

func (g *fakeGuests) Invite(context.Context) (switchboard.Credential, error) {
	return switchboard.Credential{SIPUser: "gabc", Password: "guestpw", Key: "guestkey"}, g.err
}

// fakeLimiter counts, and says no once what is named was counted n times.
type fakeLimiter struct {
	mu    sync.Mutex
	count map[string]int
	err   error
}

func (l *fakeLimiter) allow(_ context.Context, what string, n int, _ time.Duration) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.count == nil {
		l.count = map[string]int{}
	}
	l.count[what]++
	return l.count[what] <= n, l.err
}

// fakeFigures are figures with one number that changes and one that grows by itself.
type fakeFigures struct {
	mu      sync.Mutex
	waiting int
}

func (f *fakeFigures) set(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.waiting = n
}

func (f *fakeFigures) now(now time.Time) any {
	f.mu.Lock()
	defer f.mu.Unlock()
	return map[string]any{
		"at": now.UTC(), "longest_wait_ms": now.UnixMilli(), "calls": map[string]int{"waiting": f.waiting},
		"queues": []map[string]any{{"queue": "field", "longest_wait_ms": now.UnixMilli()}},
	}
}

var someTime = time.Date(2026, 11, 24, 8, 0, 0, 0, time.FixedZone("Asia/Ho_Chi_Minh", 7*3600))

// fakeTickets has as many tickets and calls as are asked for, and one of each by name.
type fakeTickets struct {
	mu     sync.Mutex
	filter ticket.Filter
	calls  ticket.CallFilter
	kept   ticket.RecordingFilter
	past   ticket.HistoryQuery
	err    error
	slow   bool
}

func (f *fakeTickets) Tickets(ctx context.Context, filter ticket.Filter) ([]ticket.Row, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.filter = filter
	if f.slow {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	rows := make([]ticket.Row, filter.Limit)
	for i := range rows {
		rows[i] = ticket.Row{Code: "2632800017", OpenedAt: someTime, Caller: "+842743822022"}
	}
	return rows, f.err
}

func (f *fakeTickets) Ticket(_ context.Context, code string) (ticket.Ticket, error) {
	if code != "2632800017" {
		return ticket.Ticket{}, ErrNotFound
	}
	return ticket.Ticket{Row: ticket.Row{Code: code, OpenedAt: someTime, Caller: "+84908123456", Group: call.Field, Field: "traffic"}}, f.err
}

func (f *fakeTickets) Calls(_ context.Context, filter ticket.CallFilter) ([]ticket.CallRow, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = filter
	ended := someTime.Add(time.Minute)
	rows := make([]ticket.CallRow, min(filter.Limit, 3))
	for i := range rows {
		rows[i] = ticket.CallRow{ID: "bd1-1.1", ArrivedAt: someTime, EndedAt: &ended}
	}
	return rows, f.err
}

func (f *fakeTickets) Call(_ context.Context, id call.ID) (ticket.CallRow, []call.Event, error) {
	if id != "bd1-1.1" {
		return ticket.CallRow{}, nil, ErrNotFound
	}
	return ticket.CallRow{ID: id, ArrivedAt: someTime}, []call.Event{{ID: "bd1-1", At: someTime.UTC(), Call: id, Fact: call.Greeted{}}}, f.err
}

// recordingBytes is what every recording holds.
const recordingBytes = "RIFF....WAVE and some sound"

type closer struct{ *bytes.Reader }

func (closer) Close() error { return nil }

func (f *fakeTickets) Recording(_ context.Context, id call.ID, n int) (io.ReadSeekCloser, time.Time, error) {
	if id != "bd1-1.1" || n > 2 {
		return nil, time.Time{}, ErrNotFound
	}
	return closer{bytes.NewReader([]byte(recordingBytes))}, someTime, f.err
}

func (f *fakeTickets) Recordings(_ context.Context, filter ticket.RecordingFilter) ([]ticket.RecordingRow, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.kept = filter
	rows := make([]ticket.RecordingRow, min(filter.Limit, 2))
	for i := range rows {
		rows[i] = ticket.RecordingRow{Recording: ticket.Recording{Call: "bd1-1.1", N: 1, At: someTime.UTC()}, Key: "2026/bd1-1.1.wav"}
	}
	return rows, f.err
}

func (f *fakeTickets) Peaks(_ context.Context, id call.ID, n int) (recording.Peaks, []ticket.Marker, error) {
	if id != "bd1-1.1" || n > 2 {
		return recording.Peaks{}, nil, ErrNotFound
	}
	return recording.Peaks{DurationMs: 1000, Channels: [][]int{{1, 50}, {0, 2}}}, []ticket.Marker{{Kind: "connected", Vi: "Gặp", En: "Met"}}, f.err
}

func (f *fakeTickets) History(_ context.Context, q ticket.HistoryQuery) ([]ticket.Period, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.past = q
	return nil, f.err
}

func (f *fakeTickets) Staff(context.Context) ([]auth.Person, error) {
	return []auth.Person{
		{ID: "lan", Name: "Nguyễn Thị Lan", Role: auth.Agent}, {ID: "minh", Name: "Trần Văn Minh", Role: auth.Supervisor},
	}, f.err
}

func (f *fakeTickets) asked() ticket.Filter {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.filter
}
