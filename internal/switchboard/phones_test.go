package switchboard

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
)

var errRefused = errors.New("refused by the test")

// fakePhones is a telephone system without telephones. It writes down what it is asked
// for, keeps legs, bridges and accounts as Asterisk would, and what Asterisk would tell
// of them. Synchronous verbs wait behind a running playback, and a citizen whose lease
// runs out is taken back by the dialplan.
type fakePhones struct {
	bequeathed map[call.ID]call.Service // to Asterisk, when the controller dies
	mu         sync.Mutex
	asked      []string
	legs       map[string]*fakeLeg
	bridges    map[string][]string
	phones     map[string]Phone
	parts      map[call.ID]int   // the recordings' parts
	amiss      []string          // what must not be done, and was
	records    map[string]string // names of recordings that go on, and their legs
	paused     map[call.ID]bool  // calls whose recording is paused
	quiet      map[string]bool   // legs of which nothing is heard
	events     []Signal          // not given to the switchboard yet

	// What goes wrong, by the request's first word.
	refuse map[string]error         // nothing is done
	deaf   map[string]error         // done, but the answer is an error
	slow   map[string]time.Duration // the answer takes that long, or as long as it is waited for
}

type fakeLeg struct {
	citizen *CitizenEntered // nil for a desk's leg
	rung    bool
	up      bool
	music   bool
	play    string
	plays   time.Time // until then
	says    string    // what play, or the one before it, says
	lease   *time.Timer
	leased  time.Duration
	hears   string // another leg, of which it is what a supervisor hears by
	whisper bool
}

func newFakePhones() *fakePhones {
	return &fakePhones{
		legs: map[string]*fakeLeg{}, bridges: map[string][]string{}, phones: map[string]Phone{},
		quiet: map[string]bool{}, records: map[string]string{}, parts: map[call.ID]int{}, paused: map[call.ID]bool{},
		refuse: map[string]error{}, deaf: map[string]error{}, slow: map[string]time.Duration{},
	}
}

