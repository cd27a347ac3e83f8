package web

import (
	"path/filepath"
	"slices"

	"hotline1022/internal/call"
	"hotline1022/ivr/flow"
	"hotline1022/ivr/prompt"
)

// What the API shows of the flow (openapi.yaml).
type (
	flowView struct {
		File      string                              `json:"file"`
		Languages []call.Language                     `json:"languages"`
		Start     string                              `json:"start"`
		Human     string                              `json:"human"`
		Steps     int                                 `json:"steps"`
		Emergency keyView                             `json:"emergency"`
		Notices   noticesView                         `json:"notices"`
		Nodes     []nodeView                          `json:"nodes"`
		Texts     map[call.Language]map[string]spoken `json:"texts"`
	}
	noticesView struct {
		Invalid   []string `json:"invalid"`
		Silent    []string `json:"silent"`
		Human     []string `json:"human"`
		Recording []string `json:"recording"`
	}
	keyView struct {
		Key      string        `json:"key"`
		Go       string        `json:"go"`
		Language call.Language `json:"language"`
	}
	nodeView struct {
		Name      string       `json:"name"`
		Label     string       `json:"label"`
		Kind      string       `json:"kind"`
		Emergency bool         `json:"emergency"`
		Say       []string     `json:"say"`
		Again     []string     `json:"again"`
		WaitMs    int64        `json:"wait_ms"`
		Tries     int          `json:"tries"`
		Keys      []keyView    `json:"keys"`
		Otherwise string       `json:"otherwise"`
		Human     string       `json:"human"`
		Queue     string       `json:"queue"`
		Group     call.Group   `json:"group"`
		Field     string       `json:"field"`
		Service   call.Service `json:"service"`
	}
)

func flowOf(f *flow.Flow, texts prompt.Catalogue) flowView {
	v := flowView{
		File: filepath.Base(f.File), Languages: f.Languages, Start: f.Start, Human: f.Human, Steps: f.Steps,
		Emergency: keyView{Key: string(f.Emergency.Key), Go: f.Emergency.Go},
		Notices:   noticesView{list(f.Notices.Invalid), list(f.Notices.Silent), list(f.Notices.Human), list(f.Notices.Recording)},
		Nodes:     []nodeView{}, Texts: map[call.Language]map[string]spoken{},
	}
	said := slices.Concat(f.Notices.Invalid, f.Notices.Silent, f.Notices.Human, f.Notices.Recording)
	for _, name := range f.Names() {
		n, _ := f.Node(name)
		node := nodeOf(f, n)
		v.Nodes = append(v.Nodes, node)
		said = append(append(said, node.Say...), node.Again...)
	}
	for _, lang := range f.Languages {
		v.Texts[lang] = map[string]spoken{}
		for _, key := range said {
			if t, ok := texts[lang][key]; ok {
				v.Texts[lang][key] = spokenOf(lang, t)
			}
		}
	}
	return v
}

func nodeOf(f *flow.Flow, n flow.Node) nodeView {
	v := nodeView{Name: n.Name(), Label: n.Label(), Emergency: f.BehindEmergency(n.Name()), Again: []string{}, Keys: []keyView{}}
	switch n := n.(type) {
	case *flow.Menu:
		v.Kind, v.Say, v.Again = "menu", list(n.Say), list(n.Again)
		v.WaitMs, v.Tries, v.Otherwise, v.Human = n.Wait.Milliseconds(), n.Tries, n.Otherwise, n.Human
		for _, k := range n.Keys {
			v.Keys = append(v.Keys, keyView{string(k.Digit), k.Go, k.Language})
		}
	case *flow.Queue:
		v.Kind, v.Say = "queue", list(f.Before(n))
		v.Queue, v.Group, v.Field, v.Service = n.Queue, n.Topic.Group, n.Topic.Field, n.Topic.Service
	case *flow.Goodbye:
		v.Kind, v.Say = "goodbye", list(n.Say)
	}
	return v
}
