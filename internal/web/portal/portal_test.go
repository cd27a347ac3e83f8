package portal

import (
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// bundle is what Vite leaves, as far as it matters here.
func bundle(manifest string) fs.FS {
	return fstest.MapFS{".vite/manifest.json": {Data: []byte(manifest)}}
}

const manifest = `{
  "index.html": {"file": "assets/index-1.js", "css": ["assets/index-1.css"], "imports": ["_sip.js"]},
  "src/call1022/main.ts": {"file": "assets/call-2.js", "css": ["assets/call-2.css"], "imports": ["_sip.js", "_text.js"]},
  "_sip.js": {"file": "assets/sip-3.js", "css": ["assets/sip-3.css"], "imports": ["_text.js"]},
  "_text.js": {"file": "assets/text-4.js", "imports": ["_sip.js"]}
}`

func get(t *testing.T, h http.Handler, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// void elements have no end tag (HTML Living Standard §13.1.2).
func void(tag string) bool {
	return slices.Contains(strings.Fields("area base br col embed hr img input link meta source track wbr"), tag)
}

// wellFormed checks that every element that opens closes in order, and no id twice.
func wellFormed(t *testing.T, page string) {
	t.Helper()
	require.True(t, strings.HasPrefix(page, "<!doctype html>"))
	var open []string
	ids := map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		token := z.Token()
		for _, a := range token.Attr {
			if a.Key == "id" {
				require.False(t, ids[a.Val], "id %s twice", a.Val)
				ids[a.Val] = true
			}
		}
		switch {
		case kind == html.StartTagToken && !void(token.Data):
			open = append(open, token.Data)
		case kind == html.EndTagToken:
			require.NotEmpty(t, open)
			require.Equal(t, open[len(open)-1], token.Data, "closed in the wrong order")
			open = open[:len(open)-1]
		}
	}
	require.Empty(t, open, "never closed")
}

// find gives every element for which is is true.
func find(n *html.Node, is func(*html.Node) bool) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && is(d) {
			found = append(found, d)
		}
	}
	return found
}

func tag(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.Data == name }
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func TestPages(t *testing.T) {
	t.Parallel()
	p := New(bundle(manifest), quiet())
	for name, c := range map[string]struct {
		page   http.Handler
		status int
	}{
		"front": {p.Front(), 200}, "call": {p.Call(), 200}, "call without a bundle": {New(fstest.MapFS{}, quiet()).Call(), 200},
		"missing": {p.Missing(), 404}, "manual": {p.Manual([]byte("# API <b>")), 200},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rec := get(t, c.page, "Accept", "text/html")
			require.Equal(t, c.status, rec.Code)
			require.Equal(t, "text/html; charset=utf-8", rec.Header().Get("Content-Type"))
			page := rec.Body.String()
			wellFormed(t, page)
			doc, err := html.Parse(strings.NewReader(page))
			require.NoError(t, err)
			require.Equal(t, "vi", attr(find(doc, tag("html"))[0], "lang"))
			require.NotEmpty(t, find(doc, tag("title"))[0].FirstChild.Data)
			for _, landmark := range []string{"header", "nav", "main", "footer"} {
				require.Len(t, find(doc, tag(landmark)), 1, landmark)
			}
			require.Equal(t, "#"+attr(find(doc, tag("main"))[0], "id"), attr(find(doc, tag("a"))[0], "href"), "the first link skips to the content")
			for _, number := range []string{"tel:113", "tel:114", "tel:115"} {
				require.NotEmpty(t, find(doc, func(n *html.Node) bool { return attr(n, "href") == number }), number)
			}
			require.Contains(t, page, "(0274) 1022")
			require.Empty(t, find(doc, func(n *html.Node) bool {
				return attr(n, "style") != "" || (n.Data == "script" && attr(n, "src") == "")
			}), "the content policy forbids scripts within the page")
		})
	}
}

func TestFrontPageSaysWhatThereIs(t *testing.T) {
	t.Parallel()
	page := get(t, New(fstest.MapFS{}, quiet()).Front()).Body.String()
	for _, what := range []string{"Thủ tục hành chính", "Khẩn cấp", "Hiện trường", `href="/goi"`, `href="tel:+842741022"`} {
		require.Contains(t, page, what)
	}
	require.NotContains(t, page, "<script")
}

func TestCallPageLoadsItsScript(t *testing.T) {
	t.Parallel()
	page := get(t, New(bundle(manifest), quiet()).Call()).Body.String()
	require.Contains(t, page, `<div id="call1022"></div>`)
	require.Contains(t, page, `<script type="module" src="/assets/call-2.js"></script>`)
	for _, file := range []string{"assets/call-2.css", "assets/sip-3.css"} {
		require.Equal(t, 1, strings.Count(page, `<link rel="stylesheet" href="/`+file+`">`), file)
	}
	for _, file := range []string{"assets/sip-3.js", "assets/text-4.js"} {
		require.Equal(t, 1, strings.Count(page, `<link rel="modulepreload" href="/`+file+`">`), file)
	}
	require.NotContains(t, page, "index-1")
	require.Contains(t, page, "<noscript>")
}

func TestCallPageWithoutABundleGivesTheNumber(t *testing.T) {
	t.Parallel()
	for _, b := range []fs.FS{fstest.MapFS{}, bundle(`{}`), bundle(`nonsense`)} {
		page := get(t, New(b, quiet()).Call()).Body.String()
		require.NotContains(t, page, "<script")
		require.NotContains(t, page, "call1022")
		require.Contains(t, page, "tel:+842741022")
	}
}

func TestManualIsEscaped(t *testing.T) {
	t.Parallel()
	page := get(t, New(fstest.MapFS{}, quiet()).Manual([]byte("<script>x</script>")), "Accept", "text/html").Body.String()
	require.NotContains(t, page, "<script>x")
}

func TestStyle(t *testing.T) {
	t.Parallel()
	h := New(fstest.MapFS{}, quiet()).Style()
	rec := get(t, h)
	require.Equal(t, 200, rec.Code)
	require.Equal(t, "text/css; charset=utf-8", rec.Header().Get("Content-Type"))
	require.Equal(t, 304, get(t, h, "If-None-Match", rec.Header().Get("ETag")).Code)
}