// do writes the request down and carries it out, with what is to go wrong.
func (f *fakePhones) do(ctx context.Context, request string, effect func() error) error {
	f.mu.Lock()
	f.asked = append(f.asked, request)
	verb, _, _ := strings.Cut(request, " ")
	refuse, deaf, slow := f.refuse[verb], f.deaf[verb], f.slow[verb]
	f.mu.Unlock()
	if err := takes(ctx, slow); err != nil {
		return err
	}
	if refuse != nil {
		return refuse
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := effect(); err != nil {
		return err
	}
	return deaf
}

func takes(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// behind waits for the leg's playback, as a synchronous verb does.
func (f *fakePhones) behind(ctx context.Context, leg string) error {
	f.mu.Lock()
	var rest time.Duration
	if l := f.legs[leg]; l != nil && l.play != "" {
		rest = time.Until(l.plays)
	}
	f.mu.Unlock()
	return takes(ctx, rest)
}

// on is an effect on a leg; ErrGone when there is none.
func (f *fakePhones) on(leg string, effect func(*fakeLeg)) func() error {
	return func() error {
		l := f.legs[leg]
		if l == nil {
			return ErrGone
		}
		effect(l)
		return nil
	}
}

func (f *fakePhones) Play(ctx context.Context, leg, play string, paths []string) error {
	request := fmt.Sprintf("play %s %s %s", leg, play, strings.Join(paths, "+"))
	return f.do(ctx, request, f.on(leg, func(l *fakeLeg) {
		length := time.Duration(len(paths)) * time.Second
		l.play, l.plays, l.says = play, time.Now().Add(length), strings.Join(paths, "+")
		time.AfterFunc(length, func() { f.playOver(leg, play) })
	}))
}

// playOver is a playback's end.
func (f *fakePhones) playOver(leg, play string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stopPlay(leg, play)
}

func (f *fakePhones) stopPlay(leg, play string) {
	if l := f.legs[leg]; l != nil && l.play == play {
		l.play = ""
		id, _ := call.Of(leg)
		f.tell(PlayDone{Call: id, Play: play})
	}
}

func (f *fakePhones) tell(s Signal) { f.events = append(f.events, s) }

func (f *fakePhones) StopPlay(ctx context.Context, play string) error {
	return f.do(ctx, "stop "+play, func() error {
		for leg, l := range f.legs {
			if l.play == play {
				f.stopPlay(leg, play)
				return nil
			}
		}
		return ErrGone
	})
}

func (f *fakePhones) Music(ctx context.Context, leg string, on bool) error {
	return f.do(ctx, fmt.Sprintf("music %s %v", leg, on), f.on(leg, func(l *fakeLeg) { l.music = on }))
}

func (f *fakePhones) Lease(ctx context.Context, leg string, d time.Duration) error {
	if err := f.behind(ctx, leg); err != nil {
		return err
	}
	return f.do(ctx, fmt.Sprintf("lease %s %v", leg, d), f.on(leg, func(l *fakeLeg) { f.setLease(leg, l, d) }))
}

func (f *fakePhones) setLease(leg string, l *fakeLeg, d time.Duration) {
	if l.lease != nil {
		l.lease.Stop()
	}
	l.leased = d
	if d > 0 {
		l.lease = time.AfterFunc(d, func() { f.leave(leg, causeTakenBack) })
	}
}

func (f *fakePhones) MakeBridge(ctx context.Context, bridge string) error {
	return f.do(ctx, "bridge "+bridge, func() error {
		if _, there := f.bridges[bridge]; !there {
			f.bridges[bridge] = []string{}
		}
		return nil
	})
}

func (f *fakePhones) RemoveBridge(ctx context.Context, bridge string) error {
	return f.do(ctx, "unbridge "+bridge, func() error {
		delete(f.bridges, bridge)
		return nil
	})
}

func (f *fakePhones) Join(ctx context.Context, bridge, leg string) error {
	if err := f.behind(ctx, leg); err != nil {
		return err
	}
	return f.do(ctx, fmt.Sprintf("join %s %s", bridge, leg), func() error {
		if _, there := f.bridges[bridge]; !there || f.legs[leg] == nil {
			return ErrGone
		}
		f.part(leg)
		f.bridges[bridge] = append(f.bridges[bridge], leg)
		return nil
	})
}

func (f *fakePhones) part(leg string) {
	for bridge, members := range f.bridges {
		f.bridges[bridge] = slices.DeleteFunc(members, func(m string) bool { return m == leg })
	}
}

func (f *fakePhones) Part(ctx context.Context, bridge, leg string) error {
	return f.do(ctx, fmt.Sprintf("part %s %s", bridge, leg), func() error {
		if !slices.Contains(f.bridges[bridge], leg) {
			return ErrGone
		}
		f.part(leg)
		return nil
	})
}

func (f *fakePhones) NextPart(ctx context.Context, id call.ID, n int, paused bool) error {
	leg := string(id)
	if err := f.behind(ctx, leg); err != nil {
		return err
	}
	return f.do(ctx, fmt.Sprintf("part-of-recording %s %d %v", id, n, paused), f.on(leg, func(l *fakeLeg) {
		for bridge, members := range f.bridges {
			if slices.Contains(members, leg) {
				f.amiss = append(f.amiss, fmt.Sprintf("%s begins part %d in the bridge %s", id, n, bridge))
			}
		}
		if n <= f.parts[id] || n < 2 {
			f.amiss = append(f.amiss, fmt.Sprintf("part %d of %s is written over", n, id))
		}
		f.part(leg)
		f.parts[id], l.music = n, false
		f.tell(*l.citizen)
	}))
}

func (f *fakePhones) Invite(ctx context.Context, leg, sipUser string, id call.ID, _ string) error {
	return f.do(ctx, fmt.Sprintf("invite %s %s", leg, sipUser), func() error {
		if f.legs[leg] != nil {
			return ErrGone
		}
		f.legs[leg] = &fakeLeg{}
		f.tell(LegEntered{Call: id, Leg: leg})
		return nil
	})
}

func (f *fakePhones) InviteOutside(ctx context.Context, leg, number, callerID string, id call.ID) error {
	return f.do(ctx, fmt.Sprintf("outside %s %s %s", leg, number, callerID), func() error {
		if f.legs[leg] != nil {
			return ErrGone
		}
		f.legs[leg] = &fakeLeg{}
		f.tell(LegEntered{Call: id, Leg: leg})
		return nil
	})
}

// Bequeath is remembered.
func (f *fakePhones) Bequeath(_ context.Context, id call.ID, service call.Service) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.bequeathed == nil {
		f.bequeathed = map[call.ID]call.Service{}
	}
	f.bequeathed[id] = service
	return nil
}

func (f *fakePhones) InviteDestination(ctx context.Context, leg string, to emergency.Rung, callerID string, headers []emergency.Header, id call.ID) error {
	return f.do(ctx, fmt.Sprintf("destination %s %s %s %s", leg, to.Address, callerID, headers), func() error {
		if f.legs[leg] != nil {
			return ErrGone
		}
		f.legs[leg] = &fakeLeg{}
		f.tell(LegEntered{Call: id, Leg: leg})
		return nil
	})
}

// Received counts fifty packets in a second.
func (f *fakePhones) Received(ctx context.Context, leg string) (int, error) {
	packets := 0
	err := f.do(ctx, "count "+leg, f.on(leg, func(*fakeLeg) {
		if !f.quiet[leg] {
			packets = int(time.Now().UnixMilli() / 20)
		}
	}))
	return packets, err
}

// up lets a leg be answered. A citizen whom we called is in no bridge then.
func (f *fakePhones) up(leg string) {
	f.legs[leg].up = true
	if _, citizen := call.CalledLeg(leg); citizen {
		f.part(leg)
	}
}

func (f *fakePhones) NextPartOutside(ctx context.Context, leg string, n int) error {
	return f.do(ctx, fmt.Sprintf("nextpart %s %d", leg, n), f.on(leg, func(*fakeLeg) {
		id, _ := call.Of(leg)
		f.tell(LegUp{Call: id, Leg: leg})
	}))
}

func (f *fakePhones) Ring(ctx context.Context, leg string, atMost time.Duration) error {
	return f.do(ctx, fmt.Sprintf("ring %s %v", leg, atMost), func() error {
		if l := f.legs[leg]; l == nil || l.rung {
			return ErrGone
		}
		f.legs[leg].rung = true
		return nil
	})
}

func (f *fakePhones) Hangup(ctx context.Context, leg string) error {
	return f.do(ctx, "hangup "+leg, func() error {
		f.gone(leg, causeNormal)
		return nil
	})
}

// leave ends a leg from outside.
func (f *fakePhones) leave(leg string, cause int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.gone(leg, cause)
}

func (f *fakePhones) gone(leg string, cause int) {
	l := f.legs[leg]
	if l == nil {
		return
	}
	if l.lease != nil {
		l.lease.Stop()
	}
	f.part(leg)
	delete(f.legs, leg)
	id, _ := call.Of(leg)
	f.tell(LegGone{Call: id, Leg: leg, Cause: cause})
	for name, of := range f.records {
		if of == leg {
			f.recorded(name, 0)
		}
	}
	for _, other := range slices.Sorted(maps.Keys(f.legs)) {
		if f.legs[other] != nil && f.legs[other].hears == leg {
			f.gone(other, causeNormal)
		}
	}
}

func (f *fakePhones) Record(ctx context.Context, leg, name string, longest, silence time.Duration, beep bool) error {
	request := fmt.Sprintf("record %s %s %v %v %v", leg, name, longest, silence, beep)
	return f.do(ctx, request, f.on(leg, func(*fakeLeg) {
		f.records[name] = leg
		time.AfterFunc(longest, func() { f.set(func() { f.recorded(name, int(longest.Seconds())) }) })
	}))
}

func (f *fakePhones) StopRecord(ctx context.Context, name string) error {
	return f.do(ctx, "unrecord "+name, func() error {
		if f.records[name] == "" {
			return ErrGone
		}
		f.recorded(name, 7)
		return nil
	})
}

// recorded is a recording's end.
func (f *fakePhones) recorded(name string, seconds int) {
	if leg, on := f.records[name]; on {
		delete(f.records, name)
		id, _ := call.Of(leg)
		f.tell(RecordDone{Call: id, Name: name, Length: time.Duration(seconds) * time.Second, Heard: time.Duration(seconds) * time.Second})
	}
}

func (f *fakePhones) AddPhone(ctx context.Context, p Phone) error {
	return f.do(ctx, "add "+p.SIPUser, func() error {
		f.phones[p.SIPUser] = p
		return nil
	})
}

func (f *fakePhones) RemovePhone(ctx context.Context, sipUser string) error {
	return f.do(ctx, "remove "+sipUser, func() error {
		delete(f.phones, sipUser)
		return nil
	})
}

// set changes what the phones do.
func (f *fakePhones) set(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
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

// count is how many requests begin with prefix.
func (f *fakePhones) count(prefix string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, request := range f.asked {
		if strings.HasPrefix(request, prefix) {
			n++
		}
	}
	return n
}

// since gives the requests from the n-th on, and how many there are now.
func (f *fakePhones) since(n int) ([]string, int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.asked[n:]), len(f.asked)
}

// left is every leg and bridge that is still there: none, when all calls have ended.
func (f *fakePhones) left() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	left := slices.Collect(maps.Keys(f.legs))
	left = slices.AppendSeq(left, maps.Keys(f.bridges))
	slices.Sort(left)
	return left
}

