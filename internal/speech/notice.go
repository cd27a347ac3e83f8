package speech

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"hotline1022/internal/call"
	"hotline1022/ivr/prompt"
)

// Notice is what a supervisor tells everybody who calls, while it stands.
type Notice struct {
	Vi    string    `json:"vi"` // the text; with Sound what is written about it
	En    string    `json:"en"`
	Sound bool      `json:"sound"` // recorded, in Vietnamese
	By    string    `json:"by"`
	At    time.Time `json:"at"`
	Until time.Time `json:"until"`
}

// NoticeKey is the key of the notice among the prompts.
const NoticeKey = "notice"

// longestNotice is as long as anybody listens before the menus.
const longestNotice = time.Minute

// Errors of a notice, which are a person's.
var (
	ErrNoticeTooLong = errors.New("the notice plays longer than a minute")
	ErrNoticeSilent  = errors.New("the notice cannot be made into sound")
)

// Notices keeps the one notice there is, over a restart, and finds its sound beside
// the prompts of a library. Any number of calls may ask while it changes.
type Notices struct {
	dir     string
	library *Library

	changing sync.Mutex // one change at a time

	mu     sync.Mutex
	notice Notice
	sounds map[call.Language]sound
}

// kept is a notice on disk, and what its files are called.
type kept struct {
	Notice
	Name string `json:"name"`
}

// OpenNotices reads the notice that an earlier run kept in the folder. One that cannot
// be read is none: nobody is told half a notice.
func OpenNotices(dir string, library *Library) (*Notices, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the notice: %w", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("opening the notice: %w", err)
	}
	n := &Notices{dir: dir, library: library, sounds: map[call.Language]sound{}}
	data, err := os.ReadFile(n.file())
	if errors.Is(err, os.ErrNotExist) {
		return n, nil
	}
	var k kept
	if err == nil {
		err = json.Unmarshal(data, &k)
	}
	if err == nil {
		var sounds map[call.Language]sound
		if sounds, err = n.read(k); err == nil {
			n.notice, n.sounds = k.Notice, sounds
		}
	}
	if err != nil {
		return n, fmt.Errorf("the notice of before is not said: %w", err)
	}
	return n, nil
}

func (n *Notices) file() string { return filepath.Join(n.dir, "notice.json") }

func (n *Notices) path(name string, lang call.Language) string {
	return filepath.Join(n.dir, name+"-"+string(lang))
}

// read looks up the sounds of a notice.
func (n *Notices) read(k kept) (map[call.Language]sound, error) {
	sounds := map[call.Language]sound{}
	for lang, has := range map[call.Language]bool{call.Vietnamese: k.Vi != "" || k.Sound, call.English: k.En != ""} {
		if !has {
			continue
		}
		path := n.path(k.Name, lang)
		length, err := length(path + ".wav")
		if err != nil {
			return nil, err
		}
		if length > longestNotice {
			return nil, ErrNoticeTooLong
		}
		sounds[lang] = sound{path, length}
	}
	return sounds, nil
}

// Now is the notice that stands; false if none does.
func (n *Notices) Now(now time.Time) (Notice, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.notice, len(n.sounds) > 0 && now.Before(n.notice.Until)
}

// Stands says whether there is something to be said in that language.
func (n *Notices) Stands(lang call.Language, now time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	_, ok := n.sounds[lang]
	return ok && now.Before(n.notice.Until)
}

// Find is Library.Find that knows the notice too. A notice that was taken back in the
// meantime is left out.
func (n *Notices) Find(lang call.Language, keys []string) (paths []string, total time.Duration, err error) {
	for i, key := range keys {
		if key != NoticeKey {
			continue
		}
		paths, total, err = n.library.Find(lang, keys[:i])
		if err != nil {
			return nil, 0, err
		}
		n.mu.Lock()
		s, ok := n.sounds[lang]
		n.mu.Unlock()
		if ok {
			paths, total = append(paths, s.path), total+s.length
		}
		rest, length, err := n.Find(lang, keys[i+1:])
		return append(paths, rest...), total + length, err
	}
	return n.library.Find(lang, keys)
}

