package web

import (
	"io/fs"
	"net/http"
	"strings"

	"hotline1022/internal/web/console"
	"hotline1022/internal/web/portal"
)

// pages serves the public portal, which works without JavaScript, and the staff
// console, which is one page for all of its addresses.
func (s *site) pages(mux *http.ServeMux) {
	public := portal.New(console.Dist())
	mux.Handle("GET /{$}", public.Front())
	mux.Handle("GET /goi", public.Call())
	mux.Handle("GET /portal/", public.Files())
	for _, path := range []string{"/sign-in", "/desk", "/tickets", "/tickets/{code}", "/wallboard"} {
		mux.Handle("GET "+path, s.serve(s.console))
	}
	mux.Handle("GET /assets/", assets(console.Dist()))
}

// console is the page that all of the console's addresses show.
func (s *site) console(w http.ResponseWriter, _ *http.Request) error {
	page, err := fs.ReadFile(console.Dist(), "index.html")
	if err != nil {
		return &problem{
			http.StatusServiceUnavailable, "not_ready", "Trang nhân viên chưa được dựng; hãy chạy `make console` rồi dựng lại chương trình.",
			"The staff pages were not built into this program; run `make console` and build again.",
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	w.Write(page) //nolint:errcheck // the client has gone
	return nil
}

// assets serves files whose names change with their content.
func assets(dist fs.FS) http.Handler {
	files := http.FileServerFS(dist)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/") {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		files.ServeHTTP(w, r)
	})
}
