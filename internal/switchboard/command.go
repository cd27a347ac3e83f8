package switchboard

import (
	"context"
	"errors"
	"fmt"

	"hotline1022/internal/call"
)

// Errors of what people ask of a conversation.
var (
	// ErrNotNow says that the call does not stand where this could be done.
	ErrNotNow = errors.New("the call does not stand where this can be done")
	// ErrNotFree says that who is asked for cannot be rung now.
	ErrNotFree = errors.New("this colleague cannot be rung now")
	// ErrNoTarget says that there is no such agent or queue.
	ErrNoTarget = errors.New("nobody and nothing of that name can have the call")
	// ErrPhones says that the phones refused; it may be tried again.
	ErrPhones = errors.New("the phones refused")
)

// command is what a person asks of a call. It enters by the call's mailbox, and is
// answered when the owner has come to it.
type command struct {
	do   func(*session) error
	back func(*recall) error // the same of a citizen whom we called; nil for what cannot be done there
	done chan error          // takes the answer without waiting
}

func (c command) to(s *session) { c.done <- c.do(s) }

func (c command) toRecall(r *recall) {
	if c.back == nil {
		c.done <- ErrNotNow
		return
	}
	c.done <- c.back(r)
}

// command asks the owner of a call, and waits for the answer.
func (b *Board) command(ctx context.Context, id call.ID, do func(*session) error) error {
	return b.commandEither(ctx, id, do, nil)
}

// commandEither is command for what the owner of a callback can do as well.
func (b *Board) commandEither(ctx context.Context, id call.ID, do func(*session) error, back func(*recall) error) error {
	c := command{do: do, back: back, done: make(chan error, 1)}
	if !b.deliver(id, c) {
		return ErrNotYourCall
	}
	ctx, cancel := context.WithTimeout(ctx, 3*b.opts.RequestTimeout)
	defer cancel()
	select {
	case err := <-c.done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("the call does not answer: %w", ctx.Err())
	}
}

// ofLead is a command of the agent whose call it is, for the call that they are in.
func (d *Desks) ofLead(ctx context.Context, agent call.AgentID, do func(*session) error) error {
	return d.ofEither(ctx, agent, do, func(*recall) error { return ErrNotNow })
}

// ofEither is ofLead for what can be done with a citizen whom we called as well.
func (d *Desks) ofEither(ctx context.Context, agent call.AgentID, do func(*session) error, back func(*recall) error) error {
	d.mu.Lock()
	k, ok := d.byAgent[agent]
	var id call.ID
	if ok && k.offer != nil {
		id = k.offer.Call
	}
	d.mu.Unlock()
	switch {
	case !ok:
		return ErrNotSignedIn
	case id == "":
		return ErrNotYourCall
	}
	return d.board.commandEither(ctx, id, func(s *session) error {
		if s.stage != call.Talking || s.offer.agent != agent || !s.offer.answered || s.offer.gone {
			return ErrNotYourCall
		}
		if s.hand != nil { // nobody sends a citizen away who is being handed over
			return ErrNotNow
		}
		return do(s)
	}, func(r *recall) error {
		if !r.talksWith(agent) {
			return ErrNotYourCall
		}
		return back(r)
	})
}
