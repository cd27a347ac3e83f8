package switchboard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"hotline1022/internal/call"
)

// backAfterRestart is how long, beyond the grace time, a desk may be without its
// socket after a restart of ours: softphones pause between two tries to connect, and
// a conversation that goes on meanwhile must not be taken for lost.
const backAfterRestart = 15 * time.Second

// Restore takes up the desks that were signed in when the controller ended. Their
// accounts may still be in Asterisk; making them again changes nothing. Their agents
// are in the line from the first Adopt on, whose Restarted comes before their states.
// A desk that cannot be taken up does not keep the others from it.
func (d *Desks) Restore(ctx context.Context) error {
	saved, err := d.store.All(ctx)
	if err != nil {
		return fmt.Errorf("reading the desks that were signed in: %w", err)
	}
	var failed []error
	for _, s := range saved {
		if !d.roster.MayStay(time.Now(), s.Agent, true) { // whether they talk is not known yet
			d.remember(s.Agent) // that there is none any more
			continue
		}
		if err := d.open(ctx, s, true); err != nil {
			failed = append(failed, fmt.Errorf("desk of %s: %w", s.Agent, err))
		}
	}
	return errors.Join(failed...)
}

// enter takes the restored desks' agents into the line.
func (d *Desks) enter() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting = false
	for _, k := range d.byAgent {
		d.signIn(k)
	}
}

// renew makes every desk's account again, for an Asterisk that was started anew. A
// refused one is lost to its agent, not to the callers.
func (d *Desks) renew(ctx context.Context) {
	d.mu.Lock()
	phones := make(map[call.AgentID]Phone, len(d.byAgent))
	for agent, k := range d.byAgent {
		phones[agent] = k.phone
	}
	d.mu.Unlock()
	for agent, p := range phones {
		err := d.addPhone(ctx, p)
		d.mu.Lock()
		k, ok := d.byAgent[agent]
		d.mu.Unlock()
		switch {
		case !ok || k.phone != p: // signed out meanwhile
			d.board.insist("remove a desk's account", d.board.phones.RemovePhone, p.SIPUser)
		case err != nil:
			d.log.Error("a desk has no account until it signs in again", slog.String("agent", string(agent)), slog.Any("error", err))
		}
	}
}

// remember writes down what a restart needs of the agent's desk, beside everything
// else. Writes of one agent come one after the other, the last one last.
func (d *Desks) remember(agent call.AgentID) {
	d.mu.Lock()
	_, busy := d.writing[agent]
	d.writing[agent] = busy
	d.mu.Unlock()
	if busy {
		return
	}
	d.board.background(func(ctx context.Context) {
		for again := true; again; {
			d.write(ctx, agent)
			d.mu.Lock()
			if again = d.writing[agent]; again {
				d.writing[agent] = false
			} else {
				delete(d.writing, agent)
			}
			d.mu.Unlock()
		}
	})
}

func (d *Desks) write(ctx context.Context, agent call.AgentID) {
	ctx, cancel := context.WithTimeout(ctx, d.board.opts.RequestTimeout)
	defer cancel()
	d.mu.Lock()
	k, ok := d.byAgent[agent]
	var saved SavedDesk
	if ok {
		saved = SavedDesk{
			Agent: agent, SIPUser: k.phone.SIPUser, Password: k.phone.Password, Key: k.key,
			Ready: k.resume || k.state != call.Paused && k.state != call.Offline,
		}
	}
	d.mu.Unlock()
	if !ok {
		if err := d.store.Delete(ctx, agent); err != nil {
			d.log.Warn("a desk stays remembered", slog.String("agent", string(agent)), slog.Any("error", err))
		}
		return
	}
	if err := d.store.Save(ctx, saved); err != nil {
		d.log.Warn("a desk is not remembered; after a restart it must sign in again",
			slog.String("agent", string(agent)), slog.Any("error", err))
	}
}
