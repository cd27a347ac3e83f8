package flow

import (
	"hotline1022/internal/call"
	"hotline1022/ivr/document"
)

// Known is what a flow refers to outside its own file. A nil function leaves
// that kind unchecked.
type Known struct {
	// Prompt says whether the prompt exists in the language.
	Prompt func(call.Language, string) bool
	// Prompts lists the prompts that exist, to guess what was meant; may be nil.
	Prompts func(call.Language) []string
	// Queue says whether there is a queue of that name for that group.
	Queue func(string, call.Group) bool
	// Field says whether the group has a field of that key.
	Field func(call.Group, string) bool
	// Service says whether the emergency service has destinations.
	Service func(call.Service) bool
}

// Check looks up what the flow refers to. The error is Problems, as from Parse.
func (f *Flow) Check(known Known) error {
	c := document.NewChecker(f.File)
	for _, r := range f.refs {
		switch r.kind {
		case refNotice:
			f.checkPrompt(c, known, r.text)
		case refQueue:
			if known.Queue != nil && !known.Queue(r.text.Value, r.group) {
				c.Addf(r.text.Line, "there is no queue %q for the group %s; name one of the file of queues, or add it there", r.text.Value, r.group)
			}
		case refField:
			if known.Field != nil && !known.Field(r.group, r.text.Value) {
				c.Addf(r.text.Line, "the group %s has no field %q; name one of the file of fields, or add it there", r.group, r.text.Value)
			}
		case refService:
			if known.Service != nil && !known.Service(call.Service(r.text.Value)) {
				c.Addf(r.text.Line, "there is no service %q; name one of the file of emergencies, or add it there", r.text.Value)
			}
		}
	}
	for _, name := range f.order {
		for _, t := range f.nodes[name].prompts() {
			f.checkPrompt(c, known, t)
		}
	}
	return c.Err()
}

func (f *Flow) checkPrompt(c *document.Checker, known Known, t document.Text) {
	if known.Prompt == nil {
		return
	}
	for _, l := range f.Languages {
		if known.Prompt(l, t.Value) {
			continue
		}
		var others []string
		if known.Prompts != nil {
			others = known.Prompts(l)
		}
		if len(others) == 0 {
			c.Addf(t.Line, "prompt %q is missing in language %s; write its text in the file of prompts", t.Value, l)
			continue
		}
		c.Addf(t.Line, "prompt %q is missing in language %s; write its text in the file of prompts; %s", t.Value, l, document.Suggest(t.Value, others))
	}
}
