package telephony_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/switchboard"
	"hotline1022/internal/testkit/fakeari"
	"hotline1022/recording"
)

// message is a message that a citizen leaves.
const message = citizen + "-m1"

func TestAMessageIsRecorded(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	w.arrive(fakeari.Arrival{ID: citizen})
	require.NoError(t, w.Record(ctx, citizen, message, 2*time.Minute, 1500*time.Millisecond, true))
	require.Equal(t, url.Values{
		"name": {message}, "format": {"wav"}, "maxDurationSeconds": {"120"}, "maxSilenceSeconds": {"2"},
		"ifExists": {"fail"}, "beep": {"true"}, "terminateOn": {"none"},
	}, w.server.Await(http.MethodPost, "/channels/*/record", 1).Query)
	require.Equal(t, []string{message}, w.channel(citizen).Recording)

	w.server.Press(citizen, "#")
	require.Equal(t, switchboard.Digit{Call: id, Digit: '#'}, come(t, w.signals), "who presses what is for the call's owner to judge")
	for range 2 {
		require.NoError(t, w.StopRecord(ctx, message))
	}
	require.Equal(t, switchboard.RecordDone{Call: id, Name: message}, come(t, w.signals))
	err := w.Record(ctx, citizen, message, time.Minute, 0, false)
	require.ErrorContains(t, err, "already exists")
	require.NotErrorIs(t, err, switchboard.ErrGone)

	// By itself: silence or the greatest length; or not at all.
	for name, c := range map[string]struct {
		cause string
		want  switchboard.RecordDone
	}{
		citizen + "-m2": {"", switchboard.RecordDone{Call: id, Name: citizen + "-m2", Length: 7 * time.Second}},
		citizen + "-m3": {"no space left", switchboard.RecordDone{Call: id, Name: citizen + "-m3", Length: 0, Failed: "no space left"}},
	} {
		require.NoError(t, w.Record(ctx, citizen, name, time.Minute, 0, false))
		w.server.EndRecording(name, int(c.want.Length.Seconds()), c.cause)
		require.Equal(t, c.want, come(t, w.signals))
	}

	// In a bridge there is nothing to record.
	require.NoError(t, w.MakeBridge(ctx, bridge))
	require.NoError(t, w.Join(ctx, bridge, citizen))
	require.NoError(t, w.Record(ctx, citizen, citizen+"-m4", time.Minute, 0, false))
	require.Equal(t, "Cannot record channel while in bridge", come(t, w.signals).(switchboard.RecordDone).Failed)
	require.NoError(t, w.Part(ctx, bridge, citizen))

	// The citizen hangs up.
	require.NoError(t, w.Record(ctx, citizen, citizen+"-m5", time.Minute, 0, false))
	w.server.HangUp(citizen, 16)
	require.Equal(t, switchboard.LegGone{Call: id, Leg: citizen, Cause: 16}, come(t, w.signals))
	require.Equal(t, switchboard.RecordDone{Call: id, Name: citizen + "-m5"}, come(t, w.signals))
	require.ErrorIs(t, w.Record(ctx, citizen, citizen+"-m6", time.Minute, 0, false), switchboard.ErrGone)
	require.NoError(t, w.StopRecord(ctx, citizen+"-m6"))
}

func TestACitizenWhoWasTakenBackIsNotRecorded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.arrive(fakeari.Arrival{ID: citizen})
	w.server.TakeBack(citizen)
	require.ErrorIs(t, w.Record(t.Context(), citizen, message, time.Minute, 0, false), switchboard.ErrGone)
}

// Asterisk says yes when a recording is stopped that has not begun, and begins it later.
func TestARecordingIsStoppedAlsoBeforeItBegins(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	w.arrive(fakeari.Arrival{ID: citizen})
	require.NoError(t, w.Play(ctx, citizen, playback, []string{"/x"}))
	require.NoError(t, w.Record(ctx, citizen, message, time.Minute, 0, false))
	stopped := make(chan error, 1)
	go func() { stopped <- w.StopRecord(ctx, message) }()
	w.server.Await(http.MethodGet, "/recordings/live/*", 2)
	require.Empty(t, stopped)
	w.server.EndPlay(playback)
	require.NoError(t, come(t, stopped))
	require.Equal(t, switchboard.PlayDone{Call: id, Play: playback}, come(t, w.signals))
	require.Equal(t, switchboard.RecordDone{Call: id, Name: message}, come(t, w.signals))

	// Or we give up, and say so.
	require.NoError(t, w.Play(ctx, citizen, playback, []string{"/x"}))
	require.NoError(t, w.Record(ctx, citizen, citizen+"-m2", time.Minute, 0, false))
	brief, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, w.StopRecord(brief, citizen+"-m2"), context.DeadlineExceeded)
}

// A name is a file, and finds its call.
func TestOnlyNamesOfACallAreRecorded(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	w.arrive(fakeari.Arrival{ID: citizen})
	for _, name := range []string{"", "m1", citizen, citizen + "m1", "t1-1700000000.2-m1", citizen + "-../../x", citizen + `-m1\x`} {
		require.Error(t, w.Record(ctx, citizen, name, time.Minute, 0, false), "%q", name)
	}
	require.Error(t, w.Record(ctx, citizen, message, 0, 0, false), "for ever")
	for _, r := range w.server.Requests() {
		require.NotContains(t, r.Path, "record")
	}
}

// saved is a message's sound.
func (r *real) saved(name string) []int16 {
	r.tb.Helper()
	data, err := os.ReadFile(filepath.Join(r.ends.MessageDir, name+".wav"))
	require.NoError(r.tb, err)
	sound, err := audio.ReadWAV(data)
	require.NoError(r.tb, err)
	require.Len(r.tb, sound, 1)
	return sound[0]
}

