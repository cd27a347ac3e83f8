package wallboard

import (
	"slices"
	"time"

	"hotline1022/internal/call"
)

// visit is what has been said of one call. Learning is idempotent and the order in
// which facts come does not matter: of each thing the first or the last time counts.
type visit struct {
	id      call.ID
	last    stamp
	arrived time.Time

	outbound bool // an agent called; it is no citizen's visit, unless they have to wait

	menu    stamp // last seen in the menus
	queued  stamp // last put in line
	placed  stamp // … or moved to another queue
	queue   string
	group   call.Group
	entries []time.Time // every time that it entered the line, but for coming back
	back    time.Time   // came back in line first

	offers []offer

	ended   stamp
	outcome call.Outcome
}

// offer is what has been said of one offer.
type offer struct {
	id        call.OfferID
	made      stamp
	closed    bool // and not accepted
	connected time.Time
	over      time.Time
}

func (v *visit) finished() bool { return v.ended != stamp{} }

func (v *visit) learn(at stamp, fact call.Fact) {
	v.last.later(at)
	switch f := fact.(type) {
	case call.Outbound:
		v.outbound = true
	case call.Arrived:
		earliest(&v.arrived, at.at)
	case call.MenuEntered:
		v.menu.later(at)
	case call.Queued:
		v.line(at, f)
	case call.VoicemailBegan, call.SurveyAsked: // out of the line, and spoken to by us
		v.menu.later(at)
	case call.QueueMoved:
		if v.placed.later(at) {
			v.queue = f.To
		}
	case call.Offered:
		v.offer(f.Offer).made.later(at)
	case call.OfferRang:
		v.offer(f.Offer).made.later(at)
	case call.OfferClosed:
		o := v.offer(f.Offer)
		o.closed = o.closed || f.How != call.OfferAccepted
	case call.Connected:
		earliest(&v.offer(f.Offer).connected, at.at)
	case call.Disconnected:
		earliest(&v.offer(f.Offer).over, at.at)
	case call.Finished:
		if !v.finished() || at.before(v.ended) {
			v.ended, v.outcome = at, f.Outcome
		}
	case call.Greeted, call.KeyPressed, call.LanguageChosen, call.Told: // the call is alive
	case call.VoicemailLeft, call.Rated, call.CallbackAsked: // … and being so
	case call.HandoverBegan, call.DestinationTried, call.DestinationRang, call.DestinationAnswered, call.DestinationClosed,
		call.LadderRestarted, call.SupervisorsCalled, call.HandoverConfirmed, call.PlaceTold, call.CaseNoted, call.SheetLinked, call.SheetAcknowledged, call.CallbackOwed,
		call.DutyNoted, call.Survived: // beside where a call stands
	case call.CallbackTried, call.CallbackClosed, call.CalledOut,
		call.Recorded, call.WrappedUp, call.AgentMoved, call.Restarted: // not about where a call stands
	case call.ConsultAnswered: // it rings no more, and nobody talks with the citizen yet
		v.offer(f.Leg).closed = true
	case call.Held, call.HeldLong, call.Resumed, call.TransferAsked, call.Transferred, call.ConsultBegan,
		call.ConsultEnded, call.Conferenced, call.BargedIn, call.TakenOver: // in conversation before and after
	case call.Listened, call.ListenEnded, call.RecordingPaused, call.RecordingResumed, call.Steered,
		call.Forced, call.MessageSent, call.MessageRead: // nor are these
	}
}

func (v *visit) line(at stamp, q call.Queued) {
	if v.queued.later(at) {
		v.group = q.Topic.Group
	}
	if v.placed.later(at) {
		v.queue = q.Queue
	}
	if q.Again {
		earliest(&v.back, at.at)
		return
	}
	if i, known := slices.BinarySearchFunc(v.entries, at.at, time.Time.Compare); !known {
		v.entries = slices.Insert(v.entries, i, at.at)
	}
}

func (v *visit) offer(id call.OfferID) *offer {
	for i := range v.offers {
		if v.offers[i].id == id {
			return &v.offers[i]
		}
	}
	v.offers = append(v.offers, offer{id: id})
	return &v.offers[len(v.offers)-1]
}

// stage is where the call stands, after the last restart of its node. A call that
// the restart did not find has ended.
func (v *visit) stage(r restart) call.Stage {
	if v.finished() || (v.last.before(r.at) && !r.adopted[v.id]) {
		return call.Ended
	}
	var latest offer
	for _, o := range v.offers {
		if !o.connected.IsZero() && o.over.IsZero() {
			return call.Talking
		}
		if latest.made.before(o.made) {
			latest = o
		}
	}
	// An offer that the controller did not live to close is not open any more.
	open := latest.id != "" && !latest.closed && latest.connected.IsZero() && latest.over.IsZero()
	switch {
	case open && r.at.before(latest.made):
		return call.Ringing
	case v.menu.before(v.queued):
		return call.Waiting
	default:
		return call.Menu
	}
}

// calledBack says that the conversation came after the call's end: a callback, which
// is no answer in time and no wait on the telephone.
func (v *visit) calledBack(o offer) bool { return v.finished() && o.connected.After(v.ended.at) }

// waitingSince is the last entry into the line; a call of which only the return is
// known waits since then.
func (v *visit) waitingSince() time.Time {
	if n := len(v.entries); n > 0 {
		return v.entries[n-1]
	}
	return v.back
}

// answered is when the call first reached an agent; zero if it has not.
func (v *visit) answered() time.Time {
	var first time.Time
	for _, o := range v.offers {
		if !o.connected.IsZero() && !v.calledBack(o) {
			earliest(&first, o.connected)
		}
	}
	return first
}

// entered is when the call entered the line that it was answered from, or that it
// stood in last; zero if it never did.
func (v *visit) entered() time.Time {
	answered := v.answered()
	var entered time.Time
	for _, at := range v.entries {
		if entered.IsZero() || answered.IsZero() || !at.After(answered) {
			entered = at
		}
	}
	return entered
}

// span is a time in which an agent talked with the citizen.
type span struct{ from, to time.Time }

// talks are the spans of all agents; false while one goes on.
func (v *visit) talks() (spans []span, done bool) {
	done = true
	for _, o := range v.offers {
		switch {
		case o.connected.IsZero(), v.calledBack(o):
		case !o.over.IsZero():
			spans = append(spans, span{o.connected, o.over})
		case v.finished():
			spans = append(spans, span{o.connected, v.ended.at})
		default:
			done = false
		}
	}
	return spans, done
}

// talked is how long the citizen talked, with one or several; false while they do.
func (v *visit) talked() (total time.Duration, done bool) {
	spans, done := v.talks()
	slices.SortFunc(spans, func(a, b span) int { return a.from.Compare(b.from) })
	var until time.Time
	for _, s := range spans {
		if s.from.Before(until) {
			s.from = until
		}
		if s.to.After(s.from) {
			total += s.to.Sub(s.from)
			until = s.to
		}
	}
	return total, done
}

// worked is how long agents talked, each of them.
func (v *visit) worked() (total time.Duration) {
	spans, _ := v.talks()
	for _, s := range spans {
		total += max(s.to.Sub(s.from), 0)
	}
	return total
}
