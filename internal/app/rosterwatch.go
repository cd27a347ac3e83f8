package app

import (
	"context"
	"log/slog"
	"time"

	"hotline1022/acd/roster"
	"hotline1022/internal/call"
	"hotline1022/internal/switchboard"
)

// relieve takes those off the line whose shift is over, and closes their desks when the
// relief is over too.
func (s *shifts) relieve(ctx context.Context, now time.Time) {
	for _, d := range s.desks.Seated() {
		switch s.roster.Standing(now, d.Agent) {
		case roster.On, roster.Early, roster.AnyShift:
		case roster.Outgoing:
			s.desks.ShiftOver(d.Agent)
		case roster.OffShift:
			s.desks.ShiftOver(d.Agent)
			if _, err := s.desks.Relieve(ctx, d.Agent); err != nil {
				s.log.Warn("a desk was not signed out cleanly when its shift was over",
					slog.String("agent", string(d.Agent)), slog.Any("error", err))
			}
		}
	}
}

// alarmKey tells one alarm from another.
type alarmKey struct {
	kind roster.AlarmKind
	slot roster.Slot
}

// sound tells each alarm once, and when it is over.
func (s *shifts) sound(now time.Time) {
	sounding := map[alarmKey]bool{}
	for _, a := range s.Alarms(now) {
		key := alarmKey{a.Kind, a.Slot}
		sounding[key] = true
		if !s.raised[key] {
			s.log.Warn("a shift lacks people", slog.String("alarm", string(a.Kind)), slog.String("date", a.Slot.Date),
				slog.String("shift", a.Slot.Shift), slog.Int("present", a.Present), slog.Int("wanted", a.Want))
		}
	}
	for key := range s.raised {
		if !sounding[key] {
			s.log.Info("a shift lacks people no more", slog.String("alarm", string(key.kind)), slog.String("date", key.slot.Date),
				slog.String("shift", key.slot.Shift))
		}
	}
	s.raised = sounding
}

// Alarms says what is wrong with the shift that runs.
func (s *shifts) Alarms(now time.Time) []roster.Alarm {
	if s.desks == nil {
		return nil
	}
	s.mu.Lock()
	terms := s.terms
	s.mu.Unlock()
	var present []call.AgentID
	for _, d := range s.desks.Seated() {
		if there(d.State, d.Reason) {
			present = append(present, d.Agent)
		}
	}
	return s.roster.Alarms(terms, now, present, s.conf.Patience)
}

// there says whether the agent of a desk counts as one of the shift: those who take
// calls or have one, and those who paused by themselves and will be back. Who lets it
// ring, or whose telephone is gone, is not there; who has been relieved is not counted.
func there(state call.AgentState, why call.PauseReason) bool {
	switch state {
	case call.Available, call.Reserved, call.AgentRinging, call.AgentTalking, call.WrapUp:
		return true
	case call.Paused:
		return why != call.PauseRONA && why != call.PauseNoPhone && why != switchboard.PauseShiftOver
	case call.Offline:
		return false
	}
	return false
}