// Set makes the notice into sound, from its texts or the recording, and takes it into
// use; the one of before stands until then, and stays when this fails.
func (n *Notices) Set(ctx context.Context, notice Notice, recording io.Reader) error {
	n.changing.Lock()
	defer n.changing.Unlock()
	notice.Sound = recording != nil
	k := kept{notice, "notice-" + strconv.FormatInt(notice.At.UnixNano(), 36)}
	scratch, err := os.MkdirTemp(n.dir, ".making-*")
	if err != nil {
		return fmt.Errorf("making the notice: %w", err)
	}
	defer os.RemoveAll(scratch) //nolint:errcheck // unfinished files harm nobody
	recorded := ""
	if notice.Sound {
		recorded = filepath.Join(scratch, "recorded.wav")
		if err := write(recorded, recording); err != nil {
			return fmt.Errorf("making the notice: %w", err)
		}
	}
	var sounds map[call.Language]sound
	if err = n.speak(ctx, k, scratch, recorded); err == nil {
		sounds, err = n.read(k)
	}
	if err == nil {
		err = n.keep(k, scratch)
	}
	if err != nil {
		n.sweep("", k.Name)
		return err
	}
	n.mu.Lock()
	n.notice, n.sounds = notice, sounds
	n.mu.Unlock()
	n.sweep(k.Name, "")
	return nil
}

// speak makes the files.
func (n *Notices) speak(ctx context.Context, k kept, scratch, recorded string) error {
	var todo []job
	for lang, text := range map[call.Language]string{call.Vietnamese: k.Vi, call.English: k.En} {
		source := recorded
		if lang != call.Vietnamese {
			source = ""
		}
		if text == "" && source == "" {
			continue
		}
		j, err := speak(lang, prompt.Text{Text: text}, source)
		if err != nil {
			return fmt.Errorf("making the notice: %w", err)
		}
		j.name, j.out = string(lang)+"/"+NoticeKey, n.path(k.Name, lang)+".wav"
		todo = append(todo, j)
	}
	if err := haveTools(todo); err != nil {
		return err
	}
	for _, j := range todo {
		if err := j.run(ctx, filepath.Join(scratch, filepath.Base(j.out))); err != nil {
			return fmt.Errorf("%w: %w", ErrNoticeSilent, err)
		}
	}
	return nil
}

func write(path string, from io.Reader) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	return errors.Join(err, f.Close())
}

// keep writes the notice down, whole or not at all.
func (n *Notices) keep(k kept, scratch string) error {
	data, err := json.MarshalIndent(k, "", "  ")
	if err != nil {
		return fmt.Errorf("keeping the notice: %w", err)
	}
	ready := filepath.Join(scratch, "notice.json")
	if err := os.WriteFile(ready, data, 0o644); err != nil {
		return fmt.Errorf("keeping the notice: %w", err)
	}
	if err := os.Rename(ready, n.file()); err != nil {
		return fmt.Errorf("keeping the notice: %w", err)
	}
	return nil
}

// sweep removes sounds: all but those that are named, or those only. One that plays
// goes on, for Asterisk has it open.
func (n *Notices) sweep(but, only string) {
	files, err := filepath.Glob(filepath.Join(n.dir, "notice-*"+"-??.wav*"))
	if err != nil {
		return
	}
	for _, f := range files {
		name := filepath.Base(f)
		if only != "" && !hasName(name, only) || but != "" && hasName(name, but) {
			continue
		}
		os.Remove(f) //nolint:errcheck,gosec // tried again at the next change
	}
}

func hasName(file, name string) bool {
	return len(file) > len(name) && file[:len(name)+1] == name+"-"
}

// Clear takes the notice back.
func (n *Notices) Clear() error {
	n.changing.Lock()
	defer n.changing.Unlock()
	if err := os.Remove(n.file()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("taking the notice back: %w", err)
	}
	n.mu.Lock()
	n.notice, n.sounds = Notice{}, map[call.Language]sound{}
	n.mu.Unlock()
	n.sweep("", "")
	return nil
}
