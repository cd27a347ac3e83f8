package speech_test

import (
	"encoding/binary"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/speech"
	"hotline1022/ivr/prompt"
)

func catalogue() prompt.Catalogue {
	return prompt.Catalogue{
		call.Vietnamese: {"greet": {Text: "Xin chào quý khách."}, "long": {Text: "Phản ánh sự việc trên đường phố và nơi công cộng, như giao thông, môi trường, hạ tầng."}},
		call.English:    {"greet": {Text: "Welcome."}},
	}
}

func TestPromptsAreSpeechAtOnceAndInTime(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, speech.Build(t.Context(), catalogue(), filepath.Join(dir, "recorded"), dir, func(int, int) {}))
	greet := samples(t, filepath.Join(dir, "vi", "greet.wav"))
	require.Greater(t, rms(greet), 800.0, "it is loud enough to be heard")
	require.Greater(t, rms(greet[:1600]), 100.0, "it begins within 0.2 s")
	require.Greater(t, len(samples(t, filepath.Join(dir, "vi", "long.wav"))), 2*len(greet), "longer texts last longer")

	music := samples(t, filepath.Join(dir, "moh", "hold.wav"))
	require.Greater(t, len(music), 30*8000, "half a minute of music")
	require.InDelta(t, 1200, rms(music), 1100, "music is there, and quiet")

	library, err := speech.OpenLibrary(dir, catalogue())
	require.NoError(t, err)
	paths, total, err := library.Find(call.Vietnamese, []string{"greet", "long"})
	require.NoError(t, err)
	require.Equal(t, filepath.Join(dir, "vi", "greet"), paths[0])
	require.Greater(t, total, 3*time.Second)
	_, _, err = library.Find(call.English, []string{"long"})
	require.ErrorContains(t, err, "long")
}

func TestARecordedFileTakesThePlaceOfTheText(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	recorded := filepath.Join(dir, "recorded")
	build := func() {
		t.Helper()
		require.NoError(t, speech.Build(t.Context(), catalogue(), recorded, dir, func(int, int) {}))
	}
	build()
	before := samples(t, filepath.Join(dir, "vi", "greet.wav"))
	made, err := os.Stat(filepath.Join(dir, "vi", "long.wav"))
	require.NoError(t, err)

	require.NoError(t, os.MkdirAll(filepath.Join(recorded, "vi"), 0o755))
	tone := exec.Command("sox", "-n", "-r", "44100", "-c", "2", filepath.Join(recorded, "vi", "greet.wav"), "synth", "1", "sine", "600")
	require.NoError(t, tone.Run())
	build()
	after := samples(t, filepath.Join(dir, "vi", "greet.wav"))
	require.NotEqual(t, before, after)
	require.InDelta(t, 8000*1.27, len(after), 400, "one second, at 8 kHz, and its pauses")

	same, err := os.Stat(filepath.Join(dir, "vi", "long.wav"))
	require.NoError(t, err)
	require.Equal(t, made.ModTime(), same.ModTime(), "what is up to date is left alone")
}

func samples(t *testing.T, path string) []int16 {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "RIFF", string(data[:4]))
	require.EqualValues(t, 8000, binary.LittleEndian.Uint32(data[24:]))
	require.EqualValues(t, 1, binary.LittleEndian.Uint16(data[22:]))
	out := make([]int16, (len(data)-44)/2)
	for i := range out {
		out[i] = int16(binary.LittleEndian.Uint16(data[44+2*i:]))
	}
	return out
}

func rms(s []int16) float64 {
	sum := 0.0
	for _, v := range s {
		sum += float64(v) * float64(v)
	}
	return math.Sqrt(sum / float64(len(s)))
}
