package switchboard

import (
	"maps"
	"testing"

	"pgregory.net/rapid"
)

// TestAnyDay: whatever citizens and agents do, in whatever order it is told, calls,
// line, journal and phones agree, and in the evening nothing and nobody is left.
func TestAnyDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		inWorld(t, rt, func(w *world) {
			actions := w.people()
			maps.Copy(actions, w.deskWork())
			maps.Copy(actions, w.verbWork())
			maps.Copy(actions, w.supervising())
			maps.Copy(actions, w.delivery())
			actions[""] = w.check
			rt.Repeat(actions)
			w.everybodyGoes()
		})
	})
}

// TestAnyBadDay: the same with phones that refuse any verb, carry it out and say that
// they did not, or hang; with gaps in the events, and a controller that is killed.
func TestAnyBadDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		inWorld(t, rt, func(w *world) {
			actions := w.people()
			maps.Copy(actions, w.deskWork())
			maps.Copy(actions, w.verbWork())
			maps.Copy(actions, w.supervising())
			maps.Copy(actions, w.delivery())
			maps.Copy(actions, w.troubles())
			actions[""] = w.check
			rt.Repeat(actions)
			w.everybodyGoes()
		})
	})
}
