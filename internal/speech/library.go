package speech

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"hotline1022/internal/call"
	"hotline1022/ivr/prompt"
)

// bytesPerSecond of 8 kHz, mono, 16 bit; headerBytes is RIFF's shortest WAV header.
const (
	bytesPerSecond = 16000
	headerBytes    = 44
)

// Library knows where each built prompt is and how long it plays.
type Library struct {
	sounds map[call.Language]map[string]sound
}

type sound struct {
	path   string // absolute, without extension, as Asterisk wants it
	length time.Duration
}

// OpenLibrary looks up every prompt of the catalogue under dir.
func OpenLibrary(dir string, catalogue prompt.Catalogue) (*Library, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the prompts: %w", err)
	}
	l := &Library{sounds: map[call.Language]map[string]sound{}}
	for lang, texts := range catalogue {
		l.sounds[lang] = map[string]sound{}
		for key := range texts {
			path := filepath.Join(dir, string(lang), key)
			info, err := os.Stat(path + ".wav")
			if err != nil {
				return nil, fmt.Errorf("opening the prompts: %w; `hotline prompts build` makes them", err)
			}
			length := time.Duration(info.Size()-headerBytes) * time.Second / bytesPerSecond
			l.sounds[lang][key] = sound{path, length}
		}
	}
	return l, nil
}

// Find gives the files of the keys in their order, and how long they play together.
func (l *Library) Find(lang call.Language, keys []string) (paths []string, total time.Duration, err error) {
	for _, key := range keys {
		s, ok := l.sounds[lang][key]
		if !ok {
			return nil, 0, fmt.Errorf("no prompt %q in language %q", key, lang)
		}
		paths = append(paths, s.path)
		total += s.length
	}
	return paths, total, nil
}
