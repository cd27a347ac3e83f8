package openapi

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// brief writes a schema as people read it: {"code": string, "rows": [Ticket]}. What may be
// left out has a question mark.
func brief(n *yaml.Node, indent string) string {
	if ref := fieldOf(n, "$ref"); ref != "" {
		return ref[strings.LastIndex(ref, "/")+1:]
	}
	parts := map[string]*yaml.Node{}
	for _, p := range pairs(*n) {
		parts[p[0].Value] = p[1]
	}
	switch {
	case parts["oneOf"] != nil:
		return joined(parts["oneOf"], func(m *yaml.Node) string { return brief(m, indent) })
	case parts["enum"] != nil:
		return joined(parts["enum"], func(m *yaml.Node) string {
			if m.Tag == "!!null" {
				return "null"
			}
			return `"` + m.Value + `"`
		})
	case parts["properties"] != nil:
		return fields(parts["properties"], parts["required"], indent)
	case parts["items"] != nil:
		return "[" + brief(parts["items"], indent) + "]"
	case parts["additionalProperties"] != nil && parts["additionalProperties"].Kind == yaml.MappingNode:
		return "{…: " + brief(parts["additionalProperties"], indent) + "}"
	case parts["type"] == nil:
		return "anything"
	case parts["type"].Kind == yaml.SequenceNode:
		return joined(parts["type"], func(m *yaml.Node) string { return m.Value })
	case parts["format"] != nil:
		return parts["format"].Value
	}
	return parts["type"].Value
}

func joined(list *yaml.Node, word func(*yaml.Node) string) string {
	var words []string
	for _, m := range list.Content {
		words = append(words, word(m))
	}
	return strings.Join(words, " | ")
}

func fields(properties, required *yaml.Node, indent string) string {
	must := func(name string) bool {
		return required != nil && slices.ContainsFunc(required.Content, func(n *yaml.Node) bool { return n.Value == name })
	}
	var out strings.Builder
	out.WriteString("{\n")
	for _, p := range pairs(*properties) {
		out.WriteString(indent + "  " + p[0].Value)
		if !must(p[0].Value) {
			out.WriteString("?")
		}
		out.WriteString(": " + brief(p[1], indent+"  ") + "\n")
	}
	out.WriteString(indent + "}")
	return out.String()
}
