package call

import (
	"encoding/json"
	"fmt"
	"time"
)

// Event is one fact about a call or an agent, as the journal keeps it. Its ID is
// chosen at birth, so storing it twice changes nothing.
type Event struct {
	ID   string    // "<node>-<sequence>", sortable within a node; given by the journal
	At   time.Time // when it happened, by the controller's clock, UTC
	Call ID        // empty for facts about an agent alone
	Fact Fact
}

// Fact is the closed set of things that can happen. A switch over it must name
// every kind.
type Fact interface{ Kind() string }

// The facts of a call, in the order in which they usually happen.
type (
	// Arrived opens a call: the citizen's INVITE has reached us.
	Arrived struct {
		Caller   string   `json:"caller"` // E.164 with +, "web:<id>" for the browser, "" if withheld
		Dialed   string   `json:"dialed"`
		Ticket   string   `json:"ticket"` // code of the ticket that this call opens
		Language Language `json:"language"`
	}
	// Outbound opens a call that an agent makes: the agent is about to be rung, and then the
	// citizen.
	Outbound struct {
		Agent  AgentID `json:"agent"`
		Number string  `json:"number"` // E.164, or a short number
		Ticket string  `json:"ticket"` // code
		Opens  bool    `json:"opens"`  // the ticket is this call's own; otherwise it was there before
		Topic  Topic   `json:"topic"`
	}
	// Greeted says that the first prompt has begun to play.
	Greeted struct{}
	// MenuEntered says that the caller hears the menu of this flow node.
	MenuEntered struct {
		Node string `json:"node"`
	}
	// KeyPressed is a DTMF digit in a menu; Accepted tells whether it meant something there.
	KeyPressed struct {
		Node     string `json:"node"`
		Digit    string `json:"digit"`
		Accepted bool   `json:"accepted"`
	}
	// LanguageChosen changes the language of all later prompts.
	LanguageChosen struct {
		Language Language `json:"language"`
	}
	// Queued puts the call in line. Arrived orders the line, not the time of this event.
	Queued struct {
		Queue string `json:"queue"`
		Topic Topic  `json:"topic"`
		Again bool   `json:"again,omitempty"` // back in line after a desk was lost
	}
	// QueueMoved says that the call waits in another queue now, at its old place. It is
	// the line's own fact, and stands in order with its offers.
	QueueMoved struct {
		From string `json:"from"`
		To   string `json:"to"`
		Why  string `json:"why"` // waited; moved (by a supervisor, or with its queue)
	}
	// Told says what a citizen in line was told of the wait.
	Told struct {
		Position int           `json:"position"`           // in the line; what was said is rougher when it is far back
		Minutes  int           `json:"minutes"`            // up to so many were said, 61 is more than an hour, 0 is nothing
		Wait     time.Duration `json:"wait"`               // the estimate behind it, nanoseconds in JSON
		Callback bool          `json:"callback,omitempty"` // being called back was offered
	}
	// Offered reserves an agent for the call.
	Offered struct {
		Offer OfferID `json:"offer"`
		Agent AgentID `json:"agent"`
	}
	// OfferRang says that the agent's desk rings.
	OfferRang struct {
		Offer OfferID `json:"offer"`
		Agent AgentID `json:"agent"`
	}
	// OfferClosed ends an offer, one way or the other.
	OfferClosed struct {
		Offer OfferID  `json:"offer"`
		Agent AgentID  `json:"agent"`
		How   OfferEnd `json:"how"`
		// TakenBy is who answered first when several were rung; "" in any other end.
		TakenBy AgentID `json:"taken_by,omitempty"`
	}
	// Connected says that citizen and agent are in one bridge and can hear each other. An
	// outside number that has the call, or a part in it, has no agent.
	Connected struct {
		Offer  OfferID `json:"offer"`
		Agent  AgentID `json:"agent"`
		Number string  `json:"number,omitempty"`
	}
	// Disconnected says that this party's part in the call is over; what is left of the
	// call goes on with whoever else is connected.
	Disconnected struct {
		Offer  OfferID `json:"offer"`
		Agent  AgentID `json:"agent"`
		Number string  `json:"number,omitempty"`
		// Why is citizen_hung_up, agent_hung_up, desk_lost, transferred, taken_over,
		// dropped (by a colleague) or outside_hung_up.
		Why string `json:"why"`
	}
	// VoicemailBegan says that the citizen hears the beep, after which they may leave a
	// message; they are not in line any more.
	VoicemailBegan struct{}
	// VoicemailLeft says that a message was left.
	VoicemailLeft struct {
		Seconds int `json:"seconds"` // of sound
	}
	// SurveyAsked says that the citizen, whose agent has hung up, is asked how it was.
	SurveyAsked struct{}
	// Rated is the answer.
	Rated struct {
		Score Score `json:"score"`
	}
	// CallbackAsked says that the citizen wants to be called back and keeps the place
	// in line; the call ends.
	CallbackAsked struct {
		Number string `json:"number"` // E.164
	}
	// CallbackTried says that an attempt to reach the citizen came to nothing.
	CallbackTried struct {
		Agent AgentID     `json:"agent"`
		How   CallbackEnd `json:"how"`
		Tries int         `json:"tries"` // so far
		Again time.Time   `json:"again"` // when it is tried again
	}
	// CallbackClosed ends a callback.
	CallbackClosed struct {
		How   CallbackEnd `json:"how"`
		Tries int         `json:"tries"`
	}
	// CalledOut says that a telephone outside is about to be rung, for an agent.
	CalledOut struct {
		Leg    string  `json:"leg"`
		Agent  AgentID `json:"agent"`
		Number string  `json:"number"` // E.164, or a short number
	}
	// Finished ends the call; only recordings, wrap-up, the end of a supervisor's
	// listening and what becomes of a callback come after it.
	Finished struct {
		Outcome Outcome `json:"outcome"`
	}
	// Recorded says that a recording is kept. A call may have several, each with its path.
	Recorded struct {
		Path     string        `json:"path"` // key in the blob store
		What     RecordingKind `json:"what,omitempty"`
		Bytes    int64         `json:"bytes"`
		Duration time.Duration `json:"duration"` // nanoseconds in JSON
		SHA256   string        `json:"sha256"`   // hex
	}
	// WrappedUp is the form that the agent filled in after the conversation.
	WrappedUp struct {
		Agent   AgentID `json:"agent"`
		Topic   Topic   `json:"topic"`
		Note    string  `json:"note"`
		Citizen string  `json:"citizen,omitempty"` // their name, when they said it
		Place   Place   `json:"place,omitzero"`
	}
)

