package ticket

import (
	"strings"

	"hotline1022/internal/call"
)

// write adds a form. Of a call that several agents had each may write one: all notes are
// kept, and the topic is that of whose call it was.
func (r *Record) write(f call.WrappedUp) {
	known := false
	for i := range r.forms {
		if r.forms[i].Agent == f.Agent {
			r.forms[i], known = f, true
		}
	}
	if !known {
		r.forms = append(r.forms, f)
	}
	if f.Agent == r.Agent || r.topicBy != r.Agent || r.topicBy == "" {
		topic := f.Topic
		if topic.Service == "" && (topic.Group == call.Emergency || r.handed) {
			topic.Service = r.Topic.Service // the form has no field for it
		}
		r.Topic, r.topicBy = topic, f.Agent
	}
	if f.Citizen != "" {
		r.Citizen = f.Citizen
	}
	if f.Place != (call.Place{}) {
		r.Place = f.Place
	}
	var notes []string
	for _, form := range r.forms {
		if form.Note != "" {
			notes = append(notes, form.Note)
		}
	}
	r.Note, r.wrapped = strings.Join(notes, "\n"), true
}
