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
	Outbound bool         // the agent makes the call: their desk answers by itself
	From     call.AgentID // who asks for advice or gives the call away; "" when it is the line
	How      OfferHow     // … and what they want
	Back     bool         // the agent had this citizen a moment ago, and was cut off

	Recorded     bool      // the conversation is recorded, and that can be paused
	RecordingOff time.Time // the recording is paused, by then at the longest; zero if it is not
}

// DeskState is one desk as its agent sees it.
type DeskState struct {
	Agent       call.AgentID
	Phone       Credential
	State       call.AgentState
	Reason      call.PauseReason
	Since       time.Time
	WrapUpUntil time.Time  // zero but in wrap_up
	Offer       *OfferInfo // ringing or talking
	Talk        *TalkInfo  // how the conversation stands, once something was done in it
	Kept        *Kept      // the desk was lost, and is waited for
	Connected   bool       // its softphone has a socket
}

// WrapUpForm is what an agent writes down after a conversation.
type WrapUpForm struct {
	Call    call.ID
	Topic   call.Topic
	Note    string
	Citizen string // their name, when they said it
	Place   call.Place
	Ready   bool // take calls again; otherwise pause
}

// Desks is where agents are signed in. The line owns the agents' states; the desks
// own accounts, sockets and what the agents' pages are told. Its lock is held for
// moments only and never over a request; the line is told of sign-in, loss and
// sign-out under it, so that it hears of them in the order in which they came about.
type Desks struct {
	board  *Board
	roster Roster
	store  DeskStore
	log    *slog.Logger

	messages *Messages

	mu      sync.Mutex
	byAgent map[call.AgentID]*desk
	byKey   map[string]*desk
	waiting bool                        // for the first truth, before which nothing is told of restored desks
	took    map[call.AgentID][2]call.ID // calls that the agent may still write a form for, newest first
	writing map[call.AgentID]bool       // being remembered; true when there is something newer
	cutOffs map[call.AgentID]*cutOff
}

type desk struct {
	agent call.AgentID
	phone Phone
	key   string
	done  chan struct{} // closed when the desk is signed out

	lines   int              // open SIP sockets
	lost    *time.Timer      // runs while there are none
	resume  bool             // was taking calls before a restart, and will when its phone is back
	pausing call.PauseReason // asked for during a call, for after it

	state       call.AgentState
	reason      call.PauseReason
	since       time.Time
	wrapUpUntil time.Time
	offer       *OfferInfo
	talk        *TalkInfo // of that call, once something was done in it

	watchers map[*watcher]struct{}
}

func newDesks(b *Board, roster Roster, store DeskStore, messages *Messages) *Desks {
	return &Desks{
		board: b, roster: roster, store: store, messages: messages, log: b.log,
		byAgent: map[call.AgentID]*desk{}, byKey: map[string]*desk{}, waiting: true,
		took: map[call.AgentID][2]call.ID{}, writing: map[call.AgentID]bool{},
		cutOffs: map[call.AgentID]*cutOff{},
	}
}

// SignIn gives the agent a desk with an account of its own. A desk that the agent
// had elsewhere is signed out, once the new one is made. ErrOffShift when the roster
// says no.
func (d *Desks) SignIn(ctx context.Context, agent call.AgentID) (Credential, error) {
	if !d.mayStay(agent) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.notBack(agent)
		return Credential{}, ErrOffShift
	}
	phone := newPhone("d", DeskPhone)
	saved := SavedDesk{Agent: agent, SIPUser: phone.SIPUser, Password: phone.Password, Key: secret()}
	if err := d.open(ctx, saved, false); err != nil {
		return Credential{}, err
	}
	d.remember(agent)
	return Credential{SIPUser: phone.SIPUser, Password: phone.Password, Key: saved.Key}, nil
}

// mayStay says whether the roster lets the agent have a desk: at the end of their shift for
// the citizen whom they talk with, or who is on hold for them, and for nobody else.
func (d *Desks) mayStay(agent call.AgentID) bool {
	d.mu.Lock()
	k := d.byAgent[agent]
	talking := k != nil && k.state == call.AgentTalking || d.kept(agent) != nil
	d.mu.Unlock()
	return d.roster.MayStay(time.Now(), agent, talking)
}

