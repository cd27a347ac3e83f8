package switchboard

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
	"hotline1022/ivr/flow"
)

// Options are the times that the switchboard works by.
type Options struct {
	Node string // first part of every call's id

	Lease          time.Duration // how long a citizen may be without an owner; renewed at a third of it
	RingTime       time.Duration // how long a desk is rung
	FirstPosition  time.Duration // waiting before the position is said first
	RequestTimeout time.Duration // longest wait for one request to the phones
	DeskGrace      time.Duration // how long a desk may be without its socket
	DeskReturn     time.Duration // how long a citizen is kept for the agent whose desk was lost; 0 not at all

	CallbackAfter  time.Duration // expected wait from which callers are offered to be called back; 0 never
	CitizenFirst   bool          // callbacks ring the citizen, and then the agent; otherwise the agent first
	CallerID       string        // that citizens see who are called back
	LongestMessage time.Duration // of voicemail; 2 min
	MessageSilence time.Duration // … which ends after that much of it; 8 s
	HoldReminder   time.Duration // how long a hold lasts until both are reminded of it, and again; 0 never
	Survey         bool          // whoever talked is asked how it was, when the agent has hung up
}

// Deps is everything the switchboard works with.
type Deps struct {
	Phones   Phones
	Recorder Recorder // nil: no voicemail
	Outside  Outside  // nil: nobody outside is called
	Policy   Policy   // who may be; to be there when Outside is
	// Destinations is nil where there is no way out: agents have emergencies alone.
	Destinations Destinations
	Supervisors  Supervisors // nil: there are none
	Prompts      Prompts
	Notice       Notice // nil: there is never one
	Journal      Journal
	Recordings   Recordings
	Listener     Listener  // nil: nobody is listened to
	Pauser       Pauser    // nil: no recording is paused
	Sound        Sound     // nil: a desk without its socket is lost after the grace time
	Messages     *Messages // nil: there are none of before
	Roster       Roster
	Desks        DeskStore
	Line         acd.Config
	Flow         *flow.Flow
	Options      Options
	Log          *slog.Logger
}

// Board is the switchboard: it gives every signal and decision to the call that
// it belongs to, and begins a call for every citizen who enters.
type Board struct {
	phones       Phones
	recorder     Recorder
	outside      Outside
	policy       Policy
	destinations Destinations
	supervisors  Supervisors
	prompts      Prompts
	notice       Notice
	journal      Journal
	recordings   Recordings
	opts         Options
	log          *slog.Logger

	line   *acd.Runner
	queues atomic.Pointer[map[string]acd.Queue]
	flow   atomic.Pointer[flow.Flow]
	plan   atomic.Pointer[emergency.Plan]
	desks  *Desks
	guests *Guests
	ears   *Ears
	pauser Pauser
	sound  Sound

	made atomic.Int64 // calls that agents made

	mu        sync.Mutex
	drills    map[string]*Drill // that are expected, by the number they come from
	sessions  map[call.ID]*session
	recalls   map[call.ID]*recall
	handovers map[call.ID]HandoverInfo
	ended     endings
	// insisting is what legs, bridges and accounts are being removed against refusals.
	insisting map[string]bool
	ctx       context.Context // ends the owners; nil before Start and after Stop
	stop      context.CancelFunc
	owners    sync.WaitGroup
}

// New builds a switchboard. Nothing runs before Start.
func New(d Deps) *Board {
	b := &Board{
		phones: d.Phones, recorder: d.Recorder, outside: d.Outside, policy: d.Policy, destinations: d.Destinations, supervisors: d.Supervisors, prompts: d.Prompts, notice: d.Notice, journal: d.Journal, recordings: d.Recordings,
		opts: d.Options, log: d.Log, sessions: map[call.ID]*session{}, drills: map[string]*Drill{}, ended: newEndings(),
		insisting: map[string]bool{}, recalls: map[call.ID]*recall{}, handovers: map[call.ID]HandoverInfo{},
	}
	b.flow.Store(d.Flow)
	b.line = acd.NewRunner(b.take(d.Line), b.decided)
	b.desks = newDesks(b, d.Roster, d.Desks, cmp.Or(d.Messages, NewMessages()))
	b.guests = newGuests(d.Phones, d.Log)
	b.ears, b.pauser, b.sound = newEars(b, d.Listener), d.Pauser, d.Sound
	return b
}

// Desks is where agents sign in and out.
func (b *Board) Desks() *Desks { return b.desks }

// Guests is where citizens' browsers get an account for one call.
func (b *Board) Guests() *Guests { return b.guests }

// Ears is where supervisors listen.
func (b *Board) Ears() *Ears { return b.ears }

// Flow is the menus in use.
func (b *Board) Flow() *flow.Flow { return b.flow.Load() }

// SetFlow takes new menus into use for calls that enter from now on.
func (b *Board) SetFlow(f *flow.Flow) { b.flow.Store(f) }

// SetLine takes new queues, skills and strategies into use. Nobody who waits loses
// their place.
func (b *Board) SetLine(cfg acd.Config) { b.line.Reload(b.take(cfg)) }

// take keeps the queues.
func (b *Board) take(cfg acd.Config) acd.Config {
	queues := make(map[string]acd.Queue, len(cfg.Queues))
	for _, q := range cfg.Queues {
		queues[q.Name] = q
	}
	b.queues.Store(&queues)
	return cfg
}

