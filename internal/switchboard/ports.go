package switchboard

import (
	"context"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/emergency"
	"hotline1022/internal/outside"
)

// Phones is the telephone system as the switchboard needs it. Ids are chosen by
// the caller. Every method returns when the request is accepted; what comes of it
// is told by signals. ErrGone says that the leg, bridge or playback is no more.
type Phones interface {
	// Play plays the sound files (absolute paths without extension) one after the
	// other to a leg, and ends with PlayDone.
	Play(ctx context.Context, leg, play string, paths []string) error
	StopPlay(ctx context.Context, play string) error
	// Music starts or stops the hold music of a leg.
	Music(ctx context.Context, leg string, on bool) error
	// Lease lets the dialplan take the leg back after d; 0 never. It waits behind a
	// running playback of that leg.
	Lease(ctx context.Context, leg string, d time.Duration) error
	// MakeBridge is idempotent; so is RemoveBridge.
	MakeBridge(ctx context.Context, bridge string) error
	RemoveBridge(ctx context.Context, bridge string) error
	// Join waits behind a running playback of that leg.
	Join(ctx context.Context, bridge, leg string) error
	Part(ctx context.Context, bridge, leg string) error
	// Invite makes a leg to a desk without ringing it yet; LegEntered follows.
	Invite(ctx context.Context, leg, sipUser string, id call.ID, caller string) error
	// Ring rings an invited leg for at most that long; LegRinging, LegUp or LegGone follow.
	Ring(ctx context.Context, leg string, atMost time.Duration) error
	// Hangup ends a leg; a leg that is already gone is no error.
	Hangup(ctx context.Context, leg string) error
	// NextPart lets the recording of a citizen, who is in no bridge and hears nothing, go
	// on in its n-th part, counted from 2, paused or not; hold music ends. The citizen
	// enters once more meanwhile.
	NextPart(ctx context.Context, id call.ID, n int, paused bool) error
	// AddPhone lets a softphone register and call with this credential; adding it
	// again changes nothing. RemovePhone removes credential and contact.
	AddPhone(ctx context.Context, phone Phone) error
	RemovePhone(ctx context.Context, sipUser string) error
}

// Recorder records what one leg says, for messages. It need not be there: then nobody
// is asked for any.
type Recorder interface {
	// Record begins to record the leg under the name, after a beep if one is wanted,
	// until max has passed or nothing was heard for silence. Keys do not end it.
	// RecordDone follows.
	Record(ctx context.Context, leg, name string, max, silence time.Duration, beep bool) error
	// StopRecord ends it and keeps it. ErrGone when there is no such recording.
	StopRecord(ctx context.Context, name string) error
}

// Policy decides who may call which number outside. A refusal is an *outside.Refusal,
// which has words for people.
type Policy interface {
	// Ask judges what an agent is about to call with that leg, and counts the call until
	// Ended. Of an urgent one, which a citizen asked for or needs, only the number is judged.
	Ask(now time.Time, agent call.AgentID, leg, typed string, urgent bool) (outside.Permit, error)
	// Number judges a number that is to be called later.
	Number(typed string) (string, error)
	Ended(leg string)
}

// Outside calls telephones outside. It need not be there: then nobody is called back.
// Board.callOutside is the one way to it.
type Outside interface {
	// InviteOutside makes a leg to a number, shown as coming from callerID, without
	// ringing it yet; LegEntered follows, and then it is like any other leg. But that of a
	// citizen whom we call (call.CalledLeg) is recorded: it leaves its bridge when it is
	// answered, and LegUp follows.
	InviteOutside(ctx context.Context, leg, number, callerID string, id call.ID) error
	// NextPartOutside lets the recording of such a citizen go on in its n-th part, from 2. It
	// is needed before they are joined with somebody else than before. They are in no bridge,
	// nothing plays; LegUp is told once more.
	NextPartOutside(ctx context.Context, leg string, n int) error
}

// Destinations calls command centres. It need not be there: then agents have emergencies
// alone. Board.dialDestination is the one way to it.
type Destinations interface {
	// InviteDestination makes a leg to a rung of a ladder, shown as coming from callerID, with
	// filled headers, without ringing it yet; LegEntered follows, and then it is like any
	// other leg.
	InviteDestination(ctx context.Context, leg string, to emergency.Rung, callerID string, headers []emergency.Header, id call.ID) error
	// Bequeath tells Asterisk which service it is to call by itself when a citizen's lease
	// runs out. It waits behind a running playback of that leg.
	Bequeath(ctx context.Context, id call.ID, service call.Service) error
}

// Supervisors are rung when no agent can be had for an emergency.
type Supervisors interface{ Supervisors() []call.AgentID }

// Sound tells what comes from a leg. It need not be there.
type Sound interface {
	// Received is how many packets of sound have come from the leg's far end so far.
	Received(ctx context.Context, leg string) (packets int, err error)
}

// Phone is a softphone's account, made for one sign-in or one browser call.
type Phone struct {
	SIPUser  string
	Password string
	Kind     PhoneKind
}

// PhoneKind says what a softphone may do.
type PhoneKind int

// Kinds of softphone.
const (
	DeskPhone  PhoneKind = iota // is rung with citizens, may call nobody
	GuestPhone                  // a citizen's browser: may call the hotline and nothing else
)

// Prompts finds the sound files of prompt keys and how long they play together.
type Prompts interface {
	Find(lang call.Language, keys []string) (paths []string, total time.Duration, err error)
}

// Notice is what everybody is told who calls, while it stands. It is found among the
// prompts under the key "notice".
type Notice interface {
	Stands(lang call.Language, now time.Time) bool
}

// Journal takes the facts of a call. It never blocks and never fails.
type Journal interface {
	Append(id call.ID, facts ...call.Fact)
	NextTicketCode(now time.Time) string
}

// Recordings is told when a call's sound files are complete.
type Recordings interface {
	Finish(id call.ID)
	// Discard is Finish of a call of which nothing is to be kept.
	Discard(id call.ID)
	// FinishOutside is for the leg of a telephone that we called, which has its own.
	FinishOutside(leg string)
}

// Roster says who may take calls now, and who may have a desk: whoever may take calls, and
// at the end of their shift whoever still talks.
type Roster interface {
	OnShift(now time.Time, agent call.AgentID) bool
	MayStay(now time.Time, agent call.AgentID, talking bool) bool
}

// DeskStore keeps the signed-in desks over a restart of the controller.
type DeskStore interface {
	Save(ctx context.Context, desk SavedDesk) error
	Delete(ctx context.Context, agent call.AgentID) error
	All(ctx context.Context) ([]SavedDesk, error)
}

// SavedDesk is what a restart needs to take a desk up again.
type SavedDesk struct {
	Agent    call.AgentID
	SIPUser  string
	Password string
	Key      string
	Ready    bool // was taking calls
}
