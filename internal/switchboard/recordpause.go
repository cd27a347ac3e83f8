package switchboard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"hotline1022/internal/call"
)

// ErrNotRecorded says that the recording of this conversation cannot be paused.
var ErrNotRecorded = errors.New("the recording of this conversation cannot be paused")

// Pauser pauses recordings. It need not be there: then none is.
type Pauser interface {
	// PauseRecording lets the recording of a citizen's leg hold silence from now on, or what
	// is said again; the same again changes nothing.
	PauseRecording(ctx context.Context, leg string, paused bool) error
}

const (
	// longestPause is how long a recording is paused when nobody lets it go on: as long
	// as it takes to say a card's number twice.
	longestPause = 2 * time.Minute
	// recordRetry is the pause between two tries to let a recording go on.
	recordRetry = 5 * time.Second
)

// pausing is a recording's pause.
type pausing struct {
	at  time.Time // it is paused, or may be, and goes on then
	off bool      // it is paused, as everybody has been told
}

// until is when a paused recording goes on at the latest; zero while it is on.
func (p pausing) until() time.Time {
	if !p.off {
		return time.Time{}
	}
	return p.at
}

// recorded is a conversation whose recording can be paused, in the hands of its owner.
type recorded interface {
	// recording is its pause, the leg that is recorded, and who pauses it.
	recording() (*pausing, string, Pauser)
	try(what string, request func(context.Context) error) error
	record(facts ...call.Fact)
	// showRecording shows the light to everybody who talks.
	showRecording(now DeskRecording)
}

// recordingAsked is an agent who wants the recording paused, or to go on; the answer
// takes one.
type recordingAsked struct {
	by     call.AgentID
	on     bool
	answer chan error
}

func (m recordingAsked) to(s *session) {
	talks := s.stage == call.Talking && slices.ContainsFunc(s.talkers(), func(p *party) bool { return p.agent == m.by })
	m.asked(s, talks)
}

func (m recordingAsked) toRecall(r *recall) { m.asked(r, r.talksWith(m.by)) }

// asked does what an agent asks for who talks there.
func (m recordingAsked) asked(c recorded, talks bool) {
	switch {
	case !talks:
		m.answer <- ErrNotTalking
	case m.on:
		m.answer <- recordAgain(c, call.RecordingAsked, m.by)
	default:
		m.answer <- pauseRecording(c, m.by)
	}
}

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

// pauseRecording pauses a recording, or prolongs that.
func pauseRecording(c recorded, by call.AgentID) error {
	p, leg, pauser := c.recording()
	if err := c.try("pause the recording", func(ctx context.Context) error {
		return pauser.PauseRecording(ctx, leg, true)
	}); err != nil {
		if !p.off { // but it may be, and must not stay so
			p.at = time.Now().Add(recordRetry)
		}
		return fmt.Errorf("pausing the recording: %w", err)
	}
	p.at = time.Now().Add(longestPause)
	if !p.off {
		p.off = true
		c.record(call.RecordingPaused{By: by})
	}
	c.showRecording(DeskRecording{Off: true, Until: p.at})
	return nil
}

// recordAgain lets a paused recording go on. While that is refused it stays paused, and
// is tried again.
func recordAgain(c recorded, why call.RecordingWhy, by call.AgentID) error {
	p, leg, pauser := c.recording()
	if why == call.RecordingAsked && p.at.IsZero() {
		return nil
	}
	err := c.try("let the recording go on", func(ctx context.Context) error {
		return pauser.PauseRecording(ctx, leg, false)
	})
	if err != nil && !errors.Is(err, ErrGone) {
		p.at = time.Now().Add(recordRetry)
		return fmt.Errorf("letting the recording go on: %w", err)
	}
	p.at = time.Time{}
	if !p.off {
		return nil // a pause that was refused
	}
	p.off = false
	c.record(call.RecordingResumed{By: by, Why: why})
	c.showRecording(DeskRecording{Why: why})
	return nil
}

func (s *session) recording() (*pausing, string, Pauser) {
	return &s.pause, string(s.id), s.board.pauser
}

func (s *session) showRecording(now DeskRecording) {
	now.Call = s.id
	s.log.Info("the recording", slog.Bool("paused", now.Off), slog.String("why", string(now.Why)))
	for _, p := range s.talkers() {
		s.board.desks.recording(p.agent, now)
	}
}

func (r *recall) recording() (*pausing, string, Pauser) { return &r.pause, r.leg, r.board.pauser }

func (r *recall) showRecording(now DeskRecording) {
	now.Call = r.id
	r.log.Info("the recording", slog.Bool("paused", now.Off), slog.String("why", string(now.Why)))
	if r.offer != nil {
		r.board.desks.recording(r.offer.agent, now)
	}
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
