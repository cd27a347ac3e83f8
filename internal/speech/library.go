package speech

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"hotline1022/internal/call"
	"hotline1022/ivr/prompt"
)

// Library knows where each built prompt is and how long it plays. Any number of calls
// may ask while it changes.
type Library struct {
	dir string // absolute

	mu     sync.RWMutex
	sounds map[call.Language]map[string]sound
}

type sound struct {
	path   string // absolute, without extension, as Asterisk wants it
	length time.Duration
}

// OpenLibrary looks up every prompt of the catalogue under dir. The error names all
// that are missing or damaged.
func OpenLibrary(dir string, catalogue prompt.Catalogue) (*Library, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the prompts: %w", err)
	}
	l := &Library{dir: dir}
	if err := l.Renew(catalogue); err != nil {
		return nil, err
	}
	return l, nil
}

// Renew looks every prompt up again. After an error all is as it was.
func (l *Library) Renew(catalogue prompt.Catalogue) error {
	sounds := map[call.Language]map[string]sound{}
	var faults []error
	for lang, texts := range catalogue {
		sounds[lang] = make(map[string]sound, len(texts))
		for _, key := range catalogue.Keys(lang) {
			s, err := l.look(lang, key)
			if err != nil {
				faults = append(faults, err)
				continue
			}
			sounds[lang][key] = s
		}
	}
	if len(faults) > 0 {
		const most = 5
		rest := ""
		if more := len(faults) - most; more > 0 {
			faults, rest = faults[:most], fmt.Sprintf("\nand %d more", more)
		}
		return fmt.Errorf("opening the prompts: %w%s\n`hotline prompts build` makes them", errors.Join(faults...), rest)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sounds = sounds
	return nil
}

func (l *Library) look(lang call.Language, key string) (sound, error) {
	path := filepath.Join(l.dir, string(lang), key)
	length, err := length(path + ".wav")
	return sound{path, length}, err
}

// renewOne looks one prompt up again.
func (l *Library) renewOne(lang call.Language, key string) error {
	s, err := l.look(lang, key)
	if err != nil {
		return fmt.Errorf("opening a prompt: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, ok := l.sounds[lang]; ok {
		l.sounds[lang][key] = s
	}
	return nil
}

// Find gives the files of the keys in their order, and how long they play together.
func (l *Library) Find(lang call.Language, keys []string) (paths []string, total time.Duration, err error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var missing []string
	for _, key := range keys {
		s, ok := l.sounds[lang][key]
		if !ok {
			missing = append(missing, key)
			continue
		}
		paths = append(paths, s.path)
		total += s.length
	}
	if len(missing) > 0 {
		return nil, 0, fmt.Errorf("no prompt %s in language %q", strings.Join(missing, ", "), lang)
	}
	return paths, total, nil
}
