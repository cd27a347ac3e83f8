// Package portal is the public site: pages made on the server, readable without
// JavaScript, Vietnamese first with English beside it.
package portal

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
)

//go:embed pages/*.html portal.css
var files embed.FS

// script is the entry of the calling page in the bundle's manifest.
const script = "src/call1022/main.ts"

// Portal renders the pages.
type Portal struct {
	bundle fs.FS // the console's, which has the calling page's script
	pages  *template.Template
}

// New builds the portal; bundle may be without files when it was not built.
func New(bundle fs.FS) *Portal {
	return &Portal{bundle: bundle, pages: template.Must(template.ParseFS(files, "pages/*.html"))}
}

// Front is the first page.
func (p *Portal) Front() http.Handler { return p.page("front.html", nil) }

// Call is the page from which a citizen calls with the browser.
func (p *Portal) Call() http.Handler {
	entry, err := p.entry()
	return p.page("call.html", map[string]any{"Entry": entry, "Missing": err != nil})
}

// Files are the style sheet and what else pages need.
func (p *Portal) Files() http.Handler {
	return http.StripPrefix("/portal/", http.FileServerFS(files))
}

// manifestEntry is one entry of Vite's manifest, as far as we read it.
type manifestEntry struct {
	File    string   `json:"file"`
	CSS     []string `json:"css"`
	Imports []string `json:"imports"`
}

// entry looks the calling page's script up.
func (p *Portal) entry() (manifestEntry, error) {
	data, err := fs.ReadFile(p.bundle, ".vite/manifest.json")
	if err != nil {
		return manifestEntry{}, err
	}
	var manifest map[string]manifestEntry
	if err := json.Unmarshal(data, &manifest); err != nil {
		return manifestEntry{}, fmt.Errorf("reading the bundle's manifest: %w", err)
	}
	e, ok := manifest[script]
	if !ok {
		return manifestEntry{}, fmt.Errorf("the bundle has no %s", script)
	}
	for _, name := range e.Imports {
		e.CSS = append(e.CSS, manifest[name].CSS...)
	}
	return e, nil
}

func (p *Portal) page(name string, data any) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		var out bytes.Buffer
		if err := p.pages.ExecuteTemplate(&out, name, data); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		w.Write(out.Bytes()) //nolint:errcheck // the client has gone
	})
}
