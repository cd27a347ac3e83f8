package ticket

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"hotline1022/internal/call"
)

// Project folds events of any calls, in any order and with any of them twice, into
// one record for each call whose beginning is among them. Records come in the order
// of their calls' ids.
func Project(events []call.Event) []Record {
	byCall := map[call.ID][]call.Event{}
	for _, e := range events {
		if e.Call != "" {
			byCall[e.Call] = append(byCall[e.Call], e)
		}
	}
	ids := make([]call.ID, 0, len(byCall))
	for id := range byCall {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	records := make([]Record, 0, len(ids))
	for _, id := range ids {
		if r, ok := Fold(Ordered(byCall[id])); ok {
			records = append(records, r)
		}
	}
	return records
}

// place is where an event stands among a call's events: the controllers that had the
// call one after the other, and within each the number that its journal gave. The
// clock orders controllers only, as it may step back within one.
type place struct {
	first time.Time // the node's first event of this call
	node  string
	seq   uint64
}

// Ordered is one call's events in their order, each id once. The argument is left as
// it is.
func Ordered(events []call.Event) []call.Event {
	first := map[string]time.Time{}
	for _, e := range events {
		node, _ := NodeAndSequence(e.ID)
		if at, known := first[node]; !known || e.At.Before(at) {
			first[node] = e.At
		}
	}
	of := func(e call.Event) place {
		node, seq := NodeAndSequence(e.ID)
		return place{first[node], node, seq}
	}
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b call.Event) int {
		p, q := of(a), of(b)
		return cmp.Or(p.first.Compare(q.first), cmp.Compare(p.node, q.node), cmp.Compare(p.seq, q.seq), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(sorted, func(a, b call.Event) bool { return a.ID == b.ID })
}

// NodeAndSequence takes an event's id "<node>-<sequence>" apart; an id of another
// form is a node of its own.
func NodeAndSequence(id string) (node string, seq uint64) {
	dash := strings.LastIndexByte(id, '-')
	if dash < 0 {
		return id, 0
	}
	seq, err := strconv.ParseUint(id[dash+1:], 10, 64)
	if err != nil {
		return id, 0
	}
	return id[:dash], seq
}
