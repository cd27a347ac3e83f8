// Package speech makes prompts into sound: a recorded file where a person has
// spoken one, espeak-ng otherwise, and sox to bring both to what a telephone line
// carries (8 kHz, mono, 16 bit).
package speech

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"hotline1022/internal/call"
	"hotline1022/ivr/prompt"
)

// recipe changes whenever the sound of a text does, so that old files are made anew.
const recipe = "3"

// voices are espeak-ng's, with a pace in words a minute that a caller in a noisy
// street can follow.
var voices = map[call.Language][]string{ //nolint:gochecknoglobals // a constant table
	call.Vietnamese: {"-v", "vi", "-s", "150", "-p", "45"},
	call.English:    {"-v", "en-gb", "-s", "155", "-p", "45"},
}

// Build makes every prompt of the catalogue under outDir/<lang>/<key>.wav, and the
// hold music under outDir/moh. What is up to date stays as it is. A file
// recordedDir/<lang>/<key>.wav takes the place of the text.
func Build(ctx context.Context, catalogue prompt.Catalogue, recordedDir, outDir string, progress func(done, total int)) error {
	for _, tool := range []string{"espeak-ng", "sox"} {
		if _, err := exec.LookPath(tool); err != nil {
			return fmt.Errorf("prompts need %s, which is not installed; install the package %s, or put recordings of all prompts into %s", tool, tool, recordedDir)
		}
	}
	total := 1
	for _, texts := range catalogue {
		total += len(texts)
	}
	var done atomic.Int64
	tick := func() { progress(int(done.Add(1)), total) }
	workers, ctx := errgroup.WithContext(ctx)
	workers.SetLimit(runtime.NumCPU())
	for lang, texts := range catalogue {
		if err := os.MkdirAll(filepath.Join(outDir, string(lang)), 0o755); err != nil {
			return fmt.Errorf("making prompts: %w", err)
		}
		for key, text := range texts {
			workers.Go(func() error {
				defer tick()
				return buildOne(ctx, lang, key, text.Text, recordedDir, outDir)
			})
		}
	}
	workers.Go(func() error {
		defer tick()
		return buildMusic(ctx, filepath.Join(outDir, "moh"))
	})
	return workers.Wait()
}

// buildOne makes one prompt, unless the one that is there is of the same text.
func buildOne(ctx context.Context, lang call.Language, key, text, recordedDir, outDir string) error {
	out := filepath.Join(outDir, string(lang), key+".wav")
	recorded := filepath.Join(recordedDir, string(lang), key+".wav")
	print, isRecorded, err := fingerprint(recorded, string(lang)+text)
	if err != nil {
		return fmt.Errorf("prompt %s/%s: %w", lang, key, err)
	}
	if upToDate(out, print) {
		return nil
	}
	source := recorded
	if !isRecorded {
		source = out + ".raw.wav"
		defer os.Remove(source) //nolint:errcheck // a temporary file
		args := append(append([]string{}, voices[lang]...), "-w", source, text)
		if err := run(ctx, "espeak-ng", args...); err != nil {
			return fmt.Errorf("prompt %s/%s: %w", lang, key, err)
		}
	}
	// Silence before the first sound is cut, for the greeting has to come at once;
	// a short pause stays at the end, so that sentences do not run together.
	err = finish(ctx, out, print, source, "rate", "8000", "channels", "1",
		"silence", "1", "0.02", "0.3%", "reverse", "silence", "1", "0.02", "0.3%", "reverse", "pad", "0.02", "0.25", "norm", "-3")
	if err != nil {
		return fmt.Errorf("prompt %s/%s: %w", lang, key, err)
	}
	return nil
}

// buildMusic makes half a minute of quiet chords.
func buildMusic(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("making the hold music: %w", err)
	}
	out := filepath.Join(dir, "hold.wav")
	mark := "music" + recipe
	if upToDate(out, mark) {
		return nil
	}
	chords := [][]string{{"C4", "E4", "G4"}, {"A3", "C4", "E4"}, {"F3", "A3", "C4"}, {"G3", "B3", "D4"}}
	var parts []string
	for i, chord := range chords {
		part := filepath.Join(dir, fmt.Sprintf("part%d.tmp.wav", i))
		args := []string{"-n", "-r", "8000", "-c", "1", "-b", "16", part, "synth", "4"}
		for _, note := range chord {
			args = append(args, "pluck", note)
		}
		args = append(args, "remix", "-", "fade", "t", "0.05", "4", "1.2", "gain", "-n", "-14")
		if err := run(ctx, "sox", args...); err != nil {
			return fmt.Errorf("making the hold music: %w", err)
		}
		defer os.Remove(part) //nolint:errcheck // a temporary file
		parts = append(parts, part)
	}
	whole := filepath.Join(dir, "whole.tmp.wav")
	defer os.Remove(whole) //nolint:errcheck // a temporary file
	if err := run(ctx, "sox", append(append(append([]string{}, parts...), parts...), whole)...); err != nil {
		return fmt.Errorf("making the hold music: %w", err)
	}
	if err := finish(ctx, out, mark, whole, "reverb", "30", "lowpass", "2500", "norm", "-14"); err != nil {
		return fmt.Errorf("making the hold music: %w", err)
	}
	return nil
}

// finish brings a sound into place in one step, so that a file is whole or absent.
func finish(ctx context.Context, out, print, source string, effects ...string) error {
	part := out + ".part.wav"
	args := append([]string{"-V1", "-D", source, "-b", "16", part}, effects...)
	if err := run(ctx, "sox", args...); err != nil {
		return err
	}
	if err := os.Rename(part, out); err != nil {
		return err
	}
	return os.WriteFile(out+".of", []byte(print), 0o644)
}

func upToDate(out, print string) bool {
	was, err := os.ReadFile(out + ".of")
	if err != nil || string(was) != print {
		return false
	}
	_, err = os.Stat(out)
	return err == nil
}

// fingerprint is of the recording if there is one, else of the text.
func fingerprint(recorded, text string) (print string, isRecorded bool, err error) {
	sum := sha256.New()
	io.WriteString(sum, recipe) //nolint:errcheck // a hash takes everything
	f, err := os.Open(recorded)
	switch {
	case errors.Is(err, os.ErrNotExist):
		io.WriteString(sum, text) //nolint:errcheck // a hash takes everything
	case err != nil:
		return "", false, err
	default:
		defer f.Close() //nolint:errcheck // only read
		isRecorded = true
		if _, err := io.Copy(sum, f); err != nil {
			return "", false, err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), isRecorded, nil
}

func run(ctx context.Context, tool string, args ...string) error {
	out, err := exec.CommandContext(ctx, tool, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", tool, err, out)
	}
	return nil
}
