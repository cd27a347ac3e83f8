package openapi

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// What the page shows of the document. Paths and schemas are nodes, so that their order is
// that of the file.
type (
	document struct {
		Info struct {
			Title       string `yaml:"title"`
			Description string `yaml:"description"`
		} `yaml:"info"`
		Tags []struct {
			Name string `yaml:"name"`
		} `yaml:"tags"`
		Paths      yaml.Node `yaml:"paths"`
		Components struct {
			Schemas yaml.Node `yaml:"schemas"`
		} `yaml:"components"`
	}
	operation struct {
		Tags        []string    `yaml:"tags"`
		Permission  string      `yaml:"x-permission"`
		Summary     string      `yaml:"summary"`
		Description string      `yaml:"description"`
		Parameters  []parameter `yaml:"parameters"`
		Body        struct {
			Content yaml.Node `yaml:"content"`
		} `yaml:"requestBody"`
		Responses yaml.Node `yaml:"responses"`
	}
	parameter struct {
		Name        string `yaml:"name"`
		In          string `yaml:"in"`
		Description string `yaml:"description"`
	}
	response struct {
		Description string    `yaml:"description"`
		Content     yaml.Node `yaml:"content"`
	}
)

// What is written on the page.
type (
	view struct {
		Title, Description string
		Sections           []section
		Schemas            []shape
	}
	section struct {
		Name       string
		Operations []row
	}
	row struct {
		Method, Path, Permission, Summary, Description string
		Query                                          []parameter
		Body                                           []content
		Replies                                        []content
	}
	content struct{ Status, Media, What, Schema string }
	shape   struct{ Name, Description, Schema string }
)

// pairs is the entries of a mapping in their order.
func pairs(n yaml.Node) [][2]*yaml.Node {
	var all [][2]*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		all = append(all, [2]*yaml.Node{n.Content[i], n.Content[i+1]})
	}
	return all
}

func (d document) view() view {
	v := view{Title: d.Info.Title, Description: d.Info.Description}
	for _, t := range d.Tags {
		v.Sections = append(v.Sections, section{Name: t.Name})
	}
	for _, path := range pairs(d.Paths) {
		for _, method := range pairs(*path[1]) {
			var o operation
			if method[1].Decode(&o) != nil || len(o.Tags) == 0 {
				continue // the tests do not let such a one pass
			}
			i := slices.IndexFunc(v.Sections, func(s section) bool { return s.Name == o.Tags[0] })
			if i >= 0 {
				v.Sections[i].Operations = append(v.Sections[i].Operations, rowOf(method[0].Value, path[0].Value, o))
			}
		}
	}
	for _, s := range pairs(d.Components.Schemas) {
		v.Schemas = append(v.Schemas, shape{s[0].Value, fieldOf(s[1], "description"), brief(s[1], "")})
	}
	return v
}

func rowOf(method, path string, o operation) row {
	r := row{Method: strings.ToUpper(method), Path: path, Permission: o.Permission, Summary: o.Summary, Description: o.Description}
	for _, p := range o.Parameters {
		if p.In == "query" {
			r.Query = append(r.Query, p)
		}
	}
	r.Body = contents("", "", o.Body.Content)
	for _, reply := range pairs(o.Responses) {
		var is response
		if reply[0].Value == "default" || reply[1].Decode(&is) != nil {
			continue // every address may refuse
		}
		of := contents(reply[0].Value, is.Description, is.Content)
		if len(of) == 0 {
			of = []content{{Status: reply[0].Value, What: is.Description}}
		}
		r.Replies = append(r.Replies, of...)
	}
	return r
}

func contents(status, what string, n yaml.Node) []content {
	var all []content
	for _, media := range pairs(n) {
		c := content{Status: status, Media: media[0].Value, What: what}
		for _, part := range pairs(*media[1]) {
			if part[0].Value == "schema" {
				c.Schema = brief(part[1], "")
			}
		}
		all = append(all, c)
	}
	return all
}

func fieldOf(n *yaml.Node, name string) string {
	for _, p := range pairs(*n) {
		if p[0].Value == name {
			return p[1].Value
		}
	}
	return ""
}
