package speech_test

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/speech"
	"hotline1022/ivr/prompt"
)

func shipped(t *testing.T) prompt.Catalogue {
	t.Helper()
	catalogue := prompt.Catalogue{}
	for _, lang := range []call.Language{call.Vietnamese, call.English} {
		file := "../../configs/prompts/" + string(lang) + ".yaml"
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NoError(t, catalogue.Parse(lang, file, data))
	}
	return catalogue
}

// Every prompt that ships is speech: as long as its text asks for, as loud as the
// others, at once, and never too loud for the line.
func TestEveryShippedPromptIsSpeech(t *testing.T) {
	t.Parallel()
	dir, catalogue := t.TempDir(), shipped(t)
	begun := time.Now()
	made := build(t, catalogue, "", dir)
	t.Logf("%d files in %s", made, time.Since(begun).Round(time.Millisecond))
	for lang, texts := range catalogue {
		for key, text := range texts {
			name := string(lang) + "/" + key
			s := samples(t, filepath.Join(dir, string(lang), key+".wav"))
			seconds, letters := float64(len(s))/8000, 0
			for _, r := range text.Text {
				if unicode.IsLetter(r) {
					letters++
				}
			}
			pause := 0.27
			if text.Part {
				pause = 0.06
			}
			require.Greater(t, seconds-pause, 0.03*float64(letters), "%s is too short for %q", name, text.Text)
			require.Less(t, seconds-pause, 0.3+0.12*float64(letters), "%s is too long for %q", name, text.Text)
			voiced := s[:len(s)-int((pause-0.02)*8000)]
			require.InDelta(t, -21, level(voiced), 6, "%s is %f dB loud", name, level(voiced))
			require.InDelta(t, -3, peak(s), 0.3, "%s has its loudest sound at %f dB", name, peak(s))
			require.Greater(t, level(s[:1600]), -40.0, "%s does not begin within 0.2 s", name)
		}
	}
}

func TestHoldMusicIsSoftAndSteady(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, speech.Build(t.Context(), prompt.Catalogue{}, "", dir, nil))
	s := samples(t, filepath.Join(dir, "moh", "hold.wav"))
	require.GreaterOrEqual(t, len(s), 30*8000)
	require.InDelta(t, -25, level(s), 1.5)
	require.Less(t, peak(s), -6.0, "nothing startles")
	for at := 0; at+3*8000 <= len(s); at += 8000 {
		require.Greater(t, level(s[at:at+3*8000]), -38.0, "a caller hears silence at %d s", at/8000)
	}
	require.Less(t, level(s[len(s)-400:]), -50.0, "it ends softly before it begins again")
}

func samples(t *testing.T, path string) []int16 {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "RIFF", string(data[:4]))
	require.Equal(t, "data", string(data[36:40]))
	require.EqualValues(t, 1, binary.LittleEndian.Uint16(data[22:]), "channels")
	require.EqualValues(t, 8000, binary.LittleEndian.Uint32(data[24:]), "samples a second")
	require.EqualValues(t, 16, binary.LittleEndian.Uint16(data[34:]), "bits")
	out := make([]int16, (len(data)-44)/2)
	for i := range out {
		out[i] = int16(binary.LittleEndian.Uint16(data[44+2*i:]))
	}
	return out
}

// level is the root mean square, in dB below full scale.
func level(s []int16) float64 {
	sum := 0.0
	for _, v := range s {
		sum += float64(v) * float64(v)
	}
	return 20 * math.Log10(math.Sqrt(sum/float64(len(s)))/32768)
}

// peak is the loudest sample, in dB below full scale.
func peak(s []int16) float64 {
	top := 0.0
	for _, v := range s {
		top = max(top, math.Abs(float64(v)))
	}
	return 20 * math.Log10(top/32768)
}
