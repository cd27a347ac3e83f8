package switchboard

import (
	"context"
	"maps"
	"slices"
	"strings"

	"hotline1022/internal/call"
)

// signal takes what the phones report of supervisors' legs; false for all others. A leg
// that comes to life when nobody wants it any more is hung up.
func (e *Ears) signal(signal Signal) bool {
	var leg string
	_, ended := signal.(LegGone)
	switch sig := signal.(type) {
	case LegEntered:
		leg = sig.Leg
	case LegRinging:
		leg = sig.Leg
	case LegUp:
		leg = sig.Leg
	case LegGone:
		leg = sig.Leg
	default:
		return false
	}
	id, ok := call.EarOf(leg)
	if !ok {
		return false
	}
	e.mu.Lock()
	x := e.live[id]
	e.mu.Unlock()
	switch {
	case x != nil:
		x.mail.put(func(x *ear) { x.reported(signal) })
	case !ended:
		e.board.insist("hang up a late leg", e.board.phones.Hangup, leg)
	}
	return true
}

// check compares the ears with what is there after a connect, and gives the truth without
// them: to the calls' owners they do not exist. Those of before a restart are ended.
func (e *Ears) check(truth Truth) Truth {
	e.mu.Lock()
	for _, x := range e.live {
		x.mail.put(func(x *ear) { x.check(truth) })
	}
	e.mu.Unlock()
	rest := truth
	rest.Legs, rest.Bridges = nil, make(map[string][]string, len(truth.Bridges))
	for _, leg := range truth.Legs { // before their bridges
		if e.own(leg, "hang up an ownerless leg", e.board.phones.Hangup) {
			continue
		}
		rest.Legs = append(rest.Legs, leg)
	}
	for _, bridge := range slices.Sorted(maps.Keys(truth.Bridges)) {
		if !e.own(bridge, "remove an ownerless bridge", e.board.phones.RemoveBridge) {
			rest.Bridges[bridge] = truth.Bridges[bridge]
		}
	}
	return rest
}

// sweep removes the accounts that a controller has left which was killed: no page knows
// their credentials any more.
func (e *Ears) sweep(phones []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, name := range phones {
		known := slices.ContainsFunc(slices.Collect(maps.Values(e.seats)), func(s *earSeat) bool { return s.phone.SIPUser == name })
		if strings.HasPrefix(name, earPhone) && !known {
			e.board.insist("remove a supervisor's account of before", e.board.phones.RemovePhone, name)
		}
	}
}

// own says whether a leg or bridge is an ear's, and removes it if that one is no more.
func (e *Ears) own(id, what string, remove func(context.Context, string) error) bool {
	of, ok := call.EarOf(id)
	if !ok {
		return false
	}
	e.mu.Lock()
	alive := e.live[of] != nil
	e.mu.Unlock()
	if !alive {
		e.board.insist(what, remove, id)
	}
	return true
}
