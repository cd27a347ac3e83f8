package call

// Target is whom a call is given to or who is asked beside it: a colleague, a queue, or
// a number of the telephone network. One of the three is set.
type Target struct {
	Agent  AgentID `json:"agent,omitempty"`
	Queue  string  `json:"queue,omitempty"`
	Number string  `json:"number,omitempty"` // E.164, or a short number
}

// What becomes of a conversation while it goes on. Leg is the party's leg, which is the
// offer's id where the line made one.
type (
	// Held says that the citizen hears music, and the agent nothing of them.
	Held struct {
		Agent AgentID `json:"agent"`
	}
	// HeldLong says that both were reminded of a hold.
	HeldLong struct {
		Agent   AgentID `json:"agent"`
		Seconds int     `json:"seconds"` // of this hold so far
	}
	// Resumed ends a hold: the citizen is back with whoever had put them there.
	Resumed struct {
		Agent AgentID `json:"agent"`
	}
	// TransferAsked says that an agent gives the call away without asking first.
	TransferAsked struct {
		Agent AgentID `json:"agent"`
		To    Target  `json:"to"`
	}
	// Transferred says that the call has come to whom it was given; To is who has it.
	Transferred struct {
		From AgentID `json:"from"`
		To   Target  `json:"to"`
	}
	// ConsultBegan says that an agent calls somebody in while the citizen is on hold.
	ConsultBegan struct {
		Agent AgentID `json:"agent"`
		To    Target  `json:"to"`
	}
	// ConsultAnswered says that the two can talk; the citizen does not hear them.
	ConsultAnswered struct {
		Agent AgentID `json:"agent"`
		To    Target  `json:"to"`
		Leg   OfferID `json:"leg"`
	}
	// ConsultEnded says what came of it.
	ConsultEnded struct {
		Agent AgentID    `json:"agent"`
		To    Target     `json:"to"`
		Why   ConsultEnd `json:"why"`
	}
	// Conferenced says that the citizen talks with one more, beside the agent.
	Conferenced struct {
		Agent AgentID `json:"agent"`
		With  Target  `json:"with"`
	}
	// BargedIn says that a supervisor has joined a conversation of somebody else.
	BargedIn struct {
		Agent AgentID `json:"agent"` // the supervisor
		Leg   OfferID `json:"leg"`
	}
	// TakenOver says that a supervisor has taken a call from its agent.
	TakenOver struct {
		Agent AgentID `json:"agent"` // the supervisor
		From  AgentID `json:"from"`
		Leg   OfferID `json:"leg"`
	}
)

// ConsultEnd says how a consultation ended.
type ConsultEnd string

// How consultations end.
const (
	ConsultTransferred ConsultEnd = "transferred" // they have the call
	ConsultJoined      ConsultEnd = "joined"      // they talk with the citizen too
	ConsultBack        ConsultEnd = "back"        // the agent went back to the citizen
	ConsultNotFree     ConsultEnd = "not_free"    // they could not be rung
	ConsultNoAnswer    ConsultEnd = "no_answer"   // did not answer
	ConsultRefused     ConsultEnd = "refused"     // or the number was busy
	ConsultHungUp      ConsultEnd = "hung_up"     // after they had answered
	ConsultCut         ConsultEnd = "call_ended"  // the citizen, or the agent, was gone
)

// Kind names the fact in the journal and in the database.
func (Held) Kind() string            { return "held" }
func (HeldLong) Kind() string        { return "held_long" }
func (Resumed) Kind() string         { return "resumed" }
func (TransferAsked) Kind() string   { return "transfer_asked" }
func (Transferred) Kind() string     { return "transferred" }
func (ConsultBegan) Kind() string    { return "consult_began" }
func (ConsultAnswered) Kind() string { return "consult_answered" }
func (ConsultEnded) Kind() string    { return "consult_ended" }
func (Conferenced) Kind() string     { return "conferenced" }
func (BargedIn) Kind() string        { return "barged_in" }
func (TakenOver) Kind() string       { return "taken_over" }

// registerVerbs makes them readable.
func registerVerbs(m map[string]func([]byte) (Fact, error)) {
	register[Held](m)
	register[HeldLong](m)
	register[Resumed](m)
	register[TransferAsked](m)
	register[Transferred](m)
	register[ConsultBegan](m)
	register[ConsultAnswered](m)
	register[ConsultEnded](m)
	register[Conferenced](m)
	register[BargedIn](m)
	register[TakenOver](m)
}
