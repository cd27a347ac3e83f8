package web

import (
	"fmt"
	"net/http"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
)

type shortfallView struct {
	Wanted      int       `json:"wanted"`
	Filled      int       `json:"filled"`
	Unavoidable int       `json:"unavoidable"`
	Staff       int       `json:"staff"`
	Needed      int       `json:"needed"`
	Vi          string    `json:"vi"`
	En          string    `json:"en"`
	Gaps        []gapView `json:"gaps"`
}

// mostGenerated bounds the days of a plan: one of many weeks takes seconds to make.
const mostGenerated = 62

func (s *site) generate(w http.ResponseWriter, r *http.Request) error {
	by, err := actor(r)
	if err != nil {
		return err
	}
	var form struct {
		From  string `json:"from"`
		Days  int    `json:"days"`
		Keep  bool   `json:"keep"`
		Apply bool   `json:"apply"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	if form.From, err = dateOr(form.From, ""); err != nil {
		return err
	}
	if form.Days < 1 || form.Days > mostGenerated {
		return badRequest(
			fmt.Sprintf("Số ngày phải từ 1 đến %d.", mostGenerated), fmt.Sprintf("days must be from 1 to %d.", mostGenerated))
	}
	made, err := s.deps.Roster.Generate(r.Context(), Generation(form), by.Agent)
	if err != nil {
		return err
	}
	short := made.Shortfall
	writeJSON(w, http.StatusOK, map[string]any{
		"from": form.From, "days": form.Days, "applied": form.Apply,
		"assignments": views(made.Plan, s.unforced), "added": views(made.Added, s.unforced), "removed": views(made.Removed, s.unforced),
		"shortfall": shortfallView{
			short.Wanted, short.Filled, short.Unavoidable, short.Staff, short.Needed, short.Vi, short.En, views(short.Gaps, gapOf),
		},
	})
	return nil
}

// memberView is what an agent can be planned for.
type memberView struct {
	personView
	Never    []string `json:"never"`
	WeeklyMS int64    `json:"weekly_ms"`
	OnCall   bool     `json:"on_call"`
}

func (s *site) members(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.deps.Roster.Members(r.Context())
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]any{"members": views(rows, s.memberOf)})
	return nil
}

func (s *site) memberOf(m roster.Member) memberView {
	return memberView{s.personOf(m.Agent), list(m.Never), m.WeeklyHours.Milliseconds(), m.OnCall}
}

func (s *site) saveMember(w http.ResponseWriter, r *http.Request) error {
	by, err := actor(r)
	if err != nil {
		return err
	}
	var form struct {
		Never    []string `json:"never"`
		WeeklyMS int64    `json:"weekly_ms"`
		OnCall   bool     `json:"on_call"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	const week = 7 * 24 * time.Hour
	if form.WeeklyMS < 0 || form.WeeklyMS > week.Milliseconds() {
		return badRequest("Số giờ mỗi tuần không đúng.", "weekly_ms must be from 0, for full time, to a week.")
	}
	return done(w, s.deps.Roster.SaveMember(r.Context(), roster.Member{
		Agent: call.AgentID(r.PathValue("agent")), Never: form.Never, OnCall: form.OnCall,
		WeeklyHours: time.Duration(form.WeeklyMS) * time.Millisecond,
	}, by.Agent))
}
