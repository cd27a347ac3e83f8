package web

import (
	_ "embed"
	"io/fs"
	"net/http"
	"strings"
	"sync"

	"hotline1022/internal/web/console"
	"hotline1022/internal/web/openapi"
	"hotline1022/internal/web/portal"
)

//go:embed API.md
var manual []byte

// pages are the public portal, which works without JavaScript, and the staff console,
// which is one page for all of its addresses. The API checks who may see what.
func (s *site) pages() []route {
	dist := console.Dist()
	public := portal.New(dist, s.log)
	all := []route{
		{"GET /{$}", anyone, public.Front()},
		{"GET /goi", anyone, public.Call()},
		{"GET /api/{$}", anyone, public.Manual(manual)},
		{"GET /api/docs", anyone, s.serve(written("text/html; charset=utf-8", openapi.Page))},
		{"GET /api/openapi.json", anyone, s.serve(written("application/json; charset=utf-8", openapi.JSON))},
		{"GET /portal/portal.css", anyone, public.Style()},
		{"GET /assets/", anyone, assets(dist)},
		{"/", anyone, public.Missing()},
	}
	all = append(all, s.sheetPages(public)...)
	for _, path := range []string{
		"/sign-in", "/signed-in", "/account", "/staff", "/audit", "/desk", "/tickets", "/tickets/{code}", "/notice", "/wallboard",
		"/roster", "/roster/{page}", "/staffing", "/ivr", "/calls", "/recordings", "/history", "/articles", "/queues", "/config", "/config/{document}",
	} {
		all = append(all, route{"GET " + path, anyone, s.serve(staffPage(dist))})
	}
	return all
}

// written is something of the API's document, which is made when it is first asked for.
func written(kind string, make func() ([]byte, error)) handler {
	once := sync.OnceValues(make)
	return func(w http.ResponseWriter, _ *http.Request) error {
		data, err := once()
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Cache-Control", "no-cache")
		w.Write(data) //nolint:errcheck // the client has gone
		return nil
	}
}

// staffPage is what all of the console's addresses show.
func staffPage(dist fs.FS) handler {
	return func(w http.ResponseWriter, _ *http.Request) error {
		page, err := fs.ReadFile(dist, "index.html")
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
}

// assets serves files whose names change with their content, for ever. What is not
// there may come, and is not kept (http.FileServerFS takes the header back).
func assets(dist fs.FS) http.Handler {
	files := http.FileServerFS(dist)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/") { // no lists of files
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		files.ServeHTTP(w, r)
	})
}
