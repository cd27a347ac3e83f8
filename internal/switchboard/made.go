package switchboard

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
)

// ErrBusy says that the agent is offered a call, or talks.
var ErrBusy = errors.New("this agent talks, or is offered a call")

// WantedCall is a call that an agent wants to make.
type WantedCall struct {
	Number string // as typed
	Ticket string // code of the ticket that it is for; "" opens one
	Topic  call.Topic
	Urgent bool // hours and limits do not count, but the number does
}

// MadeCall is a call that is being made.
type MadeCall struct {
	Call   call.ID
	Ticket string
}

// made is what a recall has more when it is not a callback but a call that an agent makes:
// the line was not asked for an agent, and is told that this one talks.
//
//	desk rings ─▶ citizen is called ─▶ talking ─▶ over
//	     └────────────────┴─ not reached ─▶ over
//
// A citizen whose agent's desk is lost waits in line, like any other who was reached.
type made struct {
	want   WantedCall
	begun  bool       // the line agrees
	answer chan error // is told so, or not; nil after a restart
}

// MakeCall calls somebody for an agent, whose desk is rung first and is expected to answer
// by itself. It returns when the agent is the call's. Refusals of the policy are
// *outside.Refusal; ErrBusy, ErrNoWayOut, and those of Ready.
func (d *Desks) MakeCall(ctx context.Context, agent call.AgentID, want WantedCall) (MadeCall, error) {
	if err := d.mayMake(agent); err != nil {
		return MadeCall{}, err
	}
	return d.board.makeCall(ctx, agent, want)
}

func (d *Desks) mayMake(agent call.AgentID) error {
	onShift := d.roster.OnShift(time.Now(), agent)
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.byAgent[agent]
	switch {
	case !ok:
		return ErrNotSignedIn
	case k.lines == 0:
		return ErrNoPhone
	case !onShift:
		return ErrOffShift
	}
	return nil
}

func (b *Board) makeCall(ctx context.Context, agent call.AgentID, want WantedCall) (MadeCall, error) {
	if b.outside == nil || b.policy == nil {
		return MadeCall{}, ErrNoWayOut
	}
	now := time.Now()
	id := b.newCall(now)
	// Asked now, so that the agent hears why not; what is asked again for the same leg is
	// the same call.
	permit, err := b.policy.Ask(now, agent, id.Called(1), want.Number, want.Urgent)
	if err != nil {
		return MadeCall{}, err
	}
	r := &recall{
		id: id, number: permit.Number, lang: call.Vietnamese, offers: 1, last: agent, ticket: want.Ticket,
		place: place{topic: want.Topic, arrived: now, queue: b.queueFor(want.Topic)},
		made:  &made{want: want, answer: make(chan error, 1)},
	}
	b.beginRecall(r, func(*recall) { b.line.Busy(agent, id) })
	select {
	case err = <-r.made.answer:
	case <-ctx.Done():
		err = fmt.Errorf("making a call: %w", ctx.Err())
	case <-time.After(b.opts.RequestTimeout):
		err = ErrNotSignedIn // the line does not know them
	}
	if err != nil {
		b.policy.Ended(id.Called(1))
		b.dropRecall(id)
		b.line.Ended(id) // if it said yes too late
		return MadeCall{}, err
	}
	return MadeCall{Call: id, Ticket: r.ticket}, nil
}

// newCall makes an id for a call of which Asterisk has not made one. Its counters do not
// get there.
func (b *Board) newCall(now time.Time) call.ID {
	const beyond = 9_000_000_000
	return call.ID(fmt.Sprintf("%s-%d.%d", b.opts.Node, now.Unix(), beyond+b.made.Add(1)*1_000_000_000+int64(now.Nanosecond())))
}

// queueFor is where a citizen waits whose agent's desk is lost.
func (b *Board) queueFor(topic call.Topic) acd.Queue {
	var other acd.Queue
	for _, q := range *b.queues.Load() {
		switch {
		case q.Group == topic.Group && !q.Emergency:
			return q
		case !q.Emergency && (other.Name == "" || q.Name < other.Name):
			other = q
		}
	}
	return other
}

// begin rings the agent's desk, as the line agrees.
func (r *recall) begin(agent call.AgentID) {
	m := r.made
	m.begun = true
	opens := m.want.Ticket == ""
	if opens {
		r.ticket = r.board.journal.NextTicketCode(time.Now())
	}
	r.record(call.Outbound{Agent: agent, Number: r.number, Ticket: r.ticket, Opens: opens, Topic: r.place.topic})
	m.answer <- nil
	r.offer = &party{id: r.id.Offer(1), agent: agent}
	if !r.ringDesk() {
		r.notMade(call.ByUs, "the desk cannot be rung")
	}
}

// declined is the line's no.
func (r *recall) declined() {
	if r.made != nil && !r.made.begun {
		r.made.answer <- ErrBusy
		r.over = true
	}
}

// notMade ends a call in which nobody was talked with.
func (r *recall) notMade(by call.Doer, detail string) {
	r.ringBy = time.Time{}
	r.dropCitizen()
	r.board.policy.Ended(r.id.Called(1))
	if r.offer != nil {
		r.board.desks.ended(r.offer.agent, r.id, "not_reached")
		r.dropDesk()
	}
	r.board.line.Ended(r.id)
	r.close(call.Outcome{Result: call.NotReached, By: by, Stage: call.Ringing, Detail: detail})
}

// close ends a call that an agent made, once, and what is left of it.
func (r *recall) close(outcome call.Outcome) {
	if r.made != nil && r.made.begun && !r.over {
		r.record(call.Finished{Outcome: outcome})
	}
	r.finish()
}

// talkedWith is the outcome of a conversation that ended for that reason.
func talkedWith(why string) call.Outcome {
	outcome := call.Outcome{Result: call.Served, By: call.ByCitizen, Stage: call.Talking}
	if why == "agent_hung_up" {
		outcome.By = call.ByAgent
	}
	return outcome
}
