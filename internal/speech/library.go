package speech

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"hotline1022/internal/call"
	"hotline1022/ivr/prompt"
)

// Library knows where each built prompt is and how long it plays. It never changes
// and may be used by any number of calls.
type Library struct {
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
	l := &Library{sounds: map[call.Language]map[string]sound{}}
	var faults []error
	for lang, texts := range catalogue {
		l.sounds[lang] = make(map[string]sound, len(texts))
		for _, key := range catalogue.Keys(lang) {
			path := filepath.Join(dir, string(lang), key)
			length, err := length(path + ".wav")
			if err != nil {
				faults = append(faults, err)
				continue
			}
			l.sounds[lang][key] = sound{path, length}
		}
	}
	if len(faults) > 0 {
		const most = 5
		rest := ""
		if more := len(faults) - most; more > 0 {
			faults, rest = faults[:most], fmt.Sprintf("\nand %d more", more)
		}
		return nil, fmt.Errorf("opening the prompts: %w%s\n`hotline prompts build` makes them", errors.Join(faults...), rest)
	}
	return l, nil
}

// Find gives the files of the keys in their order, and how long they play together.
func (l *Library) Find(lang call.Language, keys []string) (paths []string, total time.Duration, err error) {
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
