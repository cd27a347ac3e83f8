package call

import (
	"strconv"
	"time"
)

// Destination derives the id of the leg that the hand-over's n-th attempt makes, counted
// from 1.
func (id ID) Destination(n int) string { return string(id) + "-h" + strconv.Itoa(n) }

// The facts of a hand-over to a command centre (DESIGN §6), in the order in which they
// usually happen. A hand-over of a second service in the same conference has facts of
// its own, told apart by Service. Numbers of destinations are in none of them.
type (
	// HandoverBegan says that a service's ladder of destinations is walked from now on.
	HandoverBegan struct {
		Service Service `json:"service"`
		Area    string  `json:"area,omitempty"`  // commune's code, where it is known
		Agent   AgentID `json:"agent,omitempty"` // who asked for it; "" for the citizen's own key
	}
	// DestinationTried says that a destination is being called.
	DestinationTried struct {
		Attempt int     `json:"attempt"` // counted from 1 over the whole call
		Service Service `json:"service"`
		Name    string  `json:"name"`  // what people call the destination
		Rung    int     `json:"rung"`  // of the ladder, from 1
		Round   int     `json:"round"` // of walking the ladder, from 1
	}
	// DestinationRang says that its telephone rings.
	DestinationRang struct {
		Attempt int     `json:"attempt"`
		Service Service `json:"service"`
	}
	// DestinationAnswered says that it has the citizen on the line.
	DestinationAnswered struct {
		Attempt int     `json:"attempt"`
		Service Service `json:"service"`
		Name    string  `json:"name"`
	}
	// DestinationClosed ends an attempt, one way or the other.
	DestinationClosed struct {
		Attempt int            `json:"attempt"`
		Service Service        `json:"service"`
		Name    string         `json:"name"`
		How     DestinationEnd `json:"how"`
	}
	// LadderRestarted says that the ladder has ended and begins again.
	LadderRestarted struct {
		Service Service `json:"service"`
		Round   int     `json:"round"` // the one that begins
	}
	// SupervisorsCalled says that every supervisor's desk rings.
	SupervisorsCalled struct {
		Why string `json:"why"` // nobody_free, ladder_ended, alone
	}
	// HandoverConfirmed says that an agent or supervisor has heard the command centre take
	// the matter over. There is at most one for each service.
	HandoverConfirmed struct {
		Service Service `json:"service"`
		Attempt int     `json:"attempt"`
		Agent   AgentID `json:"agent"`
	}
	// PlaceTold says where help is needed, as far as it is known now; a later one takes its
	// place.
	PlaceTold struct {
		Said     string  `json:"said,omitempty"` // in the caller's words
		Province string  `json:"province,omitempty"`
		Commune  string  `json:"commune,omitempty"`
		Road     string  `json:"road,omitempty"`
		House    string  `json:"house,omitempty"`
		Landmark string  `json:"landmark,omitempty"`
		Located  bool    `json:"located,omitempty"` // there is a position:
		Lat      float64 `json:"lat,omitempty"`     // WGS 84, degrees
		Lon      float64 `json:"lon,omitempty"`
		Accuracy float64 `json:"accuracy,omitempty"` // metres, 95 %; 0 when it is not known
		Source   string  `json:"source,omitempty"`   // spoken, browser, sms
	}
	// CaseNoted is what an agent wrote while the call goes on.
	CaseNoted struct {
		Agent    AgentID `json:"agent,omitempty"`
		Name     string  `json:"name,omitempty"`     // the caller's
		Callback string  `json:"callback,omitempty"` // E.164, where it is not the caller's number
		Category string  `json:"category,omitempty"`
		Note     string  `json:"note,omitempty"`
	}
	// SheetLinked says that a link to the call's hand-over sheet was made, which opens it
	// until it expires. Of its token only the hash is known.
	SheetLinked struct {
		Service Service   `json:"service"`
		Hash    string    `json:"hash"` // SHA-256, hex
		Expires time.Time `json:"expires"`
	}
	// SheetAcknowledged says that the command centre has opened the hand-over sheet and
	// pressed its button.
	SheetAcknowledged struct {
		Service Service `json:"service"`
	}
	// CallbackOwed says that the citizen has gone before any hand-over was confirmed, and
	// must be called back.
	CallbackOwed struct {
		Service Service `json:"service"` // the first that was asked for
	}
	// DutyNoted says what somebody did about a citizen who is owed a call back.
	DutyNoted struct {
		Agent AgentID  `json:"agent"`
		How   DutyStep `json:"how"`
		Note  string   `json:"note,omitempty"`
	}
	// Survived says that the dialplan had the citizen without a controller, after
	// whatever was told before, and that what follows was told by its log.
	Survived struct {
		Log string `json:"log"` // name of the log, which is told once
	}
)

