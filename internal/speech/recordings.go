package speech

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"hotline1022/internal/call"
	"hotline1022/ivr/prompt"
)

// Recordings are the prompts that people have spoken, in place of the machine. One
// changes at a time; callers hear the one or the other, whole.
type Recordings struct {
	dir     string // <lang>/<key>.wav as people recorded them
	library *Library

	changing sync.Mutex
}

// NewRecordings keeps recordings in dir, and puts what is played of them among the
// library's prompts.
func NewRecordings(dir string, library *Library) *Recordings {
	return &Recordings{dir: dir, library: library}
}

// longestPrompt is longer than anybody listens to a menu.
const longestPrompt = 2 * time.Minute

// Errors of a recording, which are a person's.
var (
	ErrNoSound     = errors.New("this is no sound that can be read")
	ErrSilent      = errors.New("nothing can be heard of the recording")
	ErrFaint       = errors.New("the recording is too faint")
	ErrTooLoud     = errors.New("the recording is too loud and breaks up")
	ErrTooLong     = errors.New("the recording plays longer than two minutes")
	ErrNotRecorded = errors.New("nobody has recorded this prompt")
)

// Take is what was measured of a recording, before it was brought to the level of the
// other prompts.
type Take struct {
	Length  time.Duration
	Peak    float64 // of full scale, from 0 to 1
	Clipped float64 // part of the time that is at full scale, from 0 to 1
}

// path is where a recording is, and where the one before it was put aside.
func (r *Recordings) path(lang call.Language, key string) (path, before string) {
	path = filepath.Join(r.dir, string(lang), key)
	return path + ".wav", path + ".before.wav"
}

// Has says whether somebody has spoken that prompt.
func (r *Recordings) Has(lang call.Language, key string) bool {
	path, _ := r.path(lang, key)
	_, err := os.Stat(path)
	return err == nil
}

// Put takes a sound in place of the prompt's text. The recording of before is put aside
// as <key>.before.wav. After an error all is as it was.
func (r *Recordings) Put(ctx context.Context, lang call.Language, key string, text prompt.Text, from io.Reader) (Take, error) {
	r.changing.Lock()
	defer r.changing.Unlock()
	path, before := r.path(lang, key)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return Take{}, fmt.Errorf("keeping a recording: %w", err)
	}
	scratch, err := os.MkdirTemp(r.dir, ".making-*") // a rename does not cross file systems
	if err != nil {
		return Take{}, fmt.Errorf("keeping a recording: %w", err)
	}
	defer os.RemoveAll(scratch) //nolint:errcheck // unfinished files harm nobody
	taken, plain := filepath.Join(scratch, "taken"), filepath.Join(scratch, "plain.wav")
	if err := write(taken, from); err != nil {
		return Take{}, fmt.Errorf("keeping a recording: %w", err)
	}
	// The level stays as it was spoken, so that it can be judged.
	if err := command(ctx, "sox", "-V1", "-D", "-t", "wav", taken, "-r", "8000", "-c", "1", "-b", "16", "-e", "signed-integer", plain); err != nil {
		return Take{}, fmt.Errorf("%w: %w", ErrNoSound, err)
	}
	take, err := measure(plain)
	if err != nil {
		return take, err
	}
	if err := r.play(ctx, lang, key, text, plain); err != nil {
		return take, err
	}
	err = os.Rename(path, before)
	if err == nil || errors.Is(err, os.ErrNotExist) {
		err = os.Rename(plain, path)
	}
	if err != nil {
		return take, errors.Join(fmt.Errorf("keeping a recording: %w", err), r.play(ctx, lang, key, text, path))
	}
	return take, nil
}

// Forget goes back to what the machine says; the recording is put aside.
func (r *Recordings) Forget(ctx context.Context, lang call.Language, key string, text prompt.Text) error {
	r.changing.Lock()
	defer r.changing.Unlock()
	path, before := r.path(lang, key)
	if !r.Has(lang, key) {
		return ErrNotRecorded
	}
	if err := r.play(ctx, lang, key, text, ""); err != nil {
		return err
	}
	if err := os.Rename(path, before); err != nil {
		return errors.Join(fmt.Errorf("putting a recording aside: %w", err), r.play(ctx, lang, key, text, path))
	}
	return nil
}

// play makes what callers hear of a prompt from now on, from the recording if there is
// one.
func (r *Recordings) play(ctx context.Context, lang call.Language, key string, text prompt.Text, recorded string) error {
	j, err := speak(lang, text, recorded)
	if err != nil {
		return fmt.Errorf("making a prompt: %w", err)
	}
	j.name, j.out = string(lang)+"/"+key, filepath.Join(r.library.dir, string(lang), key+".wav")
	if err := haveTools([]job{j}); err != nil {
		return err
	}
	scratch, err := os.MkdirTemp(r.library.dir, ".making-*")
	if err != nil {
		return fmt.Errorf("making a prompt: %w", err)
	}
	defer os.RemoveAll(scratch) //nolint:errcheck // unfinished files harm nobody
	if err := j.run(ctx, filepath.Join(scratch, "one")); err != nil {
		return fmt.Errorf("making a prompt: %w", err)
	}
	return r.library.renewOne(lang, key)
}
