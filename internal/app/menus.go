package app

import (
	"fmt"
	"io"
	"os"
	"time"

	"hotline1022/internal/call"
	"hotline1022/internal/web"
	"hotline1022/ivr/flow"
	"hotline1022/ivr/prompt"
)

// menus shows the pages what callers hear.
type menus struct{ a *App }

func (m menus) Flow() *flow.Flow { return m.a.board.Flow() }

func (m menus) Texts() prompt.Catalogue { return m.a.opts.Config.Prompts }

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
