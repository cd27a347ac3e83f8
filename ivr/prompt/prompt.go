// Package prompt is what is said: the texts of the prompts in each language, and
// numbers as people say them. How it becomes sound is not its concern.
package prompt

import (
	"fmt"

	"hotline1022/internal/call"
	"hotline1022/ivr/document"
)

// Text is the text of a prompt, with where it stands.
type Text struct {
	Text string
	File string
	Line int
}

// Catalogue is every prompt's text, by language and key.
type Catalogue map[call.Language]map[string]Text

// Spoken is the highest position that has a sentence of its own.
const Spoken = 50

// Parse reads one language's file: a mapping from keys to texts. The sentences with
// numbers are added by rule.
func (c Catalogue) Parse(lang call.Language, file string, data []byte) error {
	checker := document.NewChecker(file)
	root := checker.Root(data)
	all := map[string]Text{}
	for _, e := range root.Entries() {
		if t, ok := root.Text(e); ok {
			all[e.Key] = Text{Text: t.Value, File: file, Line: t.Line}
		}
	}
	for _, key := range Needed() {
		if _, ok := all[key]; !ok {
			checker.Addf(0, "the prompt %q is missing; the program says it itself, so write its text", key)
		}
	}
	if err := checker.Err(); err != nil {
		return err
	}
	for n := 2; n <= Spoken; n++ {
		all[positionKey(n)] = Text{Text: position(lang, n), File: file}
	}
	c[lang] = all
	return nil
}

// Has says whether a prompt exists in a language.
func (c Catalogue) Has(lang call.Language, key string) bool {
	_, ok := c[lang][key]
	return ok
}

// Needed lists the prompts that the program itself says, beside those of the flow.
func Needed() []string {
	return []string{"queue_next", "pos_many", "comfort", "emg_hold", "back_in_line", "controller_gone"}
}

// Position gives the prompts that tell a caller their place in line, from 1.
func Position(n int) []string {
	switch {
	case n <= 1:
		return []string{"queue_next"}
	case n <= Spoken:
		return []string{positionKey(n)}
	}
	return []string{"pos_many"}
}

func positionKey(n int) string { return fmt.Sprintf("pos_%d", n) }

func position(lang call.Language, n int) string {
	if lang == call.English {
		return fmt.Sprintf("You are number %d in line.", n)
	}
	return fmt.Sprintf("Quý khách đang ở vị trí %s trong hàng chờ.", Ordinal(n, South))
}
