package web

import (
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

func (s *site) force(w http.ResponseWriter, r *http.Request) error {
	by, err := self(r)
	if err != nil {
		return err
	}
	var form struct {
		State  call.AgentState  `json:"state"`
		Pause  call.PauseReason `json:"pause"`
		Reason string           `json:"reason"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	form.Reason = strings.TrimSpace(form.Reason)
	switch {
	case utf8.RuneCountInString(form.Reason) > longestReason:
		return errLongReason
	case form.Pause != "" && !s.isPause(form.Pause):
		return badRequest("Lý do tạm dừng không có trong danh sách.", "That is no reason for a pause; see pause_reasons.")
	}
	tell(r, "state", string(form.State))
	tell(r, "reason", form.Reason)
	err = s.desks.Force(r.Context(), call.AgentID(r.PathValue("agent")),
		switchboard.Forcing{By: by, To: form.State, Pause: form.Pause, Reason: form.Reason})
	return done(w, forceProblem(err))
}

func (s *site) isPause(reason call.PauseReason) bool {
	for _, p := range s.deps.Pauses {
		if p.Key == string(reason) {
			return true
		}
	}
	return false
}

func (s *site) giveWrapUp(w http.ResponseWriter, r *http.Request) error {
	by, err := self(r)
	if err != nil {
		return err
	}
	return done(w, forceProblem(s.desks.MoreWrapUp(by, call.AgentID(r.PathValue("agent")))))
}

func (s *site) moreWrapUp(w http.ResponseWriter, r *http.Request) error {
	agent, err := self(r)
	if err != nil {
		return err
	}
	return done(w, s.desks.MoreWrapUp(agent, agent))
}

// mostInLine is how many of each queue are shown.
const mostInLine = 50

// waiter is a call in line (openapi.yaml Waiter).
type waiter struct {
	Call      call.ID      `json:"call"`
	Queue     string       `json:"queue"`
	Emergency bool         `json:"emergency"`
	Arrived   time.Time    `json:"arrived_at"`
	Callback  bool         `json:"callback"`
	Agent     call.AgentID `json:"agent"`
}

// line lists who waits, of each queue in the order of service.
func (s *site) line(w http.ResponseWriter, _ *http.Request) error {
	overview := s.deps.Line.Line(mostInLine)
	calls, queues := []waiter{}, []string{}
	for _, q := range overview.Queues {
		queues = append(queues, q.Queue)
		for _, c := range q.First {
			calls = append(calls, waiterOf(c))
		}
	}
	writeJSON(w, http.StatusOK, map[string]any{"queues": queues, "calls": calls})
	return nil
}

func waiterOf(c acd.WaiterView) waiter {
	return waiter{
		Call: c.Call, Queue: c.Queue, Emergency: c.Emergency, Arrived: c.Arrived.UTC(), Callback: c.Number != "", Agent: c.PreferTo,
	}
}

func (s *site) steer(w http.ResponseWriter, r *http.Request) error {
	by, err := self(r)
	if err != nil {
		return err
	}
	var form struct {
		Queue  string       `json:"queue"`
		Front  bool         `json:"front"`
		Agent  call.AgentID `json:"agent"`
		Reason string       `json:"reason"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	form.Reason = strings.TrimSpace(form.Reason)
	switch {
	case utf8.RuneCountInString(form.Reason) > longestReason:
		return errLongReason
	case form.Queue == "" && !form.Front && form.Agent == "":
		return badRequest("Hãy chọn hàng chờ, đầu hàng, hoặc nhân viên.", "Say where to: a queue, the front, or an agent.")
	}
	tell(r, "reason", form.Reason)
	return done(w, s.deps.Line.Steer(call.ID(r.PathValue("call")),
		switchboard.Steering{By: by, Queue: form.Queue, Front: form.Front, Agent: form.Agent, Reason: form.Reason}))
}

func (s *site) pauseRecording(w http.ResponseWriter, r *http.Request) error {
	agent, err := self(r)
	if err != nil {
		return err
	}
	var form struct {
		On *bool `json:"on"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	if form.On == nil {
		return badRequest("Thiếu trường \"on\".", "The field \"on\" is missing.")
	}
	return done(w, s.desks.Record(r.Context(), agent, *form.On))
}
