package fakeari

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Field is one attribute of a configuration object.
type Field struct {
	Attribute string `json:"attribute"`
	Value     string `json:"value"`
}

// staticEndpoint is in a file, so that ARI cannot take it away.
const staticEndpoint = "trunk"

// allocationFailed is what Asterisk says when it fails itself.
var allocationFailed = reply{http.StatusInternalServerError, map[string]string{"error": "Allocation failed"}}

func key(kind, id string) string { return kind + "/" + id }

// object gives the key of a configuration object, or why there is none of its kind.
func object(a ask) (string, *reply) {
	class, kind := a.of("class"), a.of("type")
	var no reply
	switch {
	case class != "res_pjsip":
		no = refusal(http.StatusNotFound, fmt.Sprintf("configClass '%s' not found", class))
	case !slices.Contains([]string{"auth", "aor", "endpoint"}, kind):
		no = refusal(http.StatusNotFound, fmt.Sprintf("objectType '%s' not found", kind))
	default:
		return key(kind, a.of("id")), nil
	}
	return "", &no
}

func (s *Server) getObject(a ask) reply {
	at, no := object(a)
	switch {
	case no != nil:
		return *no
	case s.objects[at] == nil:
		return refusal(http.StatusNotFound, fmt.Sprintf("Object with id '%s' not found", a.of("id")))
	}
	return reply{http.StatusOK, s.objects[at]}
}

// putObject makes an object, or changes the attributes that are named.
func (s *Server) putObject(a ask) reply {
	at, no := object(a)
	if no != nil {
		return *no
	}
	var body struct {
		Fields []Field `json:"fields"`
	}
	switch {
	case len(a.body) > 0 && !json.Valid(a.body):
		return refusal(http.StatusBadRequest, "Error parsing request body")
	case !a.json(&body), len(body.Fields) == 0:
		return refusal(http.StatusBadRequest, fmt.Sprintf("Creation of object '%s' failed field value validation", a.of("id")))
	}
	fields := slices.Clone(s.objects[at])
	if a.of("type") == "endpoint" && fields != nil && !slices.ContainsFunc(fields, func(f Field) bool { return f.Attribute == "allow" }) {
		return allocationFailed // Asterisk cannot copy an empty list of codecs
	}
	for _, f := range body.Fields {
		if i := slices.IndexFunc(fields, func(old Field) bool { return old.Attribute == f.Attribute }); i >= 0 {
			fields[i] = f
		} else {
			fields = append(fields, f)
		}
	}
	s.objects[at] = fields
	s.touch()
	return reply{http.StatusOK, fields}
}

func (s *Server) deleteObject(a ask) reply {
	at, no := object(a)
	switch {
	case no != nil:
		return *no
	case at == key("endpoint", staticEndpoint):
		return refusal(http.StatusForbidden, fmt.Sprintf("Could not delete object with id '%s'", staticEndpoint))
	case s.objects[at] == nil:
		return refusal(http.StatusNotFound, fmt.Sprintf("Object with id '%s' not found", a.of("id")))
	}
	delete(s.objects, at)
	s.touch()
	return noContent
}

// listEndpoints lists the endpoints that were made, and the one that is in a file.
func (s *Server) listEndpoints(a ask) reply {
	if a.of("tech") != "PJSIP" {
		return refusal(http.StatusNotFound, "No Endpoints found - invalid tech "+a.of("tech"))
	}
	names := []string{staticEndpoint}
	for at := range s.objects {
		if name, ok := strings.CutPrefix(at, "endpoint/"); ok && name != staticEndpoint {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	list := []map[string]any{}
	for _, name := range names {
		list = append(list, map[string]any{"technology": "PJSIP", "resource": name, "state": "offline", "channel_ids": []string{}})
	}
	return reply{http.StatusOK, list}
}

// Object gives the attributes of a configuration object that was made, in the order
// they were given; nil when there is none.
func (s *Server) Object(kind, id string) []Field {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.objects[key(kind, id)])
}
