package web

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	"hotline1022/acd"
	"hotline1022/internal/call"
	"hotline1022/internal/speech"
	"hotline1022/ivr"
	"hotline1022/ivr/flow"
	"hotline1022/ivr/prompt"
)

// Menus is what callers hear and may press.
type Menus interface {
	// Flow is the one that calls go by which enter now.
	Flow() *flow.Flow
	Texts() prompt.Catalogue
	// Length is how long one plays, and whether a person has spoken it.
	Length(lang call.Language, key string) (length time.Duration, recorded bool)
	// Record takes a sound in place of a prompt's text, and Forget goes back to the text.
	// Record says what it measured, also of a sound that it refuses.
	Record(ctx context.Context, lang call.Language, key string, from io.Reader) (speech.Take, error)
	Forget(ctx context.Context, lang call.Language, key string) error
	// Line is how calls are given to agents now.
	Line() acd.Config
	// Prompt is one as it is played; ErrNotFound when there is none of that name.
	Prompt(lang call.Language, key string) (io.ReadSeekCloser, time.Time, error)
}

func (s *site) menus(w http.ResponseWriter, _ *http.Request) error {
	writeJSON(w, http.StatusOK, flowOf(s.deps.Menus.Flow(), s.deps.Menus.Texts()))
	return nil
}

// Keys of a walk: silence is one too.
const (
	silence     = '-'
	longestWalk = 100
)

// walked is one step of a walk through the menus.
type walked struct {
	Pressed  string        `json:"pressed"`
	Node     string        `json:"node"`
	Say      []string      `json:"say"`
	Language call.Language `json:"language"`
	WaitMs   int64         `json:"wait_ms"`
	Accepted bool          `json:"accepted"`
	Done     string        `json:"done"`
}

// walk goes through the menus as a call does, and touches none.
func (s *site) walk(w http.ResponseWriter, r *http.Request) error {
	pressed := r.URL.Query().Get("pressed")
	if err := walkable(pressed); err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]any{"steps": walkOf(s.deps.Menus.Flow(), pressed)})
	return nil
}

func walkable(pressed string) error {
	if len(pressed) > longestWalk || strings.Trim(pressed, "0123456789*#-") != "" {
		return badRequest("Tham số pressed chỉ gồm 0–9, *, # và - (im lặng), tối đa 100.", "pressed holds 0 to 9, *, # and - for silence, 100 at most.")
	}
	return nil
}

// walkOf is what a caller of this flow hears who presses these keys.
func walkOf(f *flow.Flow, pressed string) []walked {
	walker, step := ivr.Start(f)
	steps := []walked{stepOf("", step)}
	for _, key := range []byte(pressed) {
		if key == silence {
			step = walker.Silence()
		} else {
			step = walker.Key(key)
		}
		steps = append(steps, stepOf(string(key), step))
	}
	return steps
}

func stepOf(pressed string, step ivr.Step) walked {
	view := walked{pressed, step.Node, list(step.Say), step.Language, step.Wait.Milliseconds(), step.Accepted, ""}
	switch step.Done.(type) {
	case ivr.Enqueue:
		view.Done = "queue"
	case ivr.Goodbye:
		view.Done = "goodbye"
	}
	return view
}

// spoken is a text, and the language that it is spoken in.
type spoken struct {
	Text     string        `json:"text"`
	Language call.Language `json:"language"`
}

func spokenOf(lang call.Language, t prompt.Text) spoken {
	if t.Language != "" {
		lang = t.Language
	}
	return spoken{t.Text, lang}
}

// sounding is a prompt's text, and what is heard of it.
type sounding struct {
	spoken
	LengthMs int64 `json:"length_ms"`
	Recorded bool  `json:"recorded"` // by a person
}

func (s *site) prompts(w http.ResponseWriter, _ *http.Request) error {
	type row struct {
		Key   string                     `json:"key"`
		Made  bool                       `json:"made"`
		Texts map[call.Language]sounding `json:"texts"`
	}
	all := s.deps.Menus.Texts()
	rows := []row{}
	at := map[string]int{}
	for _, lang := range s.deps.Menus.Flow().Languages {
		for _, key := range all.Keys(lang) {
			text := all[lang][key]
			i, ok := at[key]
			if !ok {
				i = len(rows)
				at[key] = i
				rows = append(rows, row{Key: key, Made: text.Made, Texts: map[call.Language]sounding{}})
			}
			length, recorded := s.deps.Menus.Length(lang, key)
			rows[i].Texts[lang] = sounding{spokenOf(lang, text), length.Milliseconds(), recorded}
		}
	}
	writeJSON(w, http.StatusOK, map[string]any{"prompts": rows})
	return nil
}

func (s *site) prompt(w http.ResponseWriter, r *http.Request) error {
	f, modified, err := s.deps.Menus.Prompt(call.Language(r.PathValue("lang")), r.PathValue("key"))
	if err != nil {
		return err
	}
	defer f.Close()                                             //nolint:errcheck // only read
	http.NewResponseController(w).SetWriteDeadline(time.Time{}) //nolint:errcheck // a recorder in a test has none
	w.Header().Set("Content-Type", "audio/wav")
	http.ServeContent(w, r, "", modified, f)
	return nil
}
