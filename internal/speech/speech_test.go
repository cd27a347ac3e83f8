package speech_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"hotline1022/internal/call"
	"hotline1022/internal/speech"
	"hotline1022/ivr/prompt"
)

func small() prompt.Catalogue {
	return prompt.Catalogue{
		call.Vietnamese: {
			"greet": {Text: "Xin chào quý khách."},
			"long":  {Text: "Phản ánh sự việc trên đường phố và nơi công cộng, như giao thông, môi trường, hạ tầng."},
			"part":  {Text: "Xin chào quý khách.", Part: true},
			"other": {Text: "For English, press nine.", Language: call.English},
		},
		call.English: {"greet": {Text: "Welcome."}, "other": {Text: "For English, press nine."}},
	}
}

// build makes the catalogue and says how many files were made.
func build(t *testing.T, catalogue prompt.Catalogue, recorded, dir string) int {
	t.Helper()
	made := -1
	require.NoError(t, speech.Build(t.Context(), catalogue, recorded, dir, func(done, total int) {
		made++
		require.LessOrEqual(t, done, total)
	}))
	return made
}

func TestOnlyWhatChangedIsMade(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	catalogue := small()
	require.Equal(t, 7, build(t, catalogue, "", dir), "six prompts and the music")
	require.Zero(t, build(t, catalogue, "", dir))

	catalogue[call.Vietnamese]["greet"] = prompt.Text{Text: "Kính chào quý khách."}
	require.Equal(t, 1, build(t, catalogue, "", dir))
	require.NoError(t, os.Remove(filepath.Join(dir, "vi", "long.wav")))
	require.Equal(t, 1, build(t, catalogue, "", dir))

	left, err := filepath.Glob(filepath.Join(dir, ".making-*"))
	require.NoError(t, err)
	require.Empty(t, left, "no scratch folder stays")
}

func TestAPartHasNoPauseAfterIt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	build(t, small(), "", dir)
	whole, part := samples(t, filepath.Join(dir, "vi", "greet.wav")), samples(t, filepath.Join(dir, "vi", "part.wav"))
	require.InDelta(t, 0.21*8000, len(whole)-len(part), 10)
}

func TestATextInAnotherLanguageHasItsVoice(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	build(t, small(), "", dir)
	require.Equal(t, samples(t, filepath.Join(dir, "en", "other.wav")), samples(t, filepath.Join(dir, "vi", "other.wav")))
}

func TestARecordedFileTakesThePlaceOfTheText(t *testing.T) {
	t.Parallel()
	dir, recorded := t.TempDir(), t.TempDir()
	build(t, small(), recorded, dir)
	before := samples(t, filepath.Join(dir, "vi", "greet.wav"))

	file := filepath.Join(recorded, "vi", "greet.wav")
	record(t, file, "synth", "1", "sine", "600", "pad", "1", "1")
	require.Equal(t, 1, build(t, small(), recorded, dir))
	after := samples(t, filepath.Join(dir, "vi", "greet.wav"))
	require.NotEqual(t, before, after)
	require.InDelta(t, 8000*1.27, len(after), 100, "one second, at 8 kHz, with our pauses in place of its own")

	require.NoError(t, os.Remove(file))
	require.Equal(t, 1, build(t, small(), recorded, dir))
	require.Equal(t, before, samples(t, filepath.Join(dir, "vi", "greet.wav")), "the same text sounds the same")
}

func TestASilentRecordingIsRefused(t *testing.T) {
	t.Parallel()
	for name, effects := range map[string][]string{"silence": {"trim", "0", "1"}, "click": {"synth", "0.01", "sine", "600"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			recorded := t.TempDir()
			record(t, filepath.Join(recorded, "vi", "greet.wav"), effects...)
			dir := t.TempDir()
			err := speech.Build(t.Context(), small(), recorded, dir, nil)
			require.ErrorContains(t, err, "making vi/greet: from "+filepath.Join(recorded, "vi", "greet.wav"))
			require.ErrorContains(t, err, "is the recording or the text empty?")
			require.NoFileExists(t, filepath.Join(dir, "vi", "greet.wav"))
		})
	}
}

func TestABrokenRecordingIsNamed(t *testing.T) {
	t.Parallel()
	recorded := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(recorded, "en"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(recorded, "en", "greet.wav"), []byte("this is no sound"), 0o600))
	err := speech.Build(t.Context(), small(), recorded, t.TempDir(), nil)
	require.ErrorContains(t, err, "making en/greet: sox")
}

