package recording_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/recording"
)

// kept is a file as a keeper writes it.
func kept(channels int, samples []int16) []byte {
	var b bytes.Buffer
	write := func(parts ...any) {
		for _, p := range parts {
			binary.Write(&b, binary.LittleEndian, p) //nolint:errcheck // to memory
		}
	}
	size := uint32(2 * len(samples)) //nolint:gosec // small
	b.WriteString("RIFF")
	write(36 + size)
	b.WriteString("WAVEfmt ")
	write(uint32(16), uint16(1), uint16(channels), uint32(8000), uint32(16000*channels), uint16(2*channels), uint16(16)) //nolint:gosec // small
	b.WriteString("data")
	write(size, samples)
	return b.Bytes()
}

func TestPeaksShowWhoWasLoudWhen(t *testing.T) {
	t.Parallel()
	// The citizen in the first half of ten seconds, the agent in the second.
	samples := make([]int16, 2*80000)
	for n := range 80000 {
		if n < 40000 {
			samples[2*n] = int16(16384 * (1 - 2*(n%2)))
		} else {
			samples[2*n+1] = -32768
		}
	}
	p, err := recording.ReadPeaks(bytes.NewReader(kept(2, samples)))
	require.NoError(t, err)
	require.EqualValues(t, 10000, p.DurationMs)
	require.Len(t, p.Channels, 2)
	require.Len(t, p.Channels[0], 500, "one for each 20 ms")
	require.Equal(t, []int{50, 0}, []int{p.Channels[0][100], p.Channels[0][400]})
	require.Equal(t, []int{0, 100}, []int{p.Channels[1][100], p.Channels[1][400]})
}

func TestPeaksOfAnHourAreNotMoreThanAScreenShows(t *testing.T) {
	t.Parallel()
	p, err := recording.ReadPeaks(bytes.NewReader(kept(1, make([]int16, 3600*8000))))
	require.NoError(t, err)
	require.EqualValues(t, 3600_000, p.DurationMs)
	require.Len(t, p.Channels, 1)
	require.Len(t, p.Channels[0], 1600)
}

func TestPeaksOfNothingAndOfWhatIsNoRecording(t *testing.T) {
	t.Parallel()
	p, err := recording.ReadPeaks(bytes.NewReader(kept(2, nil)))
	require.NoError(t, err)
	require.Zero(t, p.DurationMs)
	for _, bad := range [][]byte{nil, []byte("RIFF"), kept(3, make([]int16, 6)), kept(2, make([]int16, 6))[:50], bytes.Repeat([]byte("x"), 100)} {
		_, err := recording.ReadPeaks(bytes.NewReader(bad))
		require.Error(t, err)
	}
}
