package web

import (
	"net/http"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
)

type substituteView struct {
	personView
	OnCall   bool       `json:"on_call"`
	RestMS   int64      `json:"rest_ms"`
	WeekMS   int64      `json:"week_ms"`
	Problems []ruleView `json:"problems"`
}

func (s *site) substitutes(w http.ResponseWriter, r *http.Request) error {
	slot, err := slotAsked(r)
	if err != nil {
		return err
	}
	rows, err := s.deps.Roster.Substitutes(r.Context(), slot)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]any{"substitutes": views(rows, func(x roster.Substitute) substituteView {
		return substituteView{s.personOf(x.Agent), x.OnCall, x.Rest.Milliseconds(), x.Week.Milliseconds(), s.problemsOf(x.Problems)}
	})})
	return nil
}

type (
	attendanceView struct {
		personView
		Planned  bool                   `json:"planned"`
		State    roster.AttendanceState `json:"state"`
		From     *time.Time             `json:"from"`
		To       *time.Time             `json:"to"`
		LateMS   int64                  `json:"late_ms"`
		WorkedMS int64                  `json:"worked_ms"`
		AwayMS   int64                  `json:"away_ms"`
		EarlyMS  int64                  `json:"early_ms"`
		AheadMS  int64                  `json:"ahead_ms"`
		ExtraMS  int64                  `json:"extra_ms"`
	}
	attendedView struct {
		slotView
		From   time.Time        `json:"from"`
		To     time.Time        `json:"to"`
		People []attendanceView `json:"people"`
	}
)

// attendance is who came when; an agent sees themself.
func (s *site) attendance(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	date, err := dateOr(q.Get("date"), today())
	if err != nil {
		return err
	}
	rows, err := s.deps.Roster.Attendance(r.Context(), date, q.Get("shift"))
	if err != nil {
		return err
	}
	shifts := views(rows, func(a ShiftAttendance) attendedView {
		v := attendedView{slotOf(a.Slot), a.Span.From.UTC(), a.Span.To.UTC(), []attendanceView{}}
		for _, x := range a.Rows {
			if mine(r, x.Agent) {
				v.People = append(v.People, s.attendanceOf(x))
			}
		}
		return v
	})
	writeJSON(w, http.StatusOK, map[string]any{"shifts": shifts})
	return nil
}

func (s *site) attendanceOf(a roster.Attendance) attendanceView {
	return attendanceView{
		s.personOf(a.Agent), a.Planned, a.State, some(a.From), some(a.To),
		a.Late.Milliseconds(), a.Worked.Milliseconds(), a.Away.Milliseconds(), a.Early.Milliseconds(), a.Ahead.Milliseconds(), a.Extra.Milliseconds(),
	}
}

// some is nil for no time.
func some(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	in := t.UTC()
	return &in
}

type alarmView struct {
	Kind roster.AlarmKind `json:"kind"`
	slotView
	Since   time.Time    `json:"since"`
	Wanted  int          `json:"wanted"`
	Present int          `json:"present"`
	Absent  []personView `json:"absent"`
	Vi      string       `json:"vi"`
	En      string       `json:"en"`
}

func (s *site) alarms(w http.ResponseWriter, _ *http.Request) error {
	now := time.Now()
	writeJSON(w, http.StatusOK, map[string]any{"at": now.UTC(), "alarms": views(s.deps.Roster.Alarms(now), func(a roster.Alarm) alarmView {
		return alarmView{a.Kind, slotOf(a.Slot), a.Since.UTC(), a.Want, a.Present, s.peopleOf(a.Absent), a.Vi, a.En}
	})})
	return nil
}

func (s *site) peopleOf(agents []call.AgentID) []personView { return views(agents, s.personOf) }