// open makes the account and the desk, which is lost when it has no socket after the
// grace time.
func (d *Desks) open(ctx context.Context, saved SavedDesk, restored bool) error {
	grace := d.board.opts.DeskGrace
	if restored {
		grace += backAfterRestart
	}
	phone := Phone{SIPUser: saved.SIPUser, Password: saved.Password, Kind: DeskPhone}
	if err := d.addPhone(ctx, phone); err != nil {
		d.board.insist("remove a desk's account that may be half made", d.board.phones.RemovePhone, phone.SIPUser)
		return fmt.Errorf("making the desk's account: %w", err)
	}
	k := &desk{
		agent: saved.Agent, phone: phone, key: saved.Key, done: make(chan struct{}),
		state: call.Offline, since: time.Now(), resume: saved.Ready, watchers: map[*watcher]struct{}{},
	}
	d.mu.Lock()
	older := d.byAgent[k.agent]
	var inCall *OfferInfo
	if older != nil {
		d.cut(older)
		inCall = d.drop(older, "replaced")
	}
	d.byAgent[k.agent], d.byKey[k.key] = k, k
	k.lost = time.AfterFunc(grace, func() { d.lose(k) })
	if !restored || !d.waiting {
		d.signIn(k)
	}
	d.mu.Unlock()
	if older != nil {
		d.dropped(older, inCall)
	}
	return nil
}

func (d *Desks) addPhone(ctx context.Context, phone Phone) error {
	return d.board.once(ctx, func(ctx context.Context, _ string) error { return d.board.phones.AddPhone(ctx, phone) }, phone.SIPUser)
}

// signIn takes the desk's agent into the line, or leaves them there; d.mu is held.
func (d *Desks) signIn(k *desk) {
	d.board.line.SignIn(acd.Agent{ID: k.agent})
}

// SignOut removes desk, account and contact. The socket goes with the desk, so a
// conversation cannot go on there: its citizen is back in line.
func (d *Desks) SignOut(_ context.Context, agent call.AgentID, why string) error {
	d.mu.Lock()
	k, ok := d.byAgent[agent]
	if !ok {
		d.mu.Unlock()
		return ErrNotSignedIn
	}
	d.notBack(agent)
	inCall := d.drop(k, why)
	d.mu.Unlock()
	d.dropped(k, inCall)
	d.remember(agent)
	return nil
}

// drop takes the desk away and tells whom it was about to talk or talking to; d.mu is
// held.
func (d *Desks) drop(k *desk, why string) (inCall *OfferInfo) {
	delete(d.byAgent, k.agent)
	delete(d.byKey, k.key)
	k.lost.Stop()
	d.board.line.SignOut(k.agent)
	k.tell(DeskSignedOut{Why: why})
	close(k.done)
	return k.offer
}

// dropped does what is left to do when the desk is away.
func (d *Desks) dropped(k *desk, inCall *OfferInfo) {
	if inCall != nil {
		d.board.deliver(inCall.Call, deskLost{offer: inCall.ID})
	}
	d.board.insist("remove a desk's account", d.board.phones.RemovePhone, k.phone.SIPUser)
}

// State is the agent's desk now.
func (d *Desks) State(agent call.AgentID) (DeskState, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.byAgent[agent]
	if !ok {
		return DeskState{}, false
	}
	return d.snapshot(k), true
}

// snapshot is the desk as its agent sees it; d.mu is held.
func (d *Desks) snapshot(k *desk) DeskState {
	return DeskState{
		Agent: k.agent, Phone: Credential{SIPUser: k.phone.SIPUser, Key: k.key},
		State: k.state, Reason: k.reason, Since: k.since, WrapUpUntil: k.wrapUpUntil, Offer: k.offer, Talk: k.talk,
		Kept: d.kept(k.agent), Connected: k.lines > 0,
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
