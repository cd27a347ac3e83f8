package switchboard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// Errors of the desks; the web tells people what to do about them.
var (
	ErrNotSignedIn = errors.New("this agent has no desk")
	ErrOffShift    = errors.New("this agent is not on the current shift")
	ErrNoPhone     = errors.New("the desk's softphone is not connected")
	ErrNotYourCall = errors.New("this agent did not take that call")
)

// Credential is what a softphone signs in with. Key names its SIP socket.
type Credential struct {
	SIPUser  string
	Password string
	Key      string
}

// OfferInfo is what an agent sees of a call, while it rings and while they talk.
type OfferInfo struct {
	ID       call.OfferID
	Call     call.ID
	Agent    call.AgentID
	Caller   string
	Topic    call.Topic
	Language call.Language
	QueuedAt time.Time
	Ticket   string
}

// DeskState is one desk as its agent sees it.
type DeskState struct {
	Agent       call.AgentID
	Phone       Credential
	State       call.AgentState
	Reason      call.PauseReason
	Since       time.Time
	WrapUpUntil time.Time  // zero but in wrap_up
	Offer       *OfferInfo // ringing, talking or in wrap-up
}

// WrapUpForm is what an agent writes down after a conversation.
type WrapUpForm struct {
	Call  call.ID
	Topic call.Topic
	Note  string
	Ready bool // take calls again; otherwise pause
}

// Desks is where agents are signed in. The line owns the agents' states; the desks
// own accounts, sockets and what the agents' pages are told. Its lock is held for
// moments only and never over a request.
type Desks struct {
	board  *Board
	roster Roster
	store  DeskStore
	limit  time.Duration // of wrap-up
	log    *slog.Logger

	mu      sync.Mutex
	byAgent map[call.AgentID]*desk
	byKey   map[string]*desk
}

type desk struct {
	agent call.AgentID
	phone Phone
	key   string
	done  chan struct{} // closed when the desk is signed out

	lines  int         // open SIP sockets
	lost   *time.Timer // runs while there are none
	resume bool        // was taking calls before a restart, and will when its socket is back

	state       call.AgentState
	reason      call.PauseReason
	since       time.Time
	wrapUpUntil time.Time
	offer       *OfferInfo
	last        [2]call.ID // calls that a form may still be written for

	watchers map[*watcher]struct{}
}

func newDesks(b *Board, roster Roster, store DeskStore, line acd.Config) *Desks {
	return &Desks{
		board: b, roster: roster, store: store, limit: line.WrapUpLimit, log: b.log,
		byAgent: map[call.AgentID]*desk{}, byKey: map[string]*desk{},
	}
}

// SignIn gives the agent a desk with an account of its own. A desk that the agent
// had elsewhere is signed out first. ErrOffShift when the roster says no.
func (d *Desks) SignIn(ctx context.Context, agent call.AgentID) (Credential, error) {
	if !d.roster.OnShift(time.Now(), agent) {
		return Credential{}, ErrOffShift
	}
	if err := d.SignOut(ctx, agent, "replaced"); err != nil && !errors.Is(err, ErrNotSignedIn) {
		return Credential{}, err
	}
	saved := SavedDesk{Agent: agent, Key: secret()}
	phone := newPhone("d", DeskPhone)
	saved.SIPUser, saved.Password = phone.SIPUser, phone.Password
	if err := d.open(ctx, saved); err != nil {
		return Credential{}, err
	}
	d.save(ctx, agent)
	return Credential{SIPUser: phone.SIPUser, Password: phone.Password, Key: saved.Key}, nil
}

// open makes the account and the desk.
func (d *Desks) open(ctx context.Context, saved SavedDesk) error {
	phone := Phone{SIPUser: saved.SIPUser, Password: saved.Password, Kind: DeskPhone}
	if err := d.board.phones.AddPhone(ctx, phone); err != nil {
		return fmt.Errorf("making the desk's account: %w", err)
	}
	k := &desk{
		agent: saved.Agent, phone: phone, key: saved.Key, done: make(chan struct{}),
		state: call.Offline, since: time.Now(), resume: saved.Ready, watchers: map[*watcher]struct{}{},
	}
	k.lost = time.AfterFunc(d.board.opts.DeskGrace, func() { d.lose(k) })
	d.mu.Lock()
	d.byAgent[k.agent], d.byKey[k.key] = k, k
	d.mu.Unlock()
	d.board.line.SignIn(acd.Agent{ID: k.agent, Skills: d.board.allQueues()})
	return nil
}