// Start makes the switchboard take signals. Call Adopt with the truth before the
// first of them.
func (b *Board) Start(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ctx != nil {
		return nil
	}
	if err := b.line.Start(ctx); err != nil {
		return err
	}
	b.ctx, b.stop = context.WithCancel(ctx)
	return nil
}

// Stop ends the owners and leaves their calls alone in Asterisk.
func (b *Board) Stop() {
	b.mu.Lock()
	if b.ctx == nil {
		b.mu.Unlock()
		return
	}
	b.stop()
	b.ctx = nil
	b.mu.Unlock()
	b.owners.Wait()
	b.desks.stop()
	b.guests.stop()
	b.ears.stop()
	b.line.Stop()
}

// Signal takes what the phones report. It never blocks.
func (b *Board) Signal(signal Signal) {
	if b.ears.signal(signal) {
		return
	}
	id := signal.Of()
	if gone, ok := signal.(LegGone); ok && b.policy != nil {
		b.policy.Ended(gone.Leg)
	}
	if b.deliver(id, reported{signal}) {
		return
	}
	if entered, ok := signal.(CitizenEntered); ok {
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.sessions[id] == nil && !b.over(id) {
			b.begin(entered, func(s *session) { s.arrive(entered) })
		}
		return
	}
	b.late(signal)
}

// begin makes an owner for the citizen, who takes the call on; b.mu is held.
func (b *Board) begin(entered CitizenEntered, take func(*session)) {
	if b.ctx == nil {
		return
	}
	s := &session{
		id: entered.Call, board: b, mail: newMailbox(), stage: call.Arriving, lang: call.Vietnamese, unended: map[string]bool{},
		caller: entered.Caller, drill: b.drills[entered.Caller], log: b.log.With(slog.String("call", string(entered.Call))),
	}
	b.sessions[s.id] = s
	b.guests.callBegan(s.caller)
	ctx := b.ctx
	b.owners.Go(func() {
		defer b.forget(s)
		take(s)
		s.run(ctx)
	})
}

// forget is the end of a call's owner. What is left in the mailbox came too late.
func (b *Board) forget(s *session) {
	b.mu.Lock()
	delete(b.sessions, s.id)
	delete(b.handovers, s.id)
	if s.stage == call.Ended {
		b.ended.add(s.id, time.Now())
	}
	b.mu.Unlock()
	if s.stage != call.Ended {
		return // goes on without us
	}
	for msg, ok := s.mail.next(); ok; msg, ok = s.mail.next() {
		switch m := msg.(type) {
		case reported:
			b.late(m.signal)
		case command:
			m.done <- ErrNotYourCall
		case recordingAsked:
			m.answer <- ErrNotTalking
		case askedBack:
			if !m.taken {
				b.line.Leave(s.id) // nobody is there to wait
			}
		}
	}
	b.guests.callEnded(s.caller)
}

// decided takes what the line decides, on the line's goroutine: facts first, in
// the line's own order, then whoever has to act on them.
func (b *Board) decided(decision acd.Decision) {
	switch d := decision.(type) {
	case acd.OfferMade:
		b.journal.Append(d.Call, call.Offered{Offer: d.Offer, Agent: d.Agent})
		b.deliver(d.Call, decided{d})
	case acd.OfferClosed:
		b.journal.Append(d.Call, call.OfferClosed{Offer: d.Offer, Agent: d.Agent, How: d.How, TakenBy: takenBy(d)})
		b.deliver(d.Call, decided{d})
	case acd.AgentMoved:
		b.journal.Append(d.Call, call.AgentMoved{Agent: d.Agent, From: d.From, To: d.To, Reason: d.Reason})
		b.desks.moved(d)
		if d.To == call.AgentTalking {
			b.deliver(d.Call, decided{d})
		}
	case acd.WrapUpExtended:
		b.desks.extended(d)
	case acd.Regained:
		b.deliver(d.Call, decided{d})
	case acd.CallMoved:
		if d.From != d.To {
			b.journal.Append(d.Call, call.QueueMoved{From: d.From, To: d.To, Why: "moved"})
		}
		b.deliver(d.Call, decided{d})
	case acd.Overflowed:
		if d.To.To == acd.ToQueue {
			b.journal.Append(d.Call, call.QueueMoved{From: d.From, To: d.To.Queue, Why: "waited"})
		}
		b.deliver(d.Call, decided{d})
	case acd.Declined:
		b.deliver(d.Call, decided{d})
	case acd.CallbackRetry:
		b.deliver(d.Call, decided{d})
	case acd.CallbackClosed:
		b.deliver(d.Call, decided{d})
	case acd.Nobody:
		b.log.Error("an emergency waits and no agent can be had", slog.String("call", string(d.Call)))
		b.deliver(d.Call, decided{d})
	}
}

// deliver puts a message into the call's mailbox; false when the call has no owner.
func (b *Board) deliver(id call.ID, msg message) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r := b.recalls[id]; r != nil && r.wants(msg) {
		r.mail.put(msg)
		return true
	}
	s := b.sessions[id]
	if s != nil {
		s.mail.put(msg) // before the owner can be forgotten, who sees to what it leaves
	}
	return s != nil
}

func (b *Board) queue(name string) (acd.Queue, bool) {
	q, ok := (*b.queues.Load())[name]
	return q, ok
}

// Calls is how many calls have an owner.
func (b *Board) Calls() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.sessions)
}

// Alive says whether the call, or its callback, has an owner.
func (b *Board) Alive(id call.ID) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.sessions[id] != nil || b.recalls[id] != nil
}
