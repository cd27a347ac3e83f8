package ticket

import (
	"time"

	"hotline1022/internal/call"
)

// CallFilter says which calls are wanted. Empty fields do not filter.
type CallFilter struct {
	Stages  []call.Stage
	Result  call.Result
	Queue   string
	Agent   call.AgentID // who talked last
	Inbound bool         // citizens' calls only
	Line    LineFate
	Within  time.Duration // of InTime
	Since   time.Time     // of arrival
	Until   time.Time
	Before  Cursor
	Limit   int
}

// LineFate is what became of a call in line.
type LineFate string

// The fates that can be asked for.
const (
	Entered  LineFate = "entered"
	Reached  LineFate = "answered"  // an agent, before the call's end
	InTime   LineFate = "in_time"   // … so soon after it entered the line
	GaveUpIn LineFate = "abandoned" // in line or while an agent was rung
)

// LineFates are all there are.
func LineFates() []LineFate { return []LineFate{Entered, Reached, InTime, GaveUpIn} }

// RecordingFilter says which recordings are wanted. Empty fields do not filter.
type RecordingFilter struct {
	Call   call.ID
	Agent  call.AgentID // who talked in the call
	Number string       // a part of the citizen's
	Group  call.Group
	Since  time.Time // of when it was kept
	Until  time.Time
	Before Cursor
	Limit  int
}

// RecordingRow is a recording in a list (API.md RecordingRow).
type RecordingRow struct {
	Recording
	Ticket    string       `json:"ticket"`
	Caller    string       `json:"caller"`
	CallerVi  string       `json:"caller_vi"`
	Group     call.Group   `json:"group"`
	Queue     string       `json:"queue"`
	Agent     call.AgentID `json:"agent"`
	AgentName string       `json:"agent_name"`
	Outbound  bool         `json:"outbound"`

	Key string `json:"-"` // in the file store, and the list's cursor
}

// Sums are the calls of citizens that arrived in some time.
type Sums struct {
	Arrived   int   `json:"arrived"`
	Entered   int   `json:"entered"` // the line
	Answered  int   `json:"answered"`
	Abandoned int   `json:"abandoned"` // in line or while an agent was rung
	InTime    int   `json:"in_time"`   // answered within 15 s
	Judged    int   `json:"judged"`    // answered, or given up after 15 s
	WaitedMs  int64 `json:"waited_ms"` // of the answered, together
	TalkedMs  int64 `json:"talked_ms"` // of the answered, together
}

// Plus adds what was in another time.
func (s Sums) Plus(t Sums) Sums {
	return Sums{
		Arrived: s.Arrived + t.Arrived, Entered: s.Entered + t.Entered, Answered: s.Answered + t.Answered, Abandoned: s.Abandoned + t.Abandoned,
		InTime: s.InTime + t.InTime, Judged: s.Judged + t.Judged, WaitedMs: s.WaitedMs + t.WaitedMs, TalkedMs: s.TalkedMs + t.TalkedMs,
	}
}

// Period is a day or a week of history (API.md Period).
type Period struct {
	Date string `json:"date"` // first day
	Sums
	// Of one agent alone; zero otherwise.
	Offered int `json:"offered"`
	Missed  int `json:"missed"`
	Refused int `json:"refused"`
}

// HistoryQuery asks for a line's or an agent's past.
type HistoryQuery struct {
	Unit  string // day or week
	Since time.Time
	Until time.Time
	Queue string
	Agent call.AgentID
}
