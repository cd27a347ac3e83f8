package asterisk_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/softphone/audio"
)

// The bridge is made a while after both calls, so that what was said before it would
// show in the files if option b of MixMonitor did not hold.
func TestAConversationIsInTwoFilesOfOneLength(t *testing.T) {
	t.Parallel()
	r := newRig(t, 15*time.Second)
	r.listen()
	citizen := r.citizen(440)
	require.Equal(t, 200, citizen.invite("1022", "0912345678", ""))
	first := r.started()
	require.Equal(t, []string{"citizen", "1022", "from-trunk"}, first.Args)
	require.Equal(t, "0912345678", first.Channel.Caller.Number)
	other := r.citizen(1000)
	require.Equal(t, 200, other.invite("842741022", "0987654321", ""))
	second := r.started()

	ctx := t.Context()
	require.NoError(t, r.client.CreateBridge(ctx, "b1", "mixing", "b1"))
	require.NoError(t, r.client.AddChannel(ctx, "b1", first.Channel.ID))
	require.NoError(t, r.client.AddChannel(ctx, "b1", second.Channel.ID))
	bridged := time.Now()
	citizen.hears(1000, 5*time.Second)
	other.hears(440, 5*time.Second)
	<-time.After(time.Second)
	require.NoError(t, r.client.Hangup(ctx, first.Channel.ID, "normal"))
	together := time.Since(bridged)
	citizen.over(5 * time.Second)
	require.NoError(t, r.client.Hangup(ctx, second.Channel.ID, "normal"))

	name := filepath.Join(r.ends.RecordingDir, first.Channel.ID)
	var rx, tx []int16
	require.Eventually(t, func() bool {
		rx, tx = sound(t, name+"-rx.wav"), sound(t, name+"-tx.wav")
		return len(rx) > audio.Rate && len(rx) == len(tx)
	}, 5*time.Second, 20*time.Millisecond, "the two files are not of one length")
	require.Greater(t, presence(rx, 440), 0.7, "the citizen's voice is not in the receive file")
	require.Zero(t, presence(rx, 1000), "the other side's voice is in the receive file")
	require.Greater(t, presence(tx, 1000), 0.7, "the other side's voice is not in the transmit file")
	require.Zero(t, presence(tx, 440), "the citizen's voice is in the transmit file")
	length := time.Duration(len(rx)) * time.Second / audio.Rate
	require.InDelta(t, together.Seconds(), length.Seconds(), 0.25, "what was said outside of the bridge is in the file")
	t.Logf("bridged %v, recorded %v", together, length)

	files, err := os.ReadDir(r.ends.RecordingDir)
	require.NoError(t, err)
	require.Len(t, files, 4, "two calls, two files each, and no mixed one")
}

// presence is the part of the time in which that tone is heard. It looks at 100 ms at
// a time, for a late packet breaks the phase of a longer stretch.
func presence(samples []int16, hz float64) float64 {
	const window = audio.Rate / 10
	var heard, all float64
	for ; len(samples) >= window; samples = samples[window:] {
		all++
		if audio.RMS(samples[:window]) > 1000 && audio.Share(samples[:window], hz) > 0.5 {
			heard++
		}
	}
	return heard / all
}

func sound(t *testing.T, path string) []int16 {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	channels, err := audio.ReadWAV(data)
	if err != nil || len(channels) != 1 {
		return nil
	}
	return channels[0]
}

func TestWithoutAControllerTheCitizenIsToldAtOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t, 15*time.Second)
	c := r.citizen(0)
	require.Equal(t, 200, c.invite("1022", "0912345678", ""))
	c.hears(survivalTone, 2*time.Second)
}

// A controller that hangs keeps its WebSocket and does nothing.
func TestWhenTheLeaseRunsOutTheCitizenIsToldAndNotDropped(t *testing.T) {
	t.Parallel()
	const lease = 2 * time.Second
	r := newRig(t, lease)
	r.listen()
	c := r.citizen(0)
	require.Equal(t, 200, c.invite("1022", "0912345678", ""))
	answered := time.Now()
	r.started()
	c.hears(survivalTone, lease+2*time.Second)
	t.Logf("survival is heard %v after the answer, the lease is %v", time.Since(answered), lease)
	require.Greater(t, time.Since(answered), lease)
}

func TestOnlyTheHotlinesNumbersAreTaken(t *testing.T) {
	t.Parallel()
	r := newRig(t, 15*time.Second)
	r.listen()
	for _, number := range []string{"1022", "+1022", "842741022", "+842741022"} {
		require.Equal(t, 200, r.citizen(0).invite(number, "0912345678", ""), number)
		start := r.started()
		require.Equal(t, "1022", start.Args[1], number)
		require.NoError(t, r.client.Hangup(t.Context(), start.Channel.ID, "normal"))
	}
	for _, number := range []string{"1023", "10220", "0912345678", "s", "T", "enter", "part", "h"} {
		require.Equal(t, 404, r.citizen(0).invite(number, "0912345678", ""), number)
	}
}
