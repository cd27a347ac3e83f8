// Package portal is the public site: pages made on the server, readable without
// JavaScript, Vietnamese first with English beside it. Only the page from which a
// citizen calls with the browser needs a script, and says a number without it.
package portal

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

//go:embed pages/*.html portal.css
var files embed.FS

// Portal renders the pages.
type Portal struct {
	bundle fs.FS // the console's, which has the calling page's script
	pages  *template.Template
	log    *slog.Logger
}

// New builds the portal; bundle may be without files when it was not built.
func New(bundle fs.FS, log *slog.Logger) *Portal {
	return &Portal{bundle: bundle, pages: template.Must(template.ParseFS(files, "pages/*.html")), log: log}
}

// Front is the first page.
func (p *Portal) Front() http.Handler { return p.page(http.StatusOK, "front.html", nil) }

// Missing is the page for addresses that there are none of.
func (p *Portal) Missing() http.Handler { return p.page(http.StatusNotFound, "missing.html", nil) }

// Call is the page from which a citizen calls with the browser.
func (p *Portal) Call() http.Handler {
	entry, err := findEntry(p.bundle)
	if err != nil {
		p.log.Warn("citizens cannot call from the browser; run `make console` and build again", slog.Any("error", err))
	}
	return p.page(http.StatusOK, "call.html", entry)
}

// Manual shows the API's documentation to people, and gives it to tools as it is.
func (p *Portal) Manual(markdown []byte) http.Handler {
	shown := p.page(http.StatusOK, "manual.html", string(markdown))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Vary", "Accept")
		if strings.Contains(r.Header.Get("Accept"), "text/html") {
			shown.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/markdown; charset=utf-8") // RFC 7763
		w.Write(markdown)                                              //nolint:errcheck // the client has gone
	})
}

// Style is the pages' style sheet.
func (p *Portal) Style() http.Handler {
	css, err := files.ReadFile("portal.css")
	sum := sha256.Sum256(css)
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err != nil { // never: it is embedded
			http.NotFound(w, r)
			return
		}
		w.Header().Set("ETag", tag)
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeContent(w, r, "portal.css", time.Time{}, bytes.NewReader(css))
	})
}

func (p *Portal) page(status int, name string, data any) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var out bytes.Buffer
		if err := p.pages.ExecuteTemplate(&out, name, data); err != nil {
			p.log.ErrorContext(r.Context(), "a page cannot be made", slog.String("page", name), slog.Any("error", err))
			http.Error(w, "Có lỗi; xin gọi (0274) 1022. / Something is wrong; please dial (0274) 1022.", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if w.Header().Get("Cache-Control") == "" {
			w.Header().Set("Cache-Control", "no-cache")
		}
		w.WriteHeader(status)
		w.Write(out.Bytes()) //nolint:errcheck // the client has gone
	})
}