// leg is a copy of what is known of a leg; the zero leg when there is none.
func (f *fakePhones) leg(leg string) fakeLeg {
	f.mu.Lock()
	defer f.mu.Unlock()
	if l := f.legs[leg]; l != nil {
		return *l
	}
	return fakeLeg{}
}

func (f *fakePhones) members(bridge string) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.bridges[bridge])
}

// truth is what a controller reads after a connect.
func (f *fakePhones) truth() Truth {
	f.mu.Lock()
	defer f.mu.Unlock()
	t := Truth{Up: map[string]bool{}, Bridges: map[string][]string{}, Parts: maps.Clone(f.parts)}
	for _, id := range slices.Sorted(maps.Keys(f.legs)) {
		l := f.legs[id]
		if l.citizen != nil {
			t.Citizens = append(t.Citizens, *l.citizen)
			continue
		}
		t.Legs = append(t.Legs, id)
		t.Up[id] = l.up
	}
	for bridge, members := range f.bridges {
		t.Bridges[bridge] = slices.Clone(members)
	}
	t.Phones = slices.Sorted(maps.Keys(f.phones))
	return t
}

// takeEvents hands out what was not told yet.
func (f *fakePhones) takeEvents() []Signal {
	f.mu.Lock()
	defer f.mu.Unlock()
	events := f.events
	f.events = nil
	return events
}
