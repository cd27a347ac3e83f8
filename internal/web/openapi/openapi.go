// Package openapi is the API as it is written down, in openapi.yaml: for programs as
// JSON, and for people as a page that needs nothing from elsewhere.
package openapi

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"

	"go.yaml.in/yaml/v3"
)

//go:embed openapi.yaml
var source []byte

//go:embed page.html
var pageSource string

// Source is the document as it is written.
func Source() []byte { return bytes.Clone(source) }

// JSON is the document for programs.
func JSON() ([]byte, error) {
	var document any
	if err := yaml.Unmarshal(source, &document); err != nil {
		return nil, fmt.Errorf("reading openapi.yaml: %w", err)
	}
	data, err := json.Marshal(document)
	if err != nil {
		return nil, fmt.Errorf("reading openapi.yaml: %w", err)
	}
	return data, nil
}

// Page is the document for people: HTML without scripts.
func Page() ([]byte, error) {
	var d document
	if err := yaml.Unmarshal(source, &d); err != nil {
		return nil, fmt.Errorf("reading openapi.yaml: %w", err)
	}
	page, err := template.New("page").Parse(pageSource)
	if err != nil {
		return nil, fmt.Errorf("reading the page of the API: %w", err)
	}
	var out bytes.Buffer
	if err := page.Execute(&out, d.view()); err != nil {
		return nil, fmt.Errorf("making the page of the API: %w", err)
	}
	return out.Bytes(), nil
}
