package ari_test

import (
	"fmt"
	"log/slog"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/ari"
	"hotline1022/internal/testkit/fakeari"
)

// Asterisk closes the socket of a client that reads slowly. So everything is read,
// however slowly it is used, and nothing is dropped.
func TestAFloodIsReadAtOnceAndUsedInOrder(t *testing.T) {
	t.Parallel()
	const flood = 100_000
	slow, done := make(chan struct{}), make(chan struct{})
	told := make([]string, 0, flood)
	w := newWorld(t, func(o *ari.Options) {
		o.OnEvent = func(e ari.Event) {
			<-slow
			if told = append(told, e.(*ari.ChannelDestroyed).Channel.ID); len(told) == flood {
				close(done)
			}
		}
	}).start()
	want, events := make([]string, flood), make([]string, flood)
	for i := range want {
		want[i] = fmt.Sprintf("t1-%d.1", i)
		events[i] = fmt.Sprintf(`{"type":"ChannelDestroyed","timestamp":"2026-11-24T10:00:00.000+0000","cause":16,`+
			`"channel":{"id":%q,"name":"PJSIP/trunk-00000001","state":"Up","creationtime":"2026-11-24T10:00:00.000+0000"}}`, want[i])
	}
	w.server.Emit(events...)
	w.server.AwaitRead()
	close(slow)
	come(t, done, "the last event")
	w.client.Stop()
	require.True(t, slices.Equal(want, told), "in order, none missing, none twice")
	require.Empty(t, w.gaps)
}

// Duplicates and disorder are for who knows the call to judge.
func TestEventsAreTakenAsTheyCome(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil).start()
	w.server.DuplicateEvents(true)
	w.server.Arrive(fakeari.Arrival{ID: "t1-1.1"})
	for range 2 {
		require.IsType(t, &ari.StasisStart{}, come(t, w.events, "the arrival"))
	}
	w.server.DuplicateEvents(false)
	w.server.PauseEvents()
	w.server.Press("t1-1.1", "123")
	w.server.ResumeEvents(func(kept [][]byte) { slices.Reverse(kept) })
	require.Equal(t, "321", w.digits(3))
}

func TestWhatIsNotUnderstoodHoldsUpNothing(t *testing.T) {
	t.Parallel()
	log := make(logged, 100)
	w := newWorld(t, func(o *ari.Options) { o.Log = slog.New(log) }).start()
	w.server.Arrive(fakeari.Arrival{ID: "t1-1.1"})
	come(t, w.events, "the arrival")
	for _, event := range []string{
		`{"type":"ChannelVarset","variable":"X","value":"1"}`, // known to Asterisk, not read here
		`{"type":"OfTheNextVersion","channel":{"id":"t1-1.1"}}`,
		`{"no":"type"}`, `null`, `[]`, `{"type":"StasisStart","channel":5}`, `{"type":"StasisStart"`, ``,
	} {
		w.server.Emit(event)
	}
	w.server.Press("t1-1.1", "9")
	require.Equal(t, "9", w.digits(1))
	for range 4 { // those that are broken
		require.Equal(t, "an event could not be read", come(t, log, "the log").Message)
	}
	require.Empty(t, log)
	require.Empty(t, w.gaps)
}
