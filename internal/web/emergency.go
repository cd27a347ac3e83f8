package web

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"hotline1022/internal/auth"
	"hotline1022/internal/call"
)

// emergencyRoutes are the hand-overs to command centres.
func (s *site) emergencyRoutes(add func(pattern string, need auth.Need, h handler)) {
	add("POST /api/desk/emergency", auth.WorkDesk, s.handOver)
	add("POST /api/desk/emergency/add", auth.WorkDesk, s.handOver)
	add("POST /api/desk/emergency/advance", auth.WorkDesk, s.nextDestination)
	add("POST /api/desk/emergency/confirm", auth.WorkDesk, s.confirmHandover)
	add("GET /api/emergency", auth.SeeLive, s.emergencies)
	add("POST /api/emergency/drill", auth.Supervise, s.drill)
	add("POST /api/emergency/callbacks/{call}", auth.WorkDesk, s.noteDuty)
	add("POST /api/calls/{id}/emergency", auth.Supervise, s.handOverOf)
	add("POST /api/calls/{id}/emergency/advance", auth.Supervise, s.nextDestinationOf)
	add("POST /api/calls/{id}/emergency/place", auth.WorkDesk, s.tellPlace)
	add("POST /api/calls/{id}/emergency/case", auth.WorkDesk, s.noteCase)
	add("POST /api/calls/{id}/emergency/sheet", auth.WorkDesk, s.linkSheet)
}

// wanted is what is asked of a hand-over.
type wanted struct {
	Service call.Service `json:"service"`
	Area    string       `json:"area"`
	Attempt int          `json:"attempt"`
}

// asked reads who asks for which service.
func (s *site) asked(w http.ResponseWriter, r *http.Request) (by call.AgentID, form wanted, err error) {
	if by, err = self(r); err != nil {
		return by, form, err
	}
	if err = s.read(w, r, &form); err != nil {
		return by, form, err
	}
	for _, service := range s.deps.Emergencies.Services() {
		if service.Service == form.Service {
			tell(r, "service", string(form.Service))
			return by, form, nil
		}
	}
	return by, form, badRequest("Không có dịch vụ khẩn cấp này.", "There is no such service; see services of GET /api/emergency.")
}

func (s *site) handOver(w http.ResponseWriter, r *http.Request) error {
	by, form, err := s.asked(w, r)
	if err != nil {
		return err
	}
	return done(w, s.desks.Emergency(r.Context(), by, form.Service, form.Area))
}

func (s *site) nextDestination(w http.ResponseWriter, r *http.Request) error {
	by, form, err := s.asked(w, r)
	if err != nil {
		return err
	}
	return done(w, s.desks.AdvanceEmergency(r.Context(), by, form.Service))
}

func (s *site) confirmHandover(w http.ResponseWriter, r *http.Request) error {
	by, form, err := s.asked(w, r)
	if err != nil {
		return err
	}
	return done(w, s.desks.ConfirmEmergency(r.Context(), by, form.Service, form.Attempt))
}

func (s *site) handOverOf(w http.ResponseWriter, r *http.Request) error {
	by, form, err := s.asked(w, r)
	if err != nil {
		return err
	}
	return done(w, s.deps.Emergencies.SuperviseEmergency(r.Context(), call.ID(r.PathValue("id")), by, form.Service, form.Area))
}

// drill takes half a minute: the live figures tell how it went.
func (s *site) drill(w http.ResponseWriter, r *http.Request) error {
	_, form, err := s.asked(w, r)
	if err != nil {
		return err
	}
	s.deps.Emergencies.Drill(form.Service)
	w.WriteHeader(http.StatusAccepted)
	return nil
}

func (s *site) nextDestinationOf(w http.ResponseWriter, r *http.Request) error {
	_, form, err := s.asked(w, r)
	if err != nil {
		return err
	}
	return done(w, s.deps.Emergencies.SuperviseAdvance(r.Context(), call.ID(r.PathValue("id")), form.Service))
}

// emergencies is what goes on, what is owed, and what there is to hand over to.
func (s *site) emergencies(w http.ResponseWriter, _ *http.Request) error {
	handovers := []handoverView{}
	for _, h := range s.deps.Emergencies.Handovers() {
		handovers = append(handovers, handoverOf(h))
	}
	writeJSON(w, http.StatusOK, map[string]any{
		"services": list(s.deps.Emergencies.Services()), "handovers": handovers,
		"callbacks": dutiesOf(s.deps.Emergencies.Owed(), s.deps.Emergencies.Now()),
	})
	return nil
}

func (s *site) noteDuty(w http.ResponseWriter, r *http.Request) error {
	by, err := self(r)
	if err != nil {
		return err
	}
	var form struct {
		How  call.DutyStep `json:"how"`
		Note string        `json:"note"`
	}
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	form.Note = strings.TrimSpace(form.Note)
	switch {
	case !slices.Contains(call.DutySteps(), form.How):
		return badRequest("Kết quả gọi lại không hợp lệ.", "how is taken, no_answer, reached or closed.")
	case utf8.RuneCountInString(form.Note) > longestReason:
		return errLongReason
	case form.How == call.DutyClosed && form.Note == "":
		return badRequest("Hãy ghi lý do không gọi lại nữa.", "Say why nobody is to be called back any more.")
	case form.How == call.DutyClosed && !isLead(r):
		return errForbidden
	}
	return done(w, s.deps.Emergencies.Note(call.ID(r.PathValue("call")), call.DutyNoted{Agent: by, How: form.How, Note: form.Note}))
}

func (s *site) tellPlace(w http.ResponseWriter, r *http.Request) error {
	return onSheet(s, w, r, func(_ context.Context, id call.ID, _ call.AgentID, place call.PlaceTold) error {
		if place.Lat < -90 || place.Lat > 90 || place.Lon < -180 || place.Lon > 180 || place.Accuracy < 0 {
			return badRequest("Tọa độ không hợp lệ.", "That is no position of WGS 84.")
		}
		return s.deps.Emergencies.Place(id, place)
	})
}

func (s *site) noteCase(w http.ResponseWriter, r *http.Request) error {
	return onSheet(s, w, r, func(_ context.Context, id call.ID, by call.AgentID, noted call.CaseNoted) error {
		noted.Agent = by
		return s.deps.Emergencies.Case(id, noted)
	})
}

// onSheet reads what is added to a call's sheet.
func onSheet[F any](s *site, w http.ResponseWriter, r *http.Request, do func(context.Context, call.ID, call.AgentID, F) error) error {
	by, err := self(r)
	if err != nil {
		return err
	}
	var form F
	if err := s.read(w, r, &form); err != nil {
		return err
	}
	return done(w, do(r.Context(), call.ID(r.PathValue("id")), by, form))
}

// linkSheet makes a link to the call's sheet, which the agent reads or sends to the centre.
func (s *site) linkSheet(w http.ResponseWriter, r *http.Request) error {
	_, form, err := s.asked(w, r)
	if err != nil {
		return err
	}
	link, err := s.deps.Emergencies.Link(call.ID(r.PathValue("id")), form.Service)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusCreated, map[string]string{"link": link})
	return nil
}