// The facts of an agent.
type (
	// AgentMoved is every change of an agent's state. Call is set on the event when
	// the change belongs to one.
	AgentMoved struct {
		Agent  AgentID     `json:"agent"`
		From   AgentState  `json:"from"`
		To     AgentState  `json:"to"`
		Reason PauseReason `json:"reason,omitempty"`
	}
	// Restarted says that the controller started: what was live before and is not
	// adopted again by later events is gone.
	Restarted struct {
		Adopted []ID `json:"adopted"` // calls found alive in Asterisk
	}
)

// Kind names the fact in the journal and in the database.
func (Arrived) Kind() string        { return "arrived" }
func (Outbound) Kind() string       { return "outbound" }
func (Greeted) Kind() string        { return "greeted" }
func (MenuEntered) Kind() string    { return "menu_entered" }
func (KeyPressed) Kind() string     { return "key_pressed" }
func (LanguageChosen) Kind() string { return "language_chosen" }
func (Queued) Kind() string         { return "queued" }
func (QueueMoved) Kind() string     { return "queue_moved" }
func (Told) Kind() string           { return "told" }
func (Offered) Kind() string        { return "offered" }
func (OfferRang) Kind() string      { return "offer_rang" }
func (OfferClosed) Kind() string    { return "offer_closed" }
func (Connected) Kind() string      { return "connected" }
func (Disconnected) Kind() string   { return "disconnected" }
func (VoicemailBegan) Kind() string { return "voicemail_began" }
func (VoicemailLeft) Kind() string  { return "voicemail_left" }
func (SurveyAsked) Kind() string    { return "survey_asked" }
func (Rated) Kind() string          { return "rated" }
func (CallbackAsked) Kind() string  { return "callback_asked" }
func (CallbackTried) Kind() string  { return "callback_tried" }
func (CallbackClosed) Kind() string { return "callback_closed" }
func (CalledOut) Kind() string      { return "called_out" }
func (Finished) Kind() string       { return "finished" }
func (Recorded) Kind() string       { return "recorded" }
func (WrappedUp) Kind() string      { return "wrapped_up" }
func (AgentMoved) Kind() string     { return "agent_moved" }
func (Restarted) Kind() string      { return "restarted" }

