package telephony_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/switchboard"
	"hotline1022/internal/testkit/fakeari"
)

func TestTheTruthIsWhoIsInOurHands(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	before := time.Now().Truncate(time.Millisecond)
	trunk := w.arrive(fakeari.Arrival{ID: citizen, Number: "0908123456"})
	browser := w.arrive(fakeari.Arrival{ID: "t1-1700000000.2", Endpoint: "PJSIP/g7k2m9x", Number: "113", Args: []string{"citizen", "1022", "from-web"}})
	require.NoError(t, w.AddPhone(ctx, switchboard.Phone{SIPUser: "d1", Password: "x"}))
	for _, leg := range []string{desk, citizen + "-o2"} {
		require.NoError(t, w.Invite(ctx, leg, "d1", id, ""))
		come(t, w.signals)
	}
	w.server.Ring(citizen + "-o2")
	come(t, w.signals)
	w.server.Answer(desk)
	come(t, w.signals)
	require.NoError(t, w.MakeBridge(ctx, bridge))
	require.NoError(t, w.Join(ctx, bridge, citizen))
	require.NoError(t, w.Join(ctx, bridge, desk))
	require.NoError(t, w.MakeBridge(ctx, "t1-1700000000.2-b"))

	// Others, who are in Asterisk too and none of our business.
	require.True(t, w.server.Arrive(fakeari.Arrival{ID: "t1-1700000000.3", Args: []string{"supervisor"}}))
	require.True(t, w.server.Arrive(fakeari.Arrival{ID: "Local-1;2"}))
	require.True(t, w.server.Arrive(fakeari.Arrival{ID: "t1-1700000000.4", Args: []string{"x"}}))
	require.NoError(t, w.MakeBridge(ctx, "of-somebody-else"))
	w.arrive(fakeari.Arrival{ID: "t1-1700000000.5"})
	w.server.TakeBack("t1-1700000000.5") // lives on in the dialplan

	truth, err := w.Truth(ctx)
	require.NoError(t, err)
	require.Equal(t, switchboard.Truth{
		Citizens: []switchboard.CitizenEntered{trunk.(switchboard.CitizenEntered), browser.(switchboard.CitizenEntered)},
		Legs:     []string{desk, citizen + "-o2"},
		Up:       map[string]bool{desk: true, citizen + "-o2": false},
		Bridges:  map[string][]string{bridge: {citizen, desk}, "t1-1700000000.2-b": {}},
		Phones:   []string{"d1", "trunk"},
	}, truth, "the same words as when they entered")
	require.Equal(t, "+84908123456", truth.Citizens[0].Caller)
	require.Equal(t, "web:g7k2m9x", truth.Citizens[1].Caller)
	require.WithinDuration(t, before, truth.Citizens[0].At, soon)
}

func TestAnEmptyAsteriskIsATruthToo(t *testing.T) {
	t.Parallel()
	truth, err := newWorld(t).Truth(t.Context())
	require.NoError(t, err)
	require.Equal(t, switchboard.Truth{Up: map[string]bool{}, Bridges: map[string][]string{}, Phones: []string{"trunk"}}, truth)
}

func TestHalfATruthIsAnError(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/channels", "/bridges"} {
		w := newWorld(t)
		w.arrive(fakeari.Arrival{ID: citizen})
		w.server.Inject(fakeari.Fault{Path: path, Status: 503, Message: "busy"})
		_, err := w.Truth(t.Context())
		require.EqualError(t, err, "ARI GET "+path+": 503 busy")
	}
}
