package speech_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/softphone/audio"
	"hotline1022/internal/speech"
)

// tone is a WAV file of that frequency, loudness (of full scale) and length.
func tone(t *testing.T, hz, loud float64, length time.Duration) *bytes.Reader {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tone.wav")
	sound := audio.Tone(hz, 0, int(length.Seconds()*audio.Rate))
	peak := 1
	for _, s := range sound {
		peak = max(peak, int(s))
	}
	for i, s := range sound {
		level := float64(s) / float64(peak) * loud * 32767
		sound[i] = int16(max(-32767, min(32767, level)))
	}
	require.NoError(t, audio.WriteWAV(path, sound))
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return bytes.NewReader(data)
}

func TestAPersonsVoiceTakesThePlaceOfTheMachines(t *testing.T) {
	t.Parallel()
	prompts, recorded := t.TempDir(), t.TempDir()
	texts := small()
	build(t, texts, recorded, prompts)
	library, err := speech.OpenLibrary(prompts, texts)
	require.NoError(t, err)
	r := speech.NewRecordings(recorded, library)
	greet := texts[call.Vietnamese]["greet"]
	length := func() time.Duration {
		_, total, err := library.Find(call.Vietnamese, []string{"greet"})
		require.NoError(t, err)
		return total
	}
	made, machine := length(), samples(t, filepath.Join(prompts, "vi", "greet.wav"))

	require.False(t, r.Has(call.Vietnamese, "greet"))
	take, err := r.Put(t.Context(), call.Vietnamese, "greet", greet, tone(t, 440, 0.4, 3*time.Second))
	require.NoError(t, err)
	require.InDelta(t, 0.4, take.Peak, 0.02)
	require.Equal(t, 3*time.Second, take.Length)
	require.True(t, r.Has(call.Vietnamese, "greet"))
	require.Greater(t, length(), 3*time.Second, "calls know the new length")
	heard := samples(t, filepath.Join(prompts, "vi", "greet.wav"))
	require.Greater(t, audio.Share(heard[audio.Rate:audio.Rate+audio.Rate/10], 440), 0.9)
	require.Zero(t, build(t, texts, recorded, prompts), "the next start makes nothing anew")

	// A second one puts the first aside; the machine's is there again when asked for.
	_, err = r.Put(t.Context(), call.Vietnamese, "greet", greet, tone(t, 1000, 0.4, time.Second))
	require.NoError(t, err)
	require.FileExists(t, filepath.Join(recorded, "vi", "greet.before.wav"))
	require.NoError(t, r.Forget(t.Context(), call.Vietnamese, "greet", greet))
	require.Equal(t, made, length())
	require.Equal(t, machine, samples(t, filepath.Join(prompts, "vi", "greet.wav")))
	require.ErrorIs(t, r.Forget(t.Context(), call.Vietnamese, "greet", greet), speech.ErrNotRecorded)
}

func TestARecordingThatNobodyWouldUnderstandIsRefused(t *testing.T) {
	t.Parallel()
	prompts, recorded := t.TempDir(), t.TempDir()
	texts := small()
	build(t, texts, recorded, prompts)
	library, err := speech.OpenLibrary(prompts, texts)
	require.NoError(t, err)
	r := speech.NewRecordings(recorded, library)
	before := samples(t, filepath.Join(prompts, "vi", "greet.wav"))
	for name, c := range map[string]struct {
		sound *bytes.Reader
		want  error
	}{
		"no sound": {bytes.NewReader([]byte(strings.Repeat("no sound", 100))), speech.ErrNoSound},
		"silence":  {tone(t, 440, 0.0001, time.Second), speech.ErrSilent},
		"too soon": {tone(t, 440, 0.5, 20*time.Millisecond), speech.ErrSilent},
		"far away": {tone(t, 440, 0.02, time.Second), speech.ErrFaint},
		"shouted":  {tone(t, 440, 3, time.Second), speech.ErrTooLoud},
		"a speech": {tone(t, 440, 0.5, 121*time.Second), speech.ErrTooLong},
	} {
		_, err := r.Put(t.Context(), call.Vietnamese, "greet", texts[call.Vietnamese]["greet"], c.sound)
		require.ErrorIs(t, err, c.want, name)
	}
	require.False(t, r.Has(call.Vietnamese, "greet"))
	require.Equal(t, before, samples(t, filepath.Join(prompts, "vi", "greet.wav")))
	left, err := filepath.Glob(filepath.Join(recorded, ".making-*"))
	require.NoError(t, err)
	require.Empty(t, left)
}
