// Package prompt is what is said: the texts of the prompts in each language, and
// numbers as people say them. How it becomes sound is not its concern.
//
// Most prompts stand in the files of configs/prompts. Those that hold a number are
// made by rule: whole sentences for places in line and waiting times, and parts
// that are played one after the other for any other number, for dates and for
// digits. Each of them is a prompt like any other, so that a recording may take
// its place.
package prompt

import (
	"maps"
	"slices"
	"strings"

	"hotline1022/internal/call"
	"hotline1022/ivr/document"
)

// Text is the text of a prompt, with where it stands.
type Text struct {
	Text     string
	Language call.Language // language of the text itself; "" is that of its file
	Part     bool          // something follows at once in the same sentence
	File     string
	Line     int
}

// Catalogue is every prompt's text, by language and key.
type Catalogue map[call.Language]map[string]Text

const numbersKey = "numbers"

// Parse reads one language's file: a mapping from keys to texts, with the patterns
// of sentences that hold numbers under the key "numbers". A text in another language
// than the file's is written as {text: …, language: …}. The error is
// document.Problems.
func (c Catalogue) Parse(lang call.Language, file string, data []byte) error {
	p := &parser{c: document.NewChecker(file), file: file, lang: lang}
	root := p.c.Root(data)
	all := map[string]Text{}
	for _, e := range root.Entries() {
		if e.Key == numbersKey {
			maps.Copy(all, p.numbers(root, e))
		}
	}
	for _, e := range root.Entries() {
		if e.Key == numbersKey {
			continue
		}
		if _, made := all[e.Key]; made {
			p.c.Addf(e.Line, "the prompt %q is made by rule; remove this line, or record a file of that name", e.Key)
			continue
		}
		all[e.Key] = p.text(root, e)
	}
	if root != nil {
		for _, key := range Needed() {
			if _, ok := all[key]; !ok {
				p.c.Addf(0, "the prompt %q is missing; the program says it itself, so write its text", key)
			}
		}
		if !root.Has(numbersKey) {
			p.c.Addf(0, "there is no %q; write the patterns position, ahead and wait below it", numbersKey)
		}
	}
	if err := p.c.Err(); err != nil {
		return err
	}
	c[lang] = all
	return nil
}

// Has says whether a prompt exists in a language.
func (c Catalogue) Has(lang call.Language, key string) bool {
	_, ok := c[lang][key]
	return ok
}

// Keys lists the prompts of a language in alphabetical order.
func (c Catalogue) Keys(lang call.Language) []string {
	return slices.Sorted(maps.Keys(c[lang]))
}

// Say is what is heard when the prompts are played one after the other.
func (c Catalogue) Say(lang call.Language, keys []string) string {
	texts := make([]string, len(keys))
	for i, key := range keys {
		texts[i] = c[lang][key].Text
	}
	return strings.Join(texts, " ")
}

// Needed lists the prompts that the program itself says, beside those of the flow.
func Needed() []string {
	return []string{
		"queue_next", "pos_many", "wait_short", "wait_long",
		"comfort", "emg_hold", "emg_retry", "emg_direct", "emg_after", "emg_silent", "back_in_line", "controller_gone", "survival", "survival_hold", "goodbye", "other_queue",
		"transfer", "hold_wait", "hold_agent",
		"voicemail", "voicemail_thanks", "survey", "survey_thanks",
		"callback_offer", "callback_number", "callback_confirm", "callback_enter",
		"callback_wrong", "callback_hidden", "callback_has", "callback_reached", "callback_ok",
	}
}

type parser struct {
	c    *document.Checker
	file string
	lang call.Language
}

func (p *parser) text(m *document.Mapping, e document.Entry) Text {
	if !e.IsMap() {
		t, _ := m.Text(e)
		return Text{Text: t.Value, File: p.file, Line: t.Line}
	}
	long := m.Sub(e, "prompt "+e.Key, "text", "language")
	text := long.Single("text")
	if !long.Has("text") {
		p.c.Addf(e.Line, "prompt %s has no text; write `text: …`", e.Key)
	}
	return Text{Text: text.Value, Language: p.language(long), File: p.file, Line: e.Line}
}

func (p *parser) language(m *document.Mapping) call.Language {
	t := m.Single("language")
	switch l := call.Language(t.Value); l {
	case "", call.Vietnamese, call.English:
		return l
	}
	p.c.Addf(t.Line, "unknown language %q; %s", t.Value,
		document.Suggest(t.Value, []string{string(call.Vietnamese), string(call.English)}))
	return ""
}

// numbers reads the patterns and the words, and makes the prompts from them.
func (p *parser) numbers(root *document.Mapping, e document.Entry) map[string]Text {
	known := []string{"position", "ahead", "wait"}
	if p.lang == call.Vietnamese {
		known = append(known, "zero", "thousand", "four")
	}
	m := root.Sub(e, numbersKey, known...)
	if m == nil {
		return nil
	}
	made := generate(p.lang, p.words(m), patterns{
		position: p.pattern(m, "position", "{ordinal}", "{number}"),
		ahead:    p.pattern(m, "ahead", "{number}"),
		wait:     p.pattern(m, "wait", "{minutes}"),
	})
	for key, t := range made {
		t.File, t.Line = p.file, e.Line
		made[key] = t
	}
	return made
}

// pattern reads a sentence that must hold one of the places for a number.
func (p *parser) pattern(m *document.Mapping, key string, places ...string) string {
	t := m.Single(key)
	has := slices.ContainsFunc(places, func(place string) bool { return strings.Contains(t.Value, place) })
	if !has && (t.Value != "" || !m.Has(key)) {
		p.c.Addf(t.Line, "the pattern %q does not say where the number goes; write a sentence with %s", key, strings.Join(places, " or "))
	}
	return t.Value
}

func (p *parser) words(m *document.Mapping) words {
	if p.lang != call.Vietnamese {
		return English{}
	}
	v := NewVietnamese()
	p.choice(m, "zero", &v.Zero, "lẻ", "linh")
	p.choice(m, "thousand", &v.Thousand, "nghìn", "ngàn")
	p.choice(m, "four", &v.Four, "tư", "bốn")
	return v
}

func (p *parser) choice(m *document.Mapping, key string, word *string, allowed ...string) {
	t := m.Single(key)
	switch {
	case t.Value == "":
	case slices.Contains(allowed, t.Value):
		*word = t.Value
	default:
		p.c.Addf(t.Line, "%q is no word for %q; write %s", t.Value, key, strings.Join(allowed, " or "))
	}
}
