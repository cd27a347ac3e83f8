package switchboard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"hotline1022/internal/call"
)

// Errors of supervisors; the web tells people what to do about them.
var (
	ErrNotTalking = errors.New("this agent is not in a conversation")
	ErrYourself   = errors.New("nobody listens to themselves")
	ErrNoEars     = errors.New("nobody can be listened to here")
)

// Listener makes legs that hear others'. It need not be there: then nobody is listened to.
type Listener interface {
	// Listen makes the leg snoopLeg, which hears both sides of the other and says nothing
	// to it; LegEntered follows. It ends with the leg that it hears.
	Listen(ctx context.Context, leg, snoopLeg string) error
	// Whisper is Listen, and what is said to the new leg is heard at that leg's far end
	// only.
	Whisper(ctx context.Context, leg, snoopLeg string) error
}

// earPhone begins the names of supervisors' accounts, and of nobody else's.
const earPhone = "ear-"

// earStays is how long a supervisor's account outlives its last socket.
const earStays = time.Minute

// Ears is where supervisors listen. Each has a softphone that no citizen is offered to:
// it rings when its supervisor wants to hear an agent, and hears them in a bridge of its
// own. What it hears is never part of the call: the call's owner does not know of it,
// and whatever is refused or lost there ends the ear and nothing else.
//
// One goroutine owns one ear. After a restart there are none: the legs of those before
// are hung up, and the supervisors' pages sign in again.
type Ears struct {
	board    *Board
	listener Listener

	mu    sync.Mutex // held for moments only, never over a request
	seats map[call.AgentID]*earSeat
	byKey map[string]*earSeat
	live  map[call.EarID]*ear
	last  int // number of the last ear
}

// earSeat is a supervisor's softphone.
type earSeat struct {
	by    call.AgentID
	phone Phone
	key   string
	done  chan struct{} // closed when it is signed out

	lines    int         // open SIP sockets
	lost     *time.Timer // runs while there are none
	ear      *ear        // what it hears; nil when nothing
	now      EarState
	watchers map[*earWatcher]struct{}
}

func newEars(b *Board, listener Listener) *Ears {
	return &Ears{
		board: b, listener: listener, seats: map[call.AgentID]*earSeat{}, byKey: map[string]*earSeat{}, live: map[call.EarID]*ear{},
		// The legs of before a restart may still be there: numbers go on from the clock.
		last: int(time.Now().Unix()),
	}
}

// SignIn gives the supervisor a softphone. One that they had elsewhere is signed out.
func (e *Ears) SignIn(ctx context.Context, by call.AgentID) (Credential, error) {
	if e.listener == nil {
		return Credential{}, ErrNoEars
	}
	seat := &earSeat{
		by: by, phone: newPhone(earPhone, DeskPhone), key: secret(), done: make(chan struct{}), watchers: map[*earWatcher]struct{}{},
		now: EarState{Doing: EarIdle, Since: time.Now()},
	}
	if err := e.addPhone(ctx, seat.phone); err != nil {
		e.board.insist("remove a supervisor's account that may be half made", e.board.phones.RemovePhone, seat.phone.SIPUser)
		return Credential{}, fmt.Errorf("making the supervisor's account: %w", err)
	}
	e.mu.Lock()
	older := e.seats[by]
	if older != nil {
		e.drop(older)
	}
	e.seats[by], e.byKey[seat.key] = seat, seat
	seat.lost = time.AfterFunc(earStays, func() { e.lose(seat) })
	e.mu.Unlock()
	if older != nil {
		e.removeAccount(older)
	}
	return Credential{SIPUser: seat.phone.SIPUser, Password: seat.phone.Password, Key: seat.key}, nil
}

func (e *Ears) addPhone(ctx context.Context, phone Phone) error {
	return e.board.once(ctx, func(ctx context.Context, _ string) error { return e.board.phones.AddPhone(ctx, phone) }, phone.SIPUser)
}

func (e *Ears) removeAccount(seat *earSeat) {
	e.board.insist("remove a supervisor's account", e.board.phones.RemovePhone, seat.phone.SIPUser)
}

// SignOut ends what the supervisor hears and removes the account. Who is not signed in
// stays so.
func (e *Ears) SignOut(by call.AgentID) {
	e.mu.Lock()
	seat := e.seats[by]
	if seat != nil {
		e.drop(seat)
	}
	e.mu.Unlock()
	if seat != nil {
		e.removeAccount(seat)
	}
}

// drop takes the seat away; e.mu is held.
func (e *Ears) drop(seat *earSeat) {
	delete(e.seats, seat.by)
	delete(e.byKey, seat.key)
	seat.lost.Stop()
	if seat.ear != nil {
		seat.ear.stop(call.ListenPhoneGone)
	}
	seat.tell(EarState{Doing: EarSignedOut, Since: time.Now()})
	close(seat.done)
	for w := range seat.watchers {
		w.close()
	}
	clear(seat.watchers)
}

