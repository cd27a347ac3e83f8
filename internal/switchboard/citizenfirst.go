package switchboard

import (
	"context"
	"time"

	"hotline1022/internal/call"
)

// The other way to call back: the citizen first, and the agent's desk when they have
// answered. The agent, whom the line has chosen, is talking from the offer on, so that
// nothing else comes to them meanwhile; the citizen hears who calls until the desk answers.

// citizenFirst calls the citizen for the agent who was offered.
func (r *recall) citizenFirst() {
	r.bridged = true
	if _, ok := r.board.desks.offered(r.offer.agent, r.info()); !ok || !r.ask("make the bridge", func(ctx context.Context) error {
		return r.board.phones.MakeBridge(ctx, recallBridge(r.id))
	}) {
		r.board.line.Fail(r.offer.id)
		return
	}
	r.board.line.Accept(r.offer.id) // and then callOut
}

// reached tells the citizen who calls, and rings the desk.
func (r *recall) reached() {
	r.ringBy, r.connected = time.Time{}, true
	r.tell("callback_reached")
	if !r.ringDesk() {
		r.deskFails(causeMissing)
	}
}

// deskFollows brings the citizen to the agent who has answered.
func (r *recall) deskFollows() {
	r.hush()
	if !r.join(r.leg) {
		r.loseDesk()
		return
	}
	r.connect()
}

// deskFails puts a citizen in line whose agent does not answer, and pauses the agent.
func (r *recall) deskFails(cause int) {
	why := call.PauseRONA
	switch cause {
	case causeBusy, causeRejected:
		why = call.PauseRefused
	case causeMissing:
		why = call.PauseNoPhone
	}
	r.board.line.Pause(r.offer.agent, why)
	r.hush()
	r.loseDesk()
}
