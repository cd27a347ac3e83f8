package acd

import (
	"cmp"
	"time"

	"github.com/tidwall/btree"

	"hotline1022/internal/call"
)

// before is the order of service.
func (c *caller) before(d *caller) bool {
	if c.emergency != d.emergency {
		return c.emergency
	}
	if !c.place.Equal(d.place) {
		return c.place.Before(d.place)
	}
	return c.seq < d.seq
}

// order is an order that available agents are kept in.
type order int

const (
	byIdle order = iota
	byCalls
	byTalk
	byList
	orders
)

func (s Strategy) order() order {
	switch s {
	case FewestCalls:
		return byCalls
	case LeastTalk:
		return byTalk
	case RoundRobin, Linear:
		return byList
	case LongestIdle, RingSeveral:
	}
	return byIdle
}

func (o order) less() func(a, b *agent) bool {
	switch o {
	case byCalls:
		return fewerCalls
	case byTalk:
		return lessTalk
	case byList:
		return listedBefore
	case byIdle, orders:
	}
	return longerIdle
}

func longerIdle(a, b *agent) bool {
	if !a.idleSince.Equal(b.idleSince) {
		return a.idleSince.Before(b.idleSince)
	}
	return a.idleSeq < b.idleSeq
}

func fewerCalls(a, b *agent) bool {
	if a.calls != b.calls {
		return a.calls < b.calls
	}
	return longerIdle(a, b)
}

func lessTalk(a, b *agent) bool {
	if a.talked != b.talked {
		return a.talked < b.talked
	}
	return longerIdle(a, b)
}

func listedBefore(a, b *agent) bool { return a.spot.before(b.spot) }

// spot is a place in the fixed order.
type spot struct {
	order int
	id    call.AgentID
}

func (s spot) before(t spot) bool {
	return cmp.Or(cmp.Compare(s.order, t.order), cmp.Compare(s.id, t.id)) < 0
}

// longerWrapping: who has been in wrap-up longest is cut through first.
func longerWrapping(a, b *agent) bool {
	if !a.since.Equal(b.since) {
		return a.since.Before(b.since)
	}
	return a.seq < b.seq
}

// laterOffer: the call that has rung shortest loses least.
func laterOffer(a, b *agent) bool { return a.open.seq > b.open.seq }

func soonerAlarm(a, b *agent) bool {
	if !a.alarm.Equal(b.alarm) {
		return a.alarm.Before(b.alarm)
	}
	return a.seq < b.seq
}

func soonerDue(c, d *caller) bool {
	if !c.due.Equal(d.due) {
		return c.due.Before(d.due)
	}
	return c.seq < d.seq
}

// tree keeps things in order; insertion, removal and the n-th cost O(log n).
func tree[T any](less func(a, b T) bool) *btree.BTreeG[T] {
	return btree.NewBTreeGOptions(less, btree.Options{NoLocks: true})
}

// sooner is the earlier of two times, of which a zero one never comes.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