// DutyStep is what was done about a call back that is owed.
type DutyStep string

// What may be done about it. Reached and closed end it.
const (
	DutyTaken    DutyStep = "taken"     // somebody does it now
	DutyNoAnswer DutyStep = "no_answer" // called, in vain
	DutyReached  DutyStep = "reached"
	DutyClosed   DutyStep = "closed" // by a supervisor, who says why
)

// DutySteps lists every step.
func DutySteps() []DutyStep { return []DutyStep{DutyTaken, DutyNoAnswer, DutyReached, DutyClosed} }

// DestinationEnd says how an attempt ended.
type DestinationEnd string

// How attempts end. What the network says is folded into what it means for the ladder.
const (
	DestinationBusy      DestinationEnd = "busy"
	DestinationCongested DestinationEnd = "congested" // no line free, ours or the network's
	DestinationNoRoute   DestinationEnd = "no_route"  // the number or the trunk does not work
	DestinationNoAnswer  DestinationEnd = "no_answer"
	DestinationHungUp    DestinationEnd = "hung_up" // after it had answered
	DestinationRescinded DestinationEnd = "rescinded"
)

// DestinationEnds lists every end.
func DestinationEnds() []DestinationEnd {
	return []DestinationEnd{
		DestinationBusy, DestinationCongested, DestinationNoRoute, DestinationNoAnswer, DestinationHungUp, DestinationRescinded,
	}
}

// Kind names the fact in the journal and in the database.
func (HandoverBegan) Kind() string       { return "handover_began" }
func (DestinationTried) Kind() string    { return "destination_tried" }
func (DestinationRang) Kind() string     { return "destination_rang" }
func (DestinationAnswered) Kind() string { return "destination_answered" }
func (DestinationClosed) Kind() string   { return "destination_closed" }
func (LadderRestarted) Kind() string     { return "ladder_restarted" }
func (SupervisorsCalled) Kind() string   { return "supervisors_called" }
func (HandoverConfirmed) Kind() string   { return "handover_confirmed" }
func (PlaceTold) Kind() string           { return "place_told" }
func (CaseNoted) Kind() string           { return "case_noted" }
func (SheetLinked) Kind() string         { return "sheet_linked" }
func (SheetAcknowledged) Kind() string   { return "sheet_acknowledged" }
func (CallbackOwed) Kind() string        { return "callback_owed" }
func (DutyNoted) Kind() string           { return "duty_noted" }
func (Survived) Kind() string            { return "survived" }

func registerHandover(m map[string]func([]byte) (Fact, error)) {
	register[HandoverBegan](m)
	register[DestinationTried](m)
	register[DestinationRang](m)
	register[DestinationAnswered](m)
	register[DestinationClosed](m)
	register[LadderRestarted](m)
	register[SupervisorsCalled](m)
	register[HandoverConfirmed](m)
	register[PlaceTold](m)
	register[CaseNoted](m)
	register[SheetLinked](m)
	register[SheetAcknowledged](m)
	register[CallbackOwed](m)
	register[DutyNoted](m)
	register[Survived](m)
}
