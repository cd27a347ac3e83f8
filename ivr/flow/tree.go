package flow

import (
	"fmt"
	"slices"
	"strings"

	"hotline1022/internal/call"
)

// Tree draws the flow for people to read, with Vietnamese labels: each key with
// what it does, each node with its prompts, queue and topic. A node that has been
// drawn is only named when it comes again.
func (f *Flow) Tree() string {
	t := &tree{f: f, drawn: map[string]bool{}}
	fmt.Fprintf(&t.out, "Luồng gọi (%s)\n", f.File)
	fmt.Fprintf(&t.out, "Ngôn ngữ: %s · Khẩn cấp: phím %c ở mọi menu · Không chọn: gặp người ở %s\n",
		languageNames(f.Languages), f.Emergency.Key, f.Human)
	fmt.Fprintf(&t.out, "Thông báo ghi âm trước mọi hàng đợi, trừ khẩn cấp: %s\n\n", strings.Join(f.Notices.Recording, ", "))
	t.node(f.Start, "", "")
	if !t.drawn[f.Emergency.Go] {
		t.out.WriteByte('\n')
		t.node(f.Emergency.Go, fmt.Sprintf("phím %c: ", f.Emergency.Key), "")
	}
	for _, name := range f.order {
		if !t.drawn[name] {
			t.out.WriteByte('\n')
			t.node(name, "", "")
		}
	}
	return t.out.String()
}

type tree struct {
	f     *Flow
	out   strings.Builder
	drawn map[string]bool
}

// branch is one way out of a menu.
type branch struct {
	lead string // what is pressed, "" for none
	note string // shown instead of a node
	to   string
}

// node writes the node and what hangs below it; indent goes before each further
// line, lead before the node's own name.
func (t *tree) node(name, lead, indent string) {
	n := t.f.nodes[name]
	title := lead + name
	if n.Label() != name {
		title += " — " + n.Label()
	}
	if t.drawn[name] {
		t.out.WriteString(title + " ↺\n")
		return
	}
	t.drawn[name] = true
	switch n := n.(type) {
	case *Menu:
		fmt.Fprintf(&t.out, "%s [menu, chờ %s]\n", title, n.Wait)
		t.say(indent+"│    ", n.Say)
		t.branches(n, indent)
	case *Queue:
		fmt.Fprintf(&t.out, "%s [hàng đợi %s: %s]\n", title, n.Queue, topic(n.Topic))
		t.say(indent+"     ", t.f.Before(n))
	case *Goodbye:
		t.out.WriteString(title + " [kết thúc]\n")
		t.say(indent+"     ", n.Say)
	}
}

func (t *tree) say(indent string, prompts []string) {
	if len(prompts) > 0 {
		t.out.WriteString(indent + "nói: " + strings.Join(prompts, ", ") + "\n")
	}
}

func (t *tree) branches(m *Menu, indent string) {
	var list []branch
	if _, own := m.Key(t.f.Emergency.Key); !own && !t.f.safe[m.name] {
		list = append(list, branch{lead: string(t.f.Emergency.Key) + ": ", to: t.f.Emergency.Go})
	}
	for _, k := range m.Keys {
		b := branch{lead: string(k.Digit) + ": ", to: k.Go}
		if k.Language != "" {
			b.lead += "(" + languageName(k.Language) + ") "
		}
		if k.Go == "" {
			b.note = "nghe lại"
		}
		list = append(list, b)
	}
	if m.Otherwise != "" {
		list = append(list, branch{lead: "phím khác hoặc im lặng: ", to: m.Otherwise})
	} else {
		list = append(list, branch{lead: fmt.Sprintf("sai hoặc im lặng %d lần: ", m.Tries), to: m.Human})
	}
	for i, b := range list {
		joint, below := "├─ ", "│  "
		if i == len(list)-1 {
			joint, below = "└─ ", "   "
		}
		t.out.WriteString(indent + joint)
		if b.note != "" {
			t.out.WriteString(b.lead + b.note + "\n")
			continue
		}
		t.node(b.to, b.lead, indent+below)
	}
}

// Before is what is said on the way into the queue: the recording notice, but
// never in an emergency, and then the node's own prompts.
func (f *Flow) Before(q *Queue) []string {
	if q.Topic.Group == call.Emergency {
		return q.Say
	}
	return slices.Concat(f.Notices.Recording, q.Say)
}

func topic(t call.Topic) string {
	s := "nhóm " + string(t.Group)
	if t.Field != "" {
		s += ", lĩnh vực " + t.Field
	}
	if t.Service != "" {
		s += ", dịch vụ " + string(t.Service)
	}
	return s
}

func languageNames(ls []call.Language) string {
	names := make([]string, len(ls))
	for i, l := range ls {
		names[i] = languageName(l)
	}
	return strings.Join(names, ", ")
}

func languageName(l call.Language) string {
	switch l {
	case call.Vietnamese:
		return "tiếng Việt"
	case call.English:
		return "English"
	}
	return string(l)
}
