package web

import (
	"net/http"
	"strconv"

	"hotline1022/acd/roster"
	"hotline1022/internal/auth"
	"hotline1022/internal/call"
)

// Days that may be asked for at once.
const (
	usualDays = 7
	mostDays  = 92
)

// isLead says whether who asks sees and decides for everybody.
func isLead(r *http.Request) bool { return auth.LeadShift.MetBy(person(r).Role) }

// actor is who takes a step.
func actor(r *http.Request) (roster.Actor, error) {
	id := person(r).ID
	if id == "" {
		return roster.Actor{}, errNobodyActs
	}
	return roster.Actor{Agent: call.AgentID(id), Lead: isLead(r)}, nil
}

// mine says whether something about that agent is for who asks to see.
func mine(r *http.Request, agent call.AgentID) bool {
	return isLead(r) || agent != "" && string(agent) == person(r).ID
}

func (s *site) plan(w http.ResponseWriter, r *http.Request) error {
	from, days, err := daysOf(r, usualDays)
	if err != nil {
		return err
	}
	p, err := s.deps.Roster.Plan(r.Context(), from, days)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, s.planOf(r, p, from, days))
	return nil
}

// daysOf reads from, today when it is missing, and days.
func daysOf(r *http.Request, otherwise int) (from string, days int, err error) {
	q := r.URL.Query()
	if from, err = dateOr(q.Get("from"), today()); err != nil {
		return "", 0, err
	}
	days = otherwise
	if text := q.Get("days"); text != "" {
		if days, err = strconv.Atoi(text); err != nil || days < 1 || days > mostDays {
			return "", 0, badRequest("Tham số days phải từ 1 đến 92.", "days must be from 1 to 92.")
		}
	}
	return from, days, nil
}

// planOf shows leads the whole plan, and an agent what is theirs.
func (s *site) planOf(r *http.Request, p Plan, from string, days int) planView {
	v := planView{
		From: from, Days: days, Until: p.Until, Needed: p.Needed, Staff: len(p.Terms.Staff),
		Shifts: views(p.Terms.Shifts, shiftOf), Holidays: []holidayView{},
		Assignments: []assignmentView{}, Gaps: []gapView{}, Problems: []ruleView{}, People: []tallyView{},
	}
	for _, h := range p.Terms.Holidays {
		if from <= h.Date && h.Date < addDays(from, days) {
			seats := h.Seats
			if seats == nil {
				seats = map[string]int{}
			}
			v.Holidays = append(v.Holidays, holidayView{h.Date, h.Vi, h.En, seats})
		}
	}
	for _, a := range p.Assignments {
		if mine(r, a.Agent) {
			v.Assignments = append(v.Assignments, s.assignmentOf(a.Assignment, a.Forced))
		}
	}
	for _, q := range p.Problems {
		if mine(r, q.Agent) {
			v.Problems = append(v.Problems, s.ruleOf(q))
		}
	}
	for i, y := range p.Tallies {
		if agent := p.Terms.Staff[i].Agent; mine(r, agent) {
			v.People = append(v.People, tallyView{s.personOf(agent), y.Hours.Milliseconds(), y.Shifts, y.Nights, y.Weekends, y.Holidays})
		}
	}
	if isLead(r) {
		v.Gaps = views(p.Gaps, gapOf)
	}
	return v
}
