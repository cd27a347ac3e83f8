package web

import (
	"maps"
	"net/http"
	"slices"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// What the API shows of queues and skills.
type (
	queueView struct {
		Name            string        `json:"queue"`
		Group           call.Group    `json:"group"`
		Emergency       bool          `json:"emergency"`
		PriorityMinutes int           `json:"priority_minutes"`
		PositionEveryMs int64         `json:"position_every_ms"`
		Skills          []skillView   `json:"skills"`
		Wants           []wantView    `json:"wants"`
		Strategy        acd.Strategy  `json:"strategy"`
		RingAt          int           `json:"ring_at"`
		WrapUpLimitMs   int64         `json:"wrap_up_limit_ms"` // 0 is the general one
		MaxWaitMs       int64         `json:"max_wait_ms"`      // 0 is for ever
		Unstaffed       bool          `json:"overflow_unstaffed"`
		Overflow        string        `json:"overflow"` // "" is nowhere
		Agents          []profileView `json:"agents"`   // who serve it, of those who are named
	}
	skillView struct {
		Name  string `json:"name"`
		Level int    `json:"level"`
	}
	wantView struct {
		Trait   acd.Trait `json:"trait"`
		Level   int       `json:"level"`
		RelaxMs int64     `json:"relax_after_ms"`
		Except  []string  `json:"except"`
	}
	profileView struct {
		Agent  call.AgentID `json:"agent"`
		Name   string       `json:"name"`
		Skills []skillView  `json:"skills"`
		Order  int          `json:"order"`
	}
)

// queueSettings is how calls are given to agents now, and who can do what.
func (s *site) queueSettings(w http.ResponseWriter, r *http.Request) error {
	staff, err := s.tickets.Staff(r.Context())
	if err != nil {
		return err
	}
	names := map[call.AgentID]string{}
	for _, p := range staff {
		names[call.AgentID(p.ID)] = p.Name
	}
	line := s.deps.Menus.Line()
	var named []profileView
	for _, id := range slices.Sorted(maps.Keys(line.Agents)) {
		p := line.Agents[id]
		named = append(named, profileView{id, names[id], skillsOf(p.Skills), p.Order})
	}
	rows := make([]queueView, len(line.Queues))
	for i, q := range line.Queues {
		rows[i] = queueOf(q)
		for _, p := range named {
			if len(p.Skills) == 0 || q.ServedBy(line.Agents[p.Agent].Skills) {
				rows[i].Agents = append(rows[i].Agents, p)
			}
		}
		rows[i].Agents = list(rows[i].Agents)
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"queues": rows, "agents": list(named), "ring_time_ms": line.RingTime.Milliseconds(), "wrap_up_limit_ms": line.WrapUpLimit.Milliseconds(),
		"emergency_reserve": line.EmergencyReserve,
	})
	return nil
}

func queueOf(q acd.Queue) queueView {
	v := queueView{
		Name: q.Name, Group: q.Group, Emergency: q.Emergency, PriorityMinutes: q.PriorityMinutes, PositionEveryMs: q.PositionEvery.Milliseconds(),
		Skills: skillsOf(q.Skills), Wants: []wantView{}, Strategy: q.Strategy, RingAt: q.RingAt, WrapUpLimitMs: q.WrapUpLimit.Milliseconds(),
		MaxWaitMs: q.MaxWait.Milliseconds(), Unstaffed: q.Unstaffed, Overflow: string(q.Overflow.To),
	}
	if q.Overflow.To == acd.ToQueue {
		v.Overflow = q.Overflow.Queue
	}
	for _, want := range q.Wants {
		v.Wants = append(v.Wants, wantView{want.Trait, want.Level, want.For.Milliseconds(), list(want.Except)})
	}
	return v
}

func skillsOf(skills []acd.Skill) []skillView {
	rows := make([]skillView, len(skills))
	for i, skill := range skills {
		rows[i] = skillView(skill)
	}
	return rows
}
