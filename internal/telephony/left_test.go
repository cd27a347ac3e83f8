package telephony_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/testkit/fakeari"
)

// takenBack is not of Q.850: the leg lives, but has left our hands.
const takenBack = -1

// left lets what was done to the citizen take its course and returns what Left tells.
func (w *world) left(ctx context.Context, leg string) []switchboard.Signal {
	w.tb.Helper()
	var told []switchboard.Signal
	w.Left(ctx, &ari.StasisEnd{Channel: ari.Channel{ID: leg}}, func(s switchboard.Signal) { told = append(told, s) })
	return told
}

// asked counts how often it was asked what became of the citizen.
func (w *world) asked() (n int) {
	for _, r := range w.server.Requests() {
		if r.Verb == http.MethodGet && r.Path == "/channels/"+citizen {
			n++
		}
	}
	return n
}

func TestWhyACitizenLeft(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		happen func(*fakeari.Server)
		want   []switchboard.Signal
	}{
		"hung up": {
			func(s *fakeari.Server) { s.HangUp(citizen, 16) },
			[]switchboard.Signal{switchboard.LegGone{Call: id, Leg: citizen, Cause: 16}},
		},
		"the lease ran out": {
			func(s *fakeari.Server) { s.TakeBack(citizen) },
			[]switchboard.Signal{switchboard.LegGone{Call: id, Leg: citizen, Cause: takenBack}},
		},
		"is in our hands again": {func(*fakeari.Server) {}, nil},
		"Asterisk does not say at once": {
			func(s *fakeari.Server) {
				s.TakeBack(citizen)
				s.Inject(fakeari.Fault{Path: "/channels/*", Times: 2, Status: 503, Message: "busy"})
			},
			[]switchboard.Signal{switchboard.LegGone{Call: id, Leg: citizen, Cause: takenBack}},
		},
		"Asterisk does not say at all: the next connect tells": {
			func(s *fakeari.Server) { s.Inject(fakeari.Fault{Path: "/channels/*", Status: 503, Message: "busy"}) }, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.SetSettle(time.Millisecond)
			w.arrive(fakeari.Arrival{ID: citizen})
			c.happen(w.server)
			require.Equal(t, c.want, w.left(t.Context(), citizen))
		})
	}
}

// Asterisk takes a leg out of the application before it ends it. What hangs up in
// that moment has hung up; it was not taken back.
func TestALegThatIsHangingUpHasItsMoment(t *testing.T) {
	t.Parallel()
	const settle = 200 * time.Millisecond
	w := newWorld(t)
	w.SetSettle(settle)
	w.arrive(fakeari.Arrival{ID: citizen})
	w.server.TakeBack(citizen)
	began := time.Now()
	var told []switchboard.Signal
	var left sync.WaitGroup
	left.Go(func() { told = w.left(t.Context(), citizen) })
	w.server.Lose(citizen)
	left.Wait()
	require.Equal(t, []switchboard.Signal{switchboard.LegGone{Call: id, Leg: citizen, Cause: 16}}, told)
	require.GreaterOrEqual(t, time.Since(began), settle)
	require.Equal(t, 1, w.asked())
}

func TestAfterTheEndNobodyIsAskedOrTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.SetSettle(time.Hour)
	w.arrive(fakeari.Arrival{ID: citizen})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.Empty(t, w.left(ctx, citizen))
	require.Zero(t, w.asked())
}

// A desk's leg is told of to its destruction, and strangers are not ours.
func TestOnlyACitizensLegIsAskedAfter(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.SetSettle(time.Hour)
	for _, leg := range append(strangeIDs(), desk) {
		require.Empty(t, w.left(t.Context(), leg))
	}
}
