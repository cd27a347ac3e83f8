package switchboard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"hotline1022/internal/call"
)

// ErrNotRecorded says that the recording of this conversation cannot be paused.
var ErrNotRecorded = errors.New("the recording of this conversation cannot be paused")

// Pauser pauses recordings. It need not be there: then none is.
type Pauser interface {
	// PauseRecording lets the call's recording hold silence from now on, or what is said
	// again; the same again changes nothing.
	PauseRecording(ctx context.Context, id call.ID, paused bool) error
}

const (
	// longestPause is how long a recording is paused when nobody lets it go on: as long
	// as it takes to say a card's number twice.
	longestPause = 2 * time.Minute
	// recordRetry is the pause between two tries to let a recording go on.
	recordRetry = 5 * time.Second
)

// recordingAsked is an agent who wants the recording paused, or to go on; the answer
// takes one.
type recordingAsked struct {
	by     call.AgentID
	on     bool
	answer chan error
}

func (m recordingAsked) to(s *session)    { m.answer <- s.pauseRecording(m.by, m.on) }
func (m recordingAsked) toRecall(*recall) { m.answer <- ErrNotRecorded }

// Record pauses the recording of the agent's conversation, or lets it go on, and returns
// when that is so. Pausing once more prolongs the pause.
func (d *Desks) Record(ctx context.Context, agent call.AgentID, on bool) error {
	if d.board.pauser == nil {
		return ErrNotRecorded
	}
	talk, ok := d.conversation(agent)
	if !ok {
		return ErrNotTalking
	}
	m := recordingAsked{by: agent, on: on, answer: make(chan error, 1)}
	if !d.board.deliver(talk.Call, m) {
		return ErrNotTalking
	}
	ctx, cancel := context.WithTimeout(ctx, 3*d.board.opts.RequestTimeout)
	defer cancel()
	select {
	case err := <-m.answer:
		return err
	case <-ctx.Done():
		return fmt.Errorf("the call does not answer: %w", ctx.Err())
	}
}

// conversation is what the agent talks about and with whom; false when they do not.
func (d *Desks) conversation(agent call.AgentID) (OfferInfo, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.byAgent[agent]
	if !ok || k.offer == nil || k.state != call.AgentTalking {
		return OfferInfo{}, false
	}
	return *k.offer, true
}

// pauseRecording does what the agent of the conversation asks for.
func (s *session) pauseRecording(by call.AgentID, on bool) error {
	switch {
	case s.stage != call.Talking || s.offer == nil || s.offer.agent != by:
		return ErrNotTalking
	case on:
		return s.recordAgain(call.RecordingAsked, by)
	}
	if err := s.try("pause the recording", func(ctx context.Context) error {
		return s.board.pauser.PauseRecording(ctx, s.id, true)
	}); err != nil {
		if !s.unrecorded { // but it may be, and must not stay so
			s.recordAt = time.Now().Add(recordRetry)
		}
		return fmt.Errorf("pausing the recording: %w", err)
	}
	s.recordAt = time.Now().Add(longestPause)
	if !s.unrecorded {
		s.unrecorded = true
		s.record(call.RecordingPaused{By: by})
		s.log.Info("the recording is paused")
	}
	s.board.desks.recording(by, DeskRecording{Call: s.id, Off: true, Until: s.recordAt})
	return nil
}

// recordAgain lets a paused recording go on. While that is refused it stays paused, and
// is tried again.
func (s *session) recordAgain(why call.RecordingWhy, by call.AgentID) error {
	if why == call.RecordingAsked && s.recordAt.IsZero() {
		return nil
	}
	err := s.try("let the recording go on", func(ctx context.Context) error {
		return s.board.pauser.PauseRecording(ctx, s.id, false)
	})
	if err != nil && !errors.Is(err, ErrGone) {
		s.recordAt = time.Now().Add(recordRetry)
		return fmt.Errorf("letting the recording go on: %w", err)
	}
	s.recordAt = time.Time{}
	if !s.unrecorded {
		return nil // a pause that was refused
	}
	s.unrecorded = false
	s.record(call.RecordingResumed{By: by, Why: why})
	s.log.Info("the recording goes on", slog.String("why", string(why)))
	if s.offer != nil {
		s.board.desks.recording(s.offer.agent, DeskRecording{Call: s.id, Why: why})
	}
	return nil
}

// recordingOff is when a paused recording goes on at the latest; zero while it is on.
func (s *session) recordingOff() time.Time {
	if !s.unrecorded {
		return time.Time{}
	}
	return s.recordAt
}

// recording shows the light on the agent's page.
func (d *Desks) recording(agent call.AgentID, now DeskRecording) {
	d.with(agent, func(k *desk) {
		if k.offer == nil || k.offer.Call != now.Call {
			return
		}
		info := *k.offer
		info.RecordingOff = now.Until
		k.offer = &info
		k.tell(now)
	})
}
