// Package speech makes prompts into sound: a recorded file where a person has
// spoken one, espeak-ng otherwise, and sox to bring both to what a telephone line
// carries (8 kHz, mono, 16 bit).
package speech

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"hotline1022/internal/call"
	"hotline1022/ivr/prompt"
)

// Build makes every prompt of the catalogue as outDir/<lang>/<key>.wav, and the hold
// music as outDir/moh/hold.wav. What is up to date stays as it is. A file
// recordedDir/<lang>/<key>.wav takes the place of the text.
//
// progress, if not nil, is called for each finished file, by one goroutine at a
// time. Files are replaced whole, so a running Asterisk may read them and several
// builds may work on the same folder. After an error what was finished stays.
func Build(ctx context.Context, catalogue prompt.Catalogue, recordedDir, outDir string, progress func(done, total int)) error {
	todo, total, err := plan(catalogue, recordedDir, outDir)
	if err != nil {
		return fmt.Errorf("making prompts: %w", err)
	}
	if err := haveTools(todo); err != nil {
		return err
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	progress(total-len(todo), total)
	if len(todo) == 0 {
		return nil
	}
	if err := os.MkdirAll(outDir, 0o755); err != nil {
		return fmt.Errorf("making prompts: %w", err)
	}
	// Beside the finished files, for a rename does not cross file systems.
	scratch, err := os.MkdirTemp(outDir, ".making-*")
	if err != nil {
		return fmt.Errorf("making prompts: %w", err)
	}
	defer os.RemoveAll(scratch) //nolint:errcheck // unfinished files harm nobody

	var mu sync.Mutex
	done := total - len(todo)
	workers, ctx := errgroup.WithContext(ctx)
	workers.SetLimit(runtime.NumCPU())
	for i, j := range todo {
		workers.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := j.run(ctx, filepath.Join(scratch, fmt.Sprint(i))); err != nil {
				return fmt.Errorf("making %s: %w", j.name, err)
			}
			mu.Lock()
			defer mu.Unlock()
			done++
			progress(done, total)
			return nil
		})
	}
	return workers.Wait()
}

// job is one file that is missing or out of date.
type job struct {
	name        string // for messages: vi/greet
	out         string
	fingerprint string // of everything the sound depends on
	spoken      bool   // needs espeak-ng
	make        func(ctx context.Context, raw string) (source string, err error)
	effects     []string
}

// plan lists what has to be made, and counts all files.
func plan(catalogue prompt.Catalogue, recordedDir, outDir string) (todo []job, total int, err error) {
	jobs := []job{music(outDir)}
	for _, lang := range []call.Language{call.Vietnamese, call.English} {
		for _, key := range catalogue.Keys(lang) {
			name := filepath.Join(string(lang), key+".wav")
			j, err := speak(lang, catalogue[lang][key], filepath.Join(recordedDir, name))
			if err != nil {
				return nil, 0, fmt.Errorf("prompt %s/%s: %w", lang, key, err)
			}
			j.name, j.out = string(lang)+"/"+key, filepath.Join(outDir, name)
			jobs = append(jobs, j)
		}
	}
	for _, j := range jobs {
		if !upToDate(j.out, j.fingerprint) {
			todo = append(todo, j)
		}
	}
	return todo, len(jobs), nil
}

// haveTools says which package is missing, and which prompts cannot be made
// without it. Nothing is needed when everything is up to date.
func haveTools(todo []job) error {
	var all, spoken []string
	for _, j := range todo {
		all = append(all, j.name)
		if j.spoken {
			spoken = append(spoken, j.name)
		}
	}
	var missing []string
	names := all
	if _, err := exec.LookPath("sox"); err != nil && len(all) > 0 {
		missing = append(missing, "sox")
	}
	if _, err := exec.LookPath("espeak-ng"); err != nil && len(spoken) > 0 {
		missing = append(missing, "espeak-ng")
		if len(missing) == 1 {
			names = spoken
		}
	}
	if len(missing) == 0 {
		return nil
	}
	const most = 8
	list := strings.Join(names[:min(len(names), most)], ", ")
	if more := len(names) - most; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	return fmt.Errorf("%s not found, so these prompts cannot be made: %s; install the package (apt-get install %s)",
		strings.Join(missing, " and "), list, strings.Join(missing, " "))
}

// run makes the file and puts it into its place.
func (j job) run(ctx context.Context, scratch string) error {
	raw, ready := scratch+".raw.wav", scratch+".wav"
	source, err := j.make(ctx, raw)
	if err != nil {
		return err
	}
	args := append([]string{"-V1", "-D", source, "-r", "8000", "-c", "1", "-b", "16", "-e", "signed-integer", ready}, j.effects...)
	if err := command(ctx, "sox", args...); err != nil {
		return err
	}
	if err := audible(ready); err != nil {
		return fmt.Errorf("from %s: %w", source, err)
	}
	if err := os.Remove(raw); err != nil && !os.IsNotExist(err) {
		return err
	}
	return put(ready, j.out, j.fingerprint)
}

// put moves the sound to its place. The note of what it was made from is away
// while sound and note might not belong together.
func put(ready, out, fingerprint string) error {
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	if err := os.Remove(out + noteSuffix); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := os.Rename(ready, out); err != nil {
		return err
	}
	return os.WriteFile(out+noteSuffix, []byte(fingerprint), 0o644)
}

// noteSuffix is of the file that holds a sound's fingerprint.
const noteSuffix = ".of"

func upToDate(out, fingerprint string) bool {
	was, err := os.ReadFile(out + noteSuffix)
	if err != nil || string(was) != fingerprint {
		return false
	}
	_, err = os.Stat(out)
	return err == nil
}

func command(ctx context.Context, tool string, args ...string) error {
	out, err := exec.CommandContext(ctx, tool, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", tool, err, strings.TrimSpace(string(out)))
	}
	return nil
}
