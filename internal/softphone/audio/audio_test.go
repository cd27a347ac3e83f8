package audio_test

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/softphone/audio"
)

func TestALawKeepsSoundWithinItsSteps(t *testing.T) {
	t.Parallel()
	for v := math.MinInt16; v <= math.MaxInt16; v++ {
		back := audio.DecodeALaw(audio.EncodeALaw([]int16{int16(v)}))[0]
		allowed := math.Max(16, math.Abs(float64(v))/16)
		require.InDelta(t, v, back, allowed, "%d", v)
	}
	// ITU-T G.711, table 1a: the first step above and below zero.
	require.Equal(t, []byte{0xD5, 0x55}, audio.EncodeALaw([]int16{0, -1}))
}

func TestToneIsFoundAndNoOtherIs(t *testing.T) {
	t.Parallel()
	heard := audio.DecodeALaw(audio.EncodeALaw(audio.Tone(1000, 0, audio.Rate)))
	require.Greater(t, audio.Share(heard, 1000), 0.98)
	require.Less(t, audio.Share(heard, 440), 0.01)
	require.Zero(t, audio.Share(make([]int16, 800), 1000), "silence has no tone")
}

func TestWAVIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tone.wav")
	tone := audio.Tone(440, 0, 1234)
	require.NoError(t, audio.WriteWAV(path, tone))
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	channels, err := audio.ReadWAV(data)
	require.NoError(t, err)
	require.Equal(t, [][]int16{tone}, channels)
}

func FuzzReadWAV(f *testing.F) {
	f.Add([]byte("RIFF....WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data\x04\x00\x00\x00\x01\x00\x02\x00"))
	f.Add([]byte("RIFF....WAVEdata"))
	f.Fuzz(func(t *testing.T, data []byte) {
		channels, err := audio.ReadWAV(data)
		if err == nil {
			require.NotEmpty(t, channels)
		}
	})
}