type envelope struct {
	ID   string          `json:"id"`
	At   time.Time       `json:"at"`
	Call ID              `json:"call,omitempty"`
	Kind string          `json:"kind"`
	Data json.RawMessage `json:"data"`
}

// MarshalJSON writes {"id","at","call","kind","data"}.
func (e Event) MarshalJSON() ([]byte, error) {
	data, err := json.Marshal(e.Fact)
	if err != nil {
		return nil, fmt.Errorf("event %s: %w", e.ID, err)
	}
	return json.Marshal(envelope{ID: e.ID, At: e.At, Call: e.Call, Kind: e.Fact.Kind(), Data: data})
}

// UnmarshalJSON reads what MarshalJSON wrote; an unknown kind is an error.
func (e *Event) UnmarshalJSON(b []byte) error {
	var env envelope
	if err := json.Unmarshal(b, &env); err != nil {
		return fmt.Errorf("event: %w", err)
	}
	fact, err := DecodeFact(env.Kind, env.Data)
	if err != nil {
		return fmt.Errorf("event %s: %w", env.ID, err)
	}
	*e = Event{ID: env.ID, At: env.At, Call: env.Call, Fact: fact}
	return nil
}

// DecodeFact reads the data of a fact of that kind.
func DecodeFact(kind string, data []byte) (Fact, error) {
	decode, ok := decoders[kind]
	if !ok {
		return nil, fmt.Errorf("unknown kind of fact %q", kind)
	}
	return decode(data)
}

// decoders is built from the facts themselves, so that a kind is named once.
var decoders = func() map[string]func([]byte) (Fact, error) {
	m := map[string]func([]byte) (Fact, error){}
	register[Arrived](m)
	register[Outbound](m)
	register[Greeted](m)
	register[MenuEntered](m)
	register[KeyPressed](m)
	register[LanguageChosen](m)
	register[Queued](m)
	register[QueueMoved](m)
	register[Told](m)
	register[Offered](m)
	register[OfferRang](m)
	register[OfferClosed](m)
	register[Connected](m)
	register[Disconnected](m)
	register[VoicemailBegan](m)
	register[VoicemailLeft](m)
	register[SurveyAsked](m)
	register[Rated](m)
	register[CallbackAsked](m)
	register[CallbackTried](m)
	register[CallbackClosed](m)
	register[CalledOut](m)
	register[Finished](m)
	register[Recorded](m)
	register[WrappedUp](m)
	register[AgentMoved](m)
	register[Restarted](m)
	registerVerbs(m)
	registerSupervise(m)
	registerHandover(m)
	return m
}()

func register[F Fact](m map[string]func([]byte) (Fact, error)) {
	var zero F
	m[zero.Kind()] = func(data []byte) (Fact, error) {
		var f F
		if err := json.Unmarshal(data, &f); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Kind(), err)
		}
		return f, nil
	}
}