// It changes the environment, so it does not run beside others.
func TestMissingToolsAreNamedWithTheirPackage(t *testing.T) {
	dir := t.TempDir()
	sox, err := exec.LookPath("sox")
	require.NoError(t, err, "the package sox is not installed")
	bin := t.TempDir()
	t.Setenv("PATH", bin)
	err = speech.Build(t.Context(), small(), "", dir, nil)
	require.EqualError(t, err, "sox and espeak-ng not found, so these prompts cannot be made: "+
		"moh/hold, vi/greet, vi/long, vi/other, vi/part, en/greet, en/other; install the package (apt-get install sox espeak-ng)")

	require.NoError(t, os.Symlink(sox, filepath.Join(bin, "sox")))
	err = speech.Build(t.Context(), small(), "", dir, nil)
	require.ErrorContains(t, err, "espeak-ng not found, so these prompts cannot be made: vi/greet, ")
	require.NotContains(t, err.Error(), "moh/hold", "music needs no voice")

	recorded := t.TempDir()
	for lang, texts := range small() {
		for key := range texts {
			record(t, filepath.Join(recorded, string(lang), key+".wav"), "synth", "1", "sine", "600")
		}
	}
	require.Equal(t, 7, build(t, small(), recorded, dir), "recordings of everything need no voice")
	t.Setenv("PATH", t.TempDir())
	require.Zero(t, build(t, small(), recorded, dir), "what is up to date needs no tool")
}

func TestABuildCanBeEndedAndTakenUpAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	err := speech.Build(ctx, small(), "", dir, func(done, _ int) {
		if done == 2 {
			cancel()
		}
	})
	require.ErrorIs(t, err, context.Canceled)
	require.LessOrEqual(t, build(t, small(), "", dir), 5, "what was finished stays")
	_, err = speech.OpenLibrary(dir, small())
	require.NoError(t, err)
}

func TestTwoBuildsMayShareAFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	errs := make(chan error)
	for range 2 {
		go func() { errs <- speech.Build(t.Context(), small(), "", dir, nil) }()
	}
	require.NoError(t, <-errs)
	require.NoError(t, <-errs)
	require.Zero(t, build(t, small(), "", dir))
}

func TestLibraryKnowsPathsAndLengths(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	build(t, small(), "", dir)
	library, err := speech.OpenLibrary(dir, small())
	require.NoError(t, err)
	paths, total, err := library.Find(call.Vietnamese, []string{"greet", "long"})
	require.NoError(t, err)
	require.Equal(t, []string{filepath.Join(dir, "vi", "greet"), filepath.Join(dir, "vi", "long")}, paths)
	count := len(samples(t, paths[0]+".wav")) + len(samples(t, paths[1]+".wav"))
	require.InDelta(t, float64(count)/8000, total.Seconds(), 0.001)
	_, _, err = library.Find(call.English, []string{"long", "greet", "gone"})
	require.EqualError(t, err, `no prompt long, gone in language "en"`)
}

func TestLibraryNamesWhatIsMissingOrDamaged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	build(t, small(), "", dir)
	require.NoError(t, os.Remove(filepath.Join(dir, "vi", "greet.wav")))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "en", "greet.wav"), []byte("RIFF\x00\x00\x00\x00WAVEdata"), 0o600))
	record(t, filepath.Join(dir, "vi", "long.wav"), "synth", "1", "sine", "600")
	_, err := speech.OpenLibrary(dir, small())
	require.ErrorContains(t, err, "vi/greet.wav: no such file")
	require.ErrorContains(t, err, "en/greet.wav: this is no WAV file of 8 kHz")
	require.ErrorContains(t, err, "vi/long.wav: this is no WAV file of 8 kHz")
	require.ErrorContains(t, err, "`hotline prompts build` makes them")
	require.Equal(t, 3, strings.Count(err.Error(), ".wav:"))
}

// record makes a file as a studio would send it: 44.1 kHz, stereo.
func record(t *testing.T, path string, effects ...string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	args := append([]string{"-n", "-r", "44100", "-c", "2", path}, effects...)
	out, err := exec.CommandContext(ctx, "sox", args...).CombinedOutput()
	require.NoError(t, err, "the package sox makes the recordings: %s", out)
}