// lose signs a supervisor out whose page has gone.
func (e *Ears) lose(seat *earSeat) {
	e.mu.Lock()
	gone := seat.lines == 0 && e.seats[seat.by] == seat
	if gone {
		e.drop(seat)
	}
	e.mu.Unlock()
	if gone {
		e.removeAccount(seat)
	}
}

// LineUp says that the softphone's SIP socket has opened; done is closed when it has to
// close. It is false for an unknown key.
func (e *Ears) LineUp(key string) (done <-chan struct{}, ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	seat, ok := e.byKey[key]
	if !ok {
		return nil, false
	}
	seat.lines++
	seat.lost.Stop()
	return seat.done, true
}

// LineDown says that one of the sockets has closed. What the supervisor hears goes on
// meanwhile: sound does not come over it.
func (e *Ears) LineDown(key string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if seat, ok := e.byKey[key]; ok {
		if seat.lines--; seat.lines == 0 {
			seat.lost.Reset(earStays)
		}
	}
}

// Listen lets a supervisor hear the conversation that the agent is in, and with whisper
// talk to the agent. Of a conversation that they hear already it changes the one to the
// other; what else they heard ends.
func (e *Ears) Listen(by, agent call.AgentID, whisper bool) error {
	if by == agent {
		return ErrYourself
	}
	talk, ok := e.board.desks.conversation(agent)
	if !ok {
		return ErrNotTalking
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	seat, ok := e.seats[by]
	switch {
	case !ok:
		return ErrNotSignedIn
	case seat.lines == 0:
		return ErrNoPhone
	case seat.ear != nil && !seat.ear.ending && seat.ear.agentLeg == string(talk.ID):
		seat.ear.mail.put(func(x *ear) { x.want(whisper) })
		return nil
	}
	older := seat.ear
	if older != nil {
		older.stop(call.ListenStopped)
	}
	e.last++
	x := newEar(e, seat, talk.Call.Ear(e.last), talk, whisper)
	if !e.board.background(func(ctx context.Context) { x.live(ctx, older) }) {
		return ErrNoEars
	}
	seat.ear, e.live[x.id] = x, x
	seat.tell(x.state(EarRinging))
	return nil
}

// End ends what the supervisor hears, and tells when nothing is left of it; at once if
// there is nothing. Why is ListenBarged for who is about to be in the conversation.
func (e *Ears) End(by call.AgentID, why call.ListenEnd) (over <-chan struct{}) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if seat, ok := e.seats[by]; ok && seat.ear != nil {
		seat.ear.stop(why)
		return seat.ear.over
	}
	nothing := make(chan struct{})
	close(nothing)
	return nothing
}

// Phone is the SIP user of the supervisor's softphone, for who wants to ring it for
// something else; false while it has no socket.
func (e *Ears) Phone(by call.AgentID) (sipUser string, ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	seat, ok := e.seats[by]
	if !ok || seat.lines == 0 {
		return "", false
	}
	return seat.phone.SIPUser, true
}

// forget is the end of an ear.
func (e *Ears) forget(x *ear, last EarState) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.live, x.id)
	if x.seat.ear == x {
		x.seat.ear = nil
		x.seat.tell(last)
	}
	close(x.over)
}

// tells hands the state of an ear to the supervisor's pages, unless there is a newer one.
func (e *Ears) tells(x *ear, state EarState) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if x.seat.ear == x {
		x.seat.tell(state)
	}
}

// renew makes every account again, for an Asterisk that was started anew.
func (e *Ears) renew(ctx context.Context) {
	e.mu.Lock()
	seats := slices.Collect(maps.Values(e.seats))
	e.mu.Unlock()
	for _, seat := range seats {
		err := e.addPhone(ctx, seat.phone)
		e.mu.Lock()
		there := e.seats[seat.by] == seat
		e.mu.Unlock()
		switch {
		case !there: // signed out meanwhile
			e.removeAccount(seat)
		case err != nil:
			e.board.log.Error("a supervisor has no account until they sign in again", slog.String("by", string(seat.by)), slog.Any("error", err))
		}
	}
}

// stop removes the accounts, as far as that goes in a moment: nobody signs in with them
// again.
func (e *Ears) stop() {
	e.mu.Lock()
	seats := slices.Collect(maps.Values(e.seats))
	for _, seat := range seats {
		seat.lost.Stop()
		for w := range seat.watchers {
			w.close()
		}
		clear(seat.watchers)
	}
	e.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), e.board.opts.RequestTimeout)
	defer cancel()
	for _, seat := range seats {
		if err := e.board.phones.RemovePhone(ctx, seat.phone.SIPUser); err != nil {
			e.board.log.Warn("a supervisor's account stays in Asterisk until it restarts", slog.String("by", string(seat.by)), slog.Any("error", err))
		}
	}
}
