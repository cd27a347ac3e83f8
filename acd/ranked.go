package acd

import "container/heap"

// ranked is a priority queue whose entries can be taken out anywhere, in O(log n).
type ranked[T any] struct{ inner inner[T] }

// entry is a place in a ranked queue.
type entry[T any] struct {
	value T
	index int // -1 when taken out
}

func newRanked[T any](less func(a, b T) bool) *ranked[T] {
	return &ranked[T]{inner[T]{less: less}}
}

func (r *ranked[T]) push(v T) *entry[T] {
	e := &entry[T]{value: v}
	heap.Push(&r.inner, e)
	return e
}

func (r *ranked[T]) remove(e *entry[T]) {
	if e != nil && e.index >= 0 {
		heap.Remove(&r.inner, e.index)
	}
}

// first is the best entry, nil when there is none.
func (r *ranked[T]) first() *entry[T] {
	if len(r.inner.entries) == 0 {
		return nil
	}
	return r.inner.entries[0]
}

func (r *ranked[T]) len() int { return len(r.inner.entries) }

// before counts the entries that rank before v, in O(n).
func (r *ranked[T]) before(v T) int {
	n := 0
	for _, e := range r.inner.entries {
		if r.inner.less(e.value, v) {
			n++
		}
	}
	return n
}

// inner is container/heap's view.
type inner[T any] struct {
	entries []*entry[T]
	less    func(a, b T) bool
}

func (h *inner[T]) Len() int           { return len(h.entries) }
func (h *inner[T]) Less(i, j int) bool { return h.less(h.entries[i].value, h.entries[j].value) }
func (h *inner[T]) Swap(i, j int) {
	h.entries[i], h.entries[j] = h.entries[j], h.entries[i]
	h.entries[i].index, h.entries[j].index = i, j
}

func (h *inner[T]) Push(x any) {
	e, _ := x.(*entry[T])
	e.index = len(h.entries)
	h.entries = append(h.entries, e)
}

func (h *inner[T]) Pop() any {
	last := len(h.entries) - 1
	e := h.entries[last]
	h.entries[last] = nil
	h.entries = h.entries[:last]
	e.index = -1
	return e
}
