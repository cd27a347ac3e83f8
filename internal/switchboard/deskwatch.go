package switchboard

import (
	"time"

	"hotline1022/internal/call"
)

// DeskEvent is what an agent's page is told.
type DeskEvent interface{ deskEvent() }

type (
	// DeskMoved is a change of the agent's state, and the first event of a watch.
	DeskMoved struct {
		State DeskState
		Call  call.ID
	}
	// DeskOffer says that the desk is about to ring.
	DeskOffer struct{ Offer OfferInfo }
	// DeskOfferClosed says that the offer came to nothing.
	DeskOfferClosed struct {
		ID      call.OfferID
		How     call.OfferEnd
		TakenBy call.AgentID // who answered first, if somebody did
	}
	// DeskConnected says that agent and citizen can talk.
	DeskConnected struct {
		Offer OfferInfo
		Since time.Time
	}
	// DeskTalk says that something has changed in the conversation: a hold, who is in it.
	DeskTalk struct{ Talk TalkInfo }
	// DeskEnded says that the conversation is over.
	DeskEnded struct {
		Call   call.ID
		Ticket string
		// Why is citizen_hung_up, agent_hung_up, desk_lost, not_reached, transferred,
		// taken_over, dropped or consult_over.
		Why string
	}
	// DeskSignedOut is the last event of a watch.
	DeskSignedOut struct{ Why string } // replaced, signed_out, shift_over, by_supervisor
	// DeskRecording says that the recording of the conversation is paused, or not any more.
	DeskRecording struct {
		Call  call.ID
		Off   bool
		Until time.Time         // paused: it goes on by itself then
		Why   call.RecordingWhy // not paused any more
	}
	// DeskMessage is a message that the agent has not read; a watch may tell it twice.
	DeskMessage struct{ Message Message }
	// DeskMessageRead says that it was read, for the agent's other pages.
	DeskMessageRead struct{ ID string }
)

func (DeskMoved) deskEvent()       {}
func (DeskOffer) deskEvent()       {}
func (DeskOfferClosed) deskEvent() {}
func (DeskConnected) deskEvent()   {}
func (DeskTalk) deskEvent()        {}
func (DeskEnded) deskEvent()       {}
func (DeskSignedOut) deskEvent()   {}
func (DeskRecording) deskEvent()   {}
func (DeskMessage) deskEvent()     {}
func (DeskMessageRead) deskEvent() {}

// watchBuffer is how far a page may fall behind before it is disconnected; it then
// connects again and is told the present state.
const watchBuffer = 64

type watcher struct {
	events chan DeskEvent
	closed bool
}

func (w *watcher) close() {
	if !w.closed {
		w.closed = true
		close(w.events)
	}
}

// Watch tells everything that happens to the desk from now on, the present state
// first. The channel is closed when the desk is signed out, when the reader is too
// slow, and by cancel. It is nil for an agent without a desk.
func (d *Desks) Watch(agent call.AgentID) (events <-chan DeskEvent, cancel func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.byAgent[agent]
	if !ok {
		return nil, func() {}
	}
	w := &watcher{events: make(chan DeskEvent, watchBuffer)}
	k.watchers[w] = struct{}{}
	now := DeskMoved{State: d.snapshot(k)}
	switch {
	case k.offer != nil:
		now.Call = k.offer.Call
	case k.state == call.WrapUp:
		now.Call = d.took[agent][0]
	}
	w.events <- now
	if k.offer != nil {
		w.events <- k.present()
		if k.talk != nil {
			w.events <- DeskTalk{Talk: *k.talk}
		}
	}
	for _, m := range d.messages.unread(agent, time.Now()) {
		w.events <- DeskMessage{Message: m}
	}
	return w.events, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		delete(k.watchers, w)
		w.close()
	}
}

// present repeats the offer that is open, for a page that was loaded anew.
func (k *desk) present() DeskEvent {
	if k.state == call.AgentTalking {
		return DeskConnected{Offer: *k.offer, Since: k.since}
	}
	return DeskOffer{Offer: *k.offer}
}

// tell hands an event to every page; the desks' lock is held.
func (k *desk) tell(event DeskEvent) {
	_, last := event.(DeskSignedOut)
	for w := range k.watchers {
		full := false
		select {
		case w.events <- event:
		default:
			full = true
		}
		if full || last {
			delete(k.watchers, w)
			w.close()
		}
	}
}
