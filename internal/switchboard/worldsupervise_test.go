package switchboard

import (
	"context"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"hotline1022/internal/call"
)

func (w *world) supervisor() call.AgentID {
	return rapid.SampledFrom([]call.AgentID{"thu", "hai"}).Draw(w.rt, "supervisor")
}

// supervising is what supervisors do, and agents with the recording. Errors are for people.
func (w *world) supervising() map[string]func(*rapid.T) {
	seat := func(*rapid.T) {
		if c, err := w.board.Ears().SignIn(w.ctx, w.supervisor()); err == nil {
			w.board.Ears().LineUp(c.Key)
		}
	}
	listen := func(*rapid.T) {
		_ = w.board.Ears().Listen(w.supervisor(), w.agent(), rapid.Bool().Draw(w.rt, "whisper"))
	}
	heard := func(*rapid.T) { // from the ring to the ear
		by := w.supervisor()
		if c, err := w.board.Ears().SignIn(w.ctx, by); err == nil {
			w.board.Ears().LineUp(c.Key)
		}
		_ = w.board.Ears().Listen(by, w.agent(), rapid.Bool().Draw(w.rt, "whisper"))
		w.deliverAll()
		for _, leg := range w.legsThat(ringing) {
			if _, ear := call.EarOf(leg); ear {
				w.up(leg)
			}
		}
		w.deliverAll()
	}
	return map[string]func(*rapid.T){
		"a supervisor signs in": seat, "listens": listen, "hears": heard, "hears 2": heard, "hears 3": heard,
		"stops listening": func(*rapid.T) { w.board.Ears().End(w.supervisor(), call.ListenStopped) },
		"a supervisor signs out": func(*rapid.T) {
			if rapid.IntRange(0, 3).Draw(w.rt, "rarely") == 0 {
				w.board.Ears().SignOut(w.supervisor())
			}
		},
		"forces": func(*rapid.T) {
			to := rapid.SampledFrom([]call.AgentState{call.Available, call.Paused, call.Offline}).Draw(w.rt, "to")
			_ = w.board.Desks().Force(w.ctx, w.agent(), Forcing{By: "thu", To: to})
		},
		"steers": func(*rapid.T) {
			for _, c := range w.board.line.Snapshot().Calls {
				_ = w.board.Steer(c.Call, Steering{
					By: "thu", Queue: rapid.SampledFrom([]string{"", "field", "procedure", "emergency"}).Draw(w.rt, "queue"),
					Front: rapid.Bool().Draw(w.rt, "front"), Agent: rapid.SampledFrom([]call.AgentID{"", w.agent()}).Draw(w.rt, "for"),
				})
			}
		},
		"more wrap-up": func(*rapid.T) { _ = w.board.Desks().MoreWrapUp("thu", w.agent()) },
		"the recording": func(*rapid.T) {
			ctx, cancel := context.WithTimeout(w.ctx, 30*time.Second)
			defer cancel()
			_ = w.board.Desks().Record(ctx, w.agent(), rapid.Bool().Draw(w.rt, "on"))
		},
	}
}

// supervisorsGo ends what supervisors hear. Of nothing that was heard the end is missing,
// and no recording is paused for longer than may be.
func (w *world) supervisorsGo() {
	for _, by := range []call.AgentID{"thu", "hai"} {
		w.board.Ears().SignOut(by)
	}
	w.wait(longestPause+10*time.Second, true)
	w.board.ears.mu.Lock()
	require.Empty(w.t, w.board.ears.live)
	w.board.ears.mu.Unlock()
	for _, leg := range w.legsThat(func(*fakeLeg) bool { return true }) {
		_, ear := call.EarOf(leg)
		require.False(w.t, ear, "%s is left", leg)
	}
	for _, id := range w.legsThat(citizen) {
		require.False(w.t, w.silent(call.ID(id)), "%s is not recorded", id)
	}
	type hearing struct {
		id call.ID
		by call.AgentID
	}
	open := map[hearing]bool{}
	for _, e := range w.journal.events {
		switch f := e.Fact.(type) {
		case call.Listened:
			open[hearing{e.Call, f.By}] = true
		case call.ListenEnded:
			require.True(w.t, open[hearing{e.Call, f.By}], "%s ends twice for %s", e.Call, f.By)
			delete(open, hearing{e.Call, f.By})
		}
	}
	require.Empty(w.t, open)
}
