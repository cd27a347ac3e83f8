package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/internal/speech"
	"hotline1022/internal/web"
	"hotline1022/ivr/flow"
	"hotline1022/ivr/prompt"
)

// menus shows the pages what callers hear.
type menus struct{ a *App }

func (m menus) Flow() *flow.Flow { return m.a.board.Flow() }

func (m menus) Texts() prompt.Catalogue { return m.a.now.Load().Prompts }

func (m menus) Line() acd.Config { return m.a.now.Load().Line }

// Length is 0 for a prompt that is not there.
func (m menus) Length(lang call.Language, key string) (time.Duration, bool) {
	_, total, err := m.a.prompts.Find(lang, []string{key})
	return total, err == nil && m.a.recordings.Has(lang, key)
}

// Record takes a person's voice in place of the text. Nobody reloads meanwhile, or the one
// would undo the other's sound.
func (m menus) Record(ctx context.Context, lang call.Language, key string, from io.Reader) (speech.Take, error) {
	m.a.reloading.Lock()
	defer m.a.reloading.Unlock()
	return m.a.recordings.Put(ctx, lang, key, m.Texts()[lang][key], from)
}

// Forget goes back to the text.
func (m menus) Forget(ctx context.Context, lang call.Language, key string) error {
	m.a.reloading.Lock()
	defer m.a.reloading.Unlock()
	return m.a.recordings.Forget(ctx, lang, key, m.Texts()[lang][key])
}

// Prompt opens the file that Asterisk plays. Only names of the catalogue lead to one.
func (m menus) Prompt(lang call.Language, key string) (io.ReadSeekCloser, time.Time, error) {
	if !m.Texts().Has(lang, key) {
		return nil, time.Time{}, web.ErrNotFound
	}
	paths, _, err := m.a.prompts.Find(lang, []string{key})
	if err != nil {
		return nil, time.Time{}, err
	}
	f, err := os.Open(paths[0] + ".wav")
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("opening a prompt: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close() //nolint:errcheck // only read
		return nil, time.Time{}, fmt.Errorf("opening a prompt: %w", err)
	}
	return f, info.ModTime(), nil
}