// SignOut removes desk, account and contact. A conversation is finished first by
// whoever talks: its leg is not cut.
func (d *Desks) SignOut(ctx context.Context, agent call.AgentID, why string) error {
	d.mu.Lock()
	k, ok := d.byAgent[agent]
	if !ok {
		d.mu.Unlock()
		return ErrNotSignedIn
	}
	delete(d.byAgent, agent)
	delete(d.byKey, k.key)
	k.lost.Stop()
	inCall := k.offer
	k.tell(DeskSignedOut{Why: why})
	d.mu.Unlock()

	close(k.done)
	if inCall != nil {
		// The socket goes with the desk, so the conversation cannot go on there.
		d.board.deliver(inCall.Call, deskLost{agent: agent})
	}
	d.board.line.SignOut(agent)
	if err := d.store.Delete(ctx, agent); err != nil {
		d.log.Warn("a desk stays remembered", slog.String("agent", string(agent)), slog.Any("error", err))
	}
	if err := d.board.phones.RemovePhone(ctx, k.phone.SIPUser); err != nil && !errors.Is(err, ErrGone) {
		return fmt.Errorf("removing the desk's account: %w", err)
	}
	return nil
}

// Ready makes the agent take calls. ErrNoPhone while the softphone has no socket.
func (d *Desks) Ready(_ context.Context, agent call.AgentID) error {
	d.mu.Lock()
	k, ok := d.byAgent[agent]
	up := ok && k.lines > 0
	d.mu.Unlock()
	switch {
	case !ok:
		return ErrNotSignedIn
	case !up:
		return ErrNoPhone
	case !d.roster.OnShift(time.Now(), agent):
		return ErrOffShift
	}
	d.board.line.Ready(agent)
	return nil
}

// Pause stops new offers; during a call it takes effect after it.
func (d *Desks) Pause(_ context.Context, agent call.AgentID, reason call.PauseReason) error {
	d.mu.Lock()
	_, ok := d.byAgent[agent]
	d.mu.Unlock()
	if !ok {
		return ErrNotSignedIn
	}
	d.board.line.Pause(agent, reason)
	return nil
}

// WrapUp keeps the form and ends the wrap-up. A form for a call of which the
// wrap-up ran out is kept too.
func (d *Desks) WrapUp(_ context.Context, agent call.AgentID, form WrapUpForm) error {
	d.mu.Lock()
	k, ok := d.byAgent[agent]
	if !ok {
		d.mu.Unlock()
		return ErrNotSignedIn
	}
	mine := form.Call != "" && (k.last[0] == form.Call || k.last[1] == form.Call)
	ending := k.state == call.WrapUp && k.last[0] == form.Call
	d.mu.Unlock()
	if !mine {
		return ErrNotYourCall
	}
	d.board.journal.Append(form.Call, call.WrappedUp{Agent: agent, Topic: form.Topic, Note: form.Note})
	if ending {
		d.board.line.WrappedUp(agent, form.Ready)
	}
	return nil
}

// State is the agent's desk now.
func (d *Desks) State(agent call.AgentID) (DeskState, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.byAgent[agent]
	if !ok {
		return DeskState{}, false
	}
	return k.snapshot(), true
}

func (k *desk) snapshot() DeskState {
	return DeskState{
		Agent: k.agent, Phone: Credential{SIPUser: k.phone.SIPUser, Key: k.key},
		State: k.state, Reason: k.reason, Since: k.since, WrapUpUntil: k.wrapUpUntil, Offer: k.offer,
	}
}

// Restore takes up the desks that were signed in when the controller ended. Their
// accounts may still be in Asterisk; making them again changes nothing.
func (d *Desks) Restore(ctx context.Context) error {
	saved, err := d.store.All(ctx)
	if err != nil {
		return fmt.Errorf("reading the desks that were signed in: %w", err)
	}
	for _, s := range saved {
		if !d.roster.OnShift(time.Now(), s.Agent) {
			continue
		}
		if err := d.open(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// renew makes every desk's account again, for an Asterisk that was started anew.
func (d *Desks) renew(ctx context.Context) error {
	d.mu.Lock()
	phones := make([]Phone, 0, len(d.byAgent))
	for _, k := range d.byAgent {
		phones = append(phones, k.phone)
	}
	d.mu.Unlock()
	for _, p := range phones {
		if err := d.board.phones.AddPhone(ctx, p); err != nil {
			return fmt.Errorf("making a desk's account again: %w", err)
		}
	}
	return nil
}

// save remembers the desk for a restart, off the call path.
func (d *Desks) save(ctx context.Context, agent call.AgentID) {
	d.mu.Lock()
	k, ok := d.byAgent[agent]
	var saved SavedDesk
	if ok {
		saved = SavedDesk{
			Agent: agent, SIPUser: k.phone.SIPUser, Password: k.phone.Password, Key: k.key,
			Ready: k.state != call.Paused && k.state != call.Offline,
		}
	}
	d.mu.Unlock()
	if !ok {
		return
	}
	if err := d.store.Save(ctx, saved); err != nil {
		d.log.Warn("a desk is not remembered; after a restart it must sign in again",
			slog.String("agent", string(agent)), slog.Any("error", err))
	}
}

func (d *Desks) stop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, k := range d.byAgent {
		k.lost.Stop()
		for w := range k.watchers {
			w.close()
		}
		clear(k.watchers)
	}
}