func seconds(samples []int16) float64 { return float64(len(samples)) / audio.Rate }

func TestRealACitizenLeavesAMessage(t *testing.T) {
	t.Parallel()
	phone, r := newFar(t)
	ctx := t.Context()
	// The citizen speaks for three seconds, is silent for three, and speaks again.
	tone := softphone.ToneSource(citizenHz)
	caller, entered := r.dial(phone, func(n int) []int16 {
		if n/audio.Rate%6 >= 3 {
			return make([]int16, audio.Frame)
		}
		return tone(n)
	})
	leg := string(entered.Call)
	require.NoError(t, r.Lease(ctx, leg, time.Minute))

	// Stopped, after the beep.
	began := time.Now()
	require.NoError(t, r.Record(ctx, leg, leg+"-m1", time.Minute, 0, true))
	hears(t, caller, 1000)
	<-time.After(700 * time.Millisecond)
	require.NoError(t, r.StopRecord(ctx, leg+"-m1"))
	took := time.Since(began).Seconds()
	done := come(t, r.signals).(switchboard.RecordDone)
	require.Equal(t, switchboard.RecordDone{Call: entered.Call, Name: leg + "-m1"}, done)
	first := r.saved(leg + "-m1")
	require.InDelta(t, took-0.25, seconds(first), 0.3)
	require.Greater(t, presence(first, citizenHz), 0.7)
	require.Zero(t, presence(first, 1000), "the beep is not in it")

	// Ended by silence, which is not in the file; keys do not end it.
	require.NoError(t, r.Record(ctx, leg, leg+"-m2", time.Minute, time.Second, false))
	require.NoError(t, caller.Press(ctx, "5"))
	require.Equal(t, switchboard.Digit{Call: entered.Call, Digit: '5'}, come(t, r.signals))
	done = come(t, r.signals).(switchboard.RecordDone)
	require.Equal(t, leg+"-m2", done.Name)
	require.Less(t, seconds(r.saved(leg+"-m2")), 3.2)

	// Ended by its greatest length.
	require.NoError(t, r.Record(ctx, leg, leg+"-m3", time.Second, 0, false))
	done = come(t, r.signals).(switchboard.RecordDone)
	require.Equal(t, switchboard.RecordDone{Call: entered.Call, Name: leg + "-m3", Length: time.Second}, done)
	require.InDelta(t, 1.5, seconds(r.saved(leg+"-m3")), 0.8)

	// Stopped as soon as it was asked for.
	require.NoError(t, r.Record(ctx, leg, leg+"-m4", time.Minute, 0, false))
	require.NoError(t, r.StopRecord(ctx, leg+"-m4"))
	require.Equal(t, leg+"-m4", come(t, r.signals).(switchboard.RecordDone).Name)

	// Not recorded in a bridge; neither asked nor stopped twice.
	require.NoError(t, r.MakeBridge(ctx, entered.Call.Bridge()))
	require.NoError(t, r.Join(ctx, entered.Call.Bridge(), leg))
	require.NoError(t, r.Record(ctx, leg, leg+"-m5", time.Minute, 0, false))
	require.NotEmpty(t, come(t, r.signals).(switchboard.RecordDone).Failed)
	require.NoError(t, r.Part(ctx, entered.Call.Bridge(), leg))
	require.ErrorContains(t, r.Record(ctx, leg, leg+"-m3", time.Second, 0, false), "already exists")
	require.NoError(t, r.StopRecord(ctx, leg+"-m3"))

	// Ended by hanging up: what was said is there.
	require.NoError(t, r.Record(ctx, leg, leg+"-m6", time.Minute, 0, false))
	<-time.After(time.Second)
	caller.Hangup()
	require.Equal(t, switchboard.LegGone{Call: entered.Call, Leg: leg, Cause: 16}, come(t, r.signals))
	require.Equal(t, leg+"-m6", come(t, r.signals).(switchboard.RecordDone).Name)
	require.InDelta(t, 1, seconds(r.saved(leg+"-m6")), 0.3)

	// What Asterisk wrote is what is kept.
	kept := make(chan string, 10)
	keeper := recording.NewMessageKeeper(r.ends.MessageDir, discard{}, func(name string, r call.Recorded) {
		require.Equal(t, recording.Key(name), r.Path)
		kept <- name
	}, slog.New(slog.DiscardHandler))
	require.NoError(t, keeper.Start(ctx, func(call.ID) bool { return false }))
	t.Cleanup(keeper.Stop)
	names := map[string]bool{leg + "-m4": true} // as short as it was, it may be empty
	for len(names) < 5 {
		names[come(t, kept)] = true
	}
	require.Equal(t, map[string]bool{leg + "-m1": true, leg + "-m2": true, leg + "-m3": true, leg + "-m4": true, leg + "-m6": true}, names)
}

// discard is a store that keeps nothing.
type discard struct{}

func (discard) Put(_ context.Context, _ string, write func(io.Writer) error) error {
	return write(io.Discard)
}

// The controller dies while a citizen speaks: the lease runs out, the citizen is told
// where help is, and what was said is kept.
func TestRealALeaseThatRunsOutKeepsTheMessage(t *testing.T) {
	t.Parallel()
	phone, r := newFar(t)
	ctx := t.Context()
	caller, entered := r.dial(phone, softphone.ToneSource(citizenHz))
	leg := string(entered.Call)
	require.NoError(t, r.Lease(ctx, leg, time.Second))
	require.NoError(t, r.Record(ctx, leg, leg+"-m1", time.Minute, 0, false))
	hears(t, caller, 700)
	sound := r.saved(leg + "-m1")
	require.InDelta(t, 1, seconds(sound), 0.3)
	require.Greater(t, presence(sound, citizenHz), 0.7)
}
